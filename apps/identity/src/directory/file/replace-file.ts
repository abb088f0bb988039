/** Puts new content into a file so that a reader, or a crash, meets the old or the new one, never a part. */
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Keeps mode, owner and a symbolic link to the file. Where the file itself is mounted it cannot be replaced, so there it is
 * written in place. Throws what `node:fs` throws.
 */
export async function replaceFile(path: string, content: string): Promise<void> {
  const target = await realpath(path);
  const { mode, uid, gid } = await stat(target);
  const fresh = join(dirname(target), `.${basename(target)}.${crypto.randomUUID()}`);
  try {
    const file = await open(fresh, 'wx', 0o600);
    try {
      await file.writeFile(content);
      if (process.getuid?.() === 0) await file.chown(uid, gid);
      await file.chmod(mode & 0o777);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, target);
    await syncFolder(dirname(target));
  } catch (cause) {
    await rm(fresh, { force: true });
    if (!isMountPoint(cause)) throw cause;
    await writeInPlace(target, content);
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function writeInPlace(path: string, content: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.writeFile(content);
    await file.truncate(Buffer.byteLength(content));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** rename(2): the target is a mount point. */
function isMountPoint(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'EBUSY';
}
