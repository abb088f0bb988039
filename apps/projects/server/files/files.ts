/** The files of the workspace: the store, its limits, and the folder through which an upload comes in. */
import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { SafeImageType } from '../../wire/file.ts';
import { imageTypeOf } from './image-type.ts';
import { passingPath } from './passing.ts';
import type { FileStore } from './store.ts';

export type Files = {
  readonly store: FileStore;
  readonly fileBytesMax: number;
  readonly projectBytesMax: number;
  /** For bytes that are nobody's any more; what cannot be removed now stays and is told to the log. */
  removeAll(keys: readonly string[]): Promise<void>;
};

type FilesOptions = {
  readonly store: FileStore;
  readonly fileBytesMax: number;
  readonly projectBytesMax: number;
  readonly onFailure: (error: unknown) => void;
};

export function openFiles({ onFailure, ...files }: FilesOptions): Files {
  return {
    ...files,
    async removeAll(keys) {
      for (const key of keys) await files.store.remove(key).catch(onFailure);
    },
  };
}

export type Received = {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly imageType: SafeImageType | null;
};

const headBytes = 16;

/** Writes a body to a temporary file; undefined, and no file, when it is longer than `bytesMax`. The caller removes it. */
export async function receive(
  body: ReadableStream<Uint8Array>,
  id: string,
  bytesMax: number,
): Promise<Received | undefined> {
  const path = passingPath(id);
  const hash = createHash('sha256');
  let bytes = 0;
  let head = Buffer.alloc(0);
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > bytesMax) break;
      if (head.length < headBytes) head = Buffer.concat([head, chunk]).subarray(0, headBytes);
      hash.update(chunk);
      // A single write may take a part of it and say nothing.
      await file.appendFile(chunk);
    }
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  if (bytes <= bytesMax) return { path, bytes, sha256: hash.digest('hex'), imageType: imageTypeOf(head) };
  await rm(path, { force: true });
  return undefined;
}
