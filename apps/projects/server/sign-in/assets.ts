/** The files of the sign-in pages: one stylesheet, its fonts, the mark. Each under a name that holds its hash, kept for ever. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { App } from '../app.ts';

export type SignInAssets = { readonly stylesheet: string; readonly mark: string; mount(app: App): void };

type File = {
  readonly type: string;
  readonly bytes: Buffer<ArrayBuffer>;
  readonly br?: Buffer<ArrayBuffer>;
  readonly gzip?: Buffer<ArrayBuffer>;
};

/** By the names of their files. A browser fetches the one that its person reads with. */
const fonts = {
  inter: '@gatehouse/design/inter-latin.woff2',
  legible: '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2',
};
const sheets = [
  ...['tokens.css', 'themes.css', 'font.css', 'base.css', 'portal.css', 'looks.css'].map(
    (name) => `@gatehouse/design/${name}`,
  ),
  '../openapi/page.css',
];

export function loadAssets(): SignInAssets {
  const files = new Map<string, File>();
  const publish = (stem: string, extension: string, file: File): string => {
    const path = `/auth/${stem}.${createHash('sha256').update(file.bytes).digest('hex').slice(0, 12)}.${extension}`;
    files.set(path, file);
    return path;
  };
  const read = (name: string): Buffer<ArrayBuffer> =>
    Buffer.from(readFileSync(fileURLToPath(import.meta.resolve(name))));
  const text = (type: string, bytes: Buffer<ArrayBuffer>): File => ({
    type,
    bytes,
    br: Buffer.from(brotliCompressSync(bytes)),
    gzip: Buffer.from(gzipSync(bytes)),
  });

  const css = Object.entries(fonts).reduce(
    (text, [stem, file]) => text.replace(file, publish(stem, 'woff2', { type: 'font/woff2', bytes: read(file) })),
    sheets.map((name) => read(name).toString()).join('\n'),
  );
  const stylesheet = publish('sign-in', 'css', text('text/css; charset=utf-8', Buffer.from(css)));
  const mark = publish('mark', 'svg', text('image/svg+xml', read('@gatehouse/design/mark.svg')));

  return {
    stylesheet,
    mark,
    mount(app) {
      for (const [path, file] of files)
        app.get(path, (c) => {
          c.header('Content-Type', file.type);
          c.header('Cache-Control', 'public, max-age=31536000, immutable');
          c.header('Vary', 'Accept-Encoding');
          const accepted = c.req.header('accept-encoding') ?? '';
          const encoding = (['br', 'gzip'] as const).find((each) => file[each] && accepted.includes(each));
          if (!encoding) return c.body(file.bytes);
          c.header('Content-Encoding', encoding);
          return c.body(file[encoding] ?? file.bytes);
        });
    },
  };
}
