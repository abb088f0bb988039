/**
 * Files that pass through the temporary folder on their way into the store. Whoever makes one removes it; what a process left
 * there that was killed meanwhile is cleared away by age, for the folder may be shared with others that are at work.
 */
import { readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'gatehouse-passing-';
/** Longer than any file is on its way. */
const passingMsMax = 24 * 60 * 60_000;

export const passingPath = (id: string): string => join(tmpdir(), `${prefix}${id}`);

/** What cannot be looked at or removed, such as another user's, stays. */
export async function clearPassing(nowMs: number): Promise<void> {
  const folder = tmpdir();
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix)) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && found.mtimeMs < nowMs - passingMsMax) await rm(path, { force: true }).catch(() => undefined);
  }
}
