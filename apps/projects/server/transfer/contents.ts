/** The contents of files on their way through a JSON file: base64, checked by size and digest. */
import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import type { Workspace } from '../api/workspace.ts';
import { passingPath } from '../files/passing.ts';
import type { FileStore } from '../files/store.ts';
import { putFile } from '../files/stored.ts';
import type { ToDoTables } from '../to-dos/schema.ts';

type FileRow = ToDoTables['files'];

/** By id. What the store has lost is left out. */
export async function readContents(store: FileStore, files: readonly FileRow[]): Promise<Map<string, string>> {
  const contents = new Map<string, string>();
  for (const { id } of files) {
    const stream = await store.open(id);
    if (stream) contents.set(id, Buffer.from(await new Response(stream).arrayBuffer()).toString('base64'));
  }
  return contents;
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
