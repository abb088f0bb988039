/** A folder that is gone when the test is: on `remove`, at the end of an `await using` block, or when the process ends. */
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onProcessEnd } from './process-end.ts';

export type TemporaryFolder = AsyncDisposable & { readonly path: string; remove(): Promise<void> };

export type Owner = { readonly uid: number; readonly gid: number };

/** Readable by its owner alone: this process's user, or `owner` where a server runs as somebody else. */
export function temporaryFolder(name = 'test', owner?: Owner): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), `gatehouse-${name}-`));
  if (owner) chownSync(path, owner.uid, owner.gid);
  const forget = onProcessEnd(() => rmSync(path, { recursive: true, force: true, maxRetries: 3 }));
  async function remove(): Promise<void> {
    forget();
    await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  }
  return { path, remove, [Symbol.asyncDispose]: remove };
}
