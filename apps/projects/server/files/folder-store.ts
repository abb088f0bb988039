/** Files in a folder of this machine, spread over 256 folders by the beginning of their keys. */
import { constants, createReadStream } from 'node:fs';
import { access, copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { checkedKey, type FileStore, FileStoreFailed } from './store.ts';

export function folderStore(folder: string): FileStore {
  const pathOf = (key: string): string => join(folder, checkedKey(key).slice(0, 2), key);
  return {
    async put(key, source) {
      const path = pathOf(key);
      const unfinished = partOf(path);
      try {
        await mkdir(dirname(path), { recursive: true });
        await copyFile(source, unfinished);
        await flush(unfinished);
        await rename(unfinished, path);
      } catch (cause) {
        await rm(unfinished, { force: true }).catch(() => undefined);
        throw new FileStoreFailed('A file cannot be written to the folder of files.', { cause });
      }
    },
    async check() {
      try {
        await mkdir(folder, { recursive: true });
        await access(folder, constants.W_OK | constants.X_OK);
      } catch (cause) {
        throw new FileStoreFailed('The folder of files cannot be written to.', { cause });
      }
    },
    async open(key, range) {
      const path = pathOf(key);
      const found = await stat(path).catch(() => undefined);
      if (!found?.isFile()) return undefined;
      const bytes = range ? { start: range.first, end: range.last } : {};
      return Readable.toWeb(createReadStream(path, bytes)) as ReadableStream<Uint8Array>;
    },
    async remove(key) {
      const path = pathOf(key);
      await rm(partOf(path), { force: true });
      await rm(path, { force: true });
    },
  };
}

/** Beside its place until it is whole; a process that ended meanwhile left it there. */
function partOf(path: string): string {
  return `${path}.part`;
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
