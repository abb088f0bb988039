/**
 * The contents of files on their way through a JSON file: base64, checked by size and digest. On the way out they are never
 * in memory as a whole: in the text each has a mark, in whose place it is put while the text is sent.
 */
import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import type { Workspace } from '../api/workspace.ts';
import { passingPath } from '../files/passing.ts';
import type { FileStore } from '../files/store.ts';
import { putFile } from '../files/stored.ts';

/** `id` of a file. `mark` is new each time, so that nothing in a text of a project can be taken for one. */
export const markOf = (mark: string, id: string): string => `${mark}:${id}`;

/** `text` is JSON. What the store has lost becomes null. */
export async function* carryContents(text: string, mark: string, store: FileStore): AsyncGenerator<string> {
  const [first = '', ...further] = text.split(`"${markOf(mark, '')}`);
  yield first;
  for (const piece of further) {
    const end = piece.indexOf('"');
    const content = await store.open(piece.slice(0, end));
    if (content) yield* quoted(content);
    else yield 'null';
    yield piece.slice(end + 1);
  }
}

async function* quoted(content: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  yield '"';
  let rest = Buffer.alloc(0);
  for await (const chunk of content) {
    const bytes = Buffer.concat([rest, chunk]);
    // Three bytes are four letters, with nothing to fill up between them.
    const whole = bytes.length - (bytes.length % 3);
    yield bytes.toString('base64', 0, whole);
    rest = bytes.subarray(whole);
  }
  yield rest.toString('base64');
  yield '"';
}

/** The bytes, or undefined when they are not what the file says they are. */
export function decodeContent(file: { content: string; bytes: number; sha256: string }): Buffer | undefined {
  const bytes = Buffer.from(file.content, 'base64');
  if (bytes.length !== file.bytes) return undefined;
  return createHash('sha256').update(bytes).digest('hex') === file.sha256 ? bytes : undefined;
}

export async function keepContent(workspace: Workspace, id: string, bytes: Buffer, sha256: string): Promise<void> {
  const path = passingPath(id);
  try {
    await writeFile(path, bytes, { mode: 0o600, flag: 'wx' });
    await putFile(workspace, id, path, sha256);
  } finally {
    await rm(path, { force: true });
  }
}
