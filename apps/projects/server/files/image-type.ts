/**
 * Whether the beginning of a file is that of a raster image which browsers show safely. SVG is none: it can hold scripts. Pure.
 */
import type { SafeImageType } from '../../wire/file.ts';

const signatures: readonly { readonly type: SafeImageType; readonly parts: readonly (readonly [number, string])[] }[] =
  [
    { type: 'image/png', parts: [[0, '89504e470d0a1a0a']] },
    { type: 'image/jpeg', parts: [[0, 'ffd8ff']] },
    { type: 'image/gif', parts: [[0, '47494638']] },
    // RIFF, a length, WEBP.
    {
      type: 'image/webp',
      parts: [
        [0, '52494646'],
        [8, '57454250'],
      ],
    },
  ];

export function imageTypeOf(head: Buffer): SafeImageType | null {
  const hex = head.toString('hex');
  const found = signatures.find(({ parts }) => parts.every(([at, bytes]) => hex.startsWith(bytes, at * 2)));
  return found?.type ?? null;
}
