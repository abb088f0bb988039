/**
 * Puts new content into a file so that a reader, or a crash, meets the old or the new one, never a part. Writers in other
 * processes take turns, by an empty file beside it that only one of them can make; the new content lies under a name of its
 * writer's own, so that nobody puts in force what another one has half written.
 */
import type { Stats } from 'node:fs';
import { type FileHandle, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Keeps mode, owner and a symbolic link to the file. Where the file itself is mounted it cannot be replaced, where its folder may
 * not be written there is no room for a second one, and a file of somebody else would become ours: there it is written in place.
 * `isStill` is asked last, whether the content is the one that is to go; if not, or if another writer has taken us for dead
 * meanwhile, nothing happens. Throws what `node:fs` throws, and then the old content holds; but what breaks off in the middle of
 * writing in place leaves the new content whole beside it, where there is room.
 */
export async function replaceFile(
  path: string,
  content: string,
  isStill: () => Promise<boolean> = async () => true,
): Promise<'replaced' | 'changed'> {
  const target = await realpath(path);
  const before = await stat(target);
  const folder = dirname(target);
  const taken = join(folder, `.${basename(target)}.new`);
  const own = `${taken}.${crypto.randomUUID()}`;
  await using toDo = new AsyncDisposableStack();
  const turn = await takeTurn(taken);
  if (turn) toDo.defer(() => endTurn(taken, turn));
  const beside = turn && (await createBeside(own));
  let isInTheMiddle = false;
  toDo.defer(async () => {
    await beside?.close();
    if (beside && !isInTheMiddle) await rm(own, { force: true });
  });
  const isAlike = beside !== undefined && (await writeBeside(beside, content, before));
  if (!(await isStill()) || (turn && !(await isAt(taken, turn)))) return 'changed';
  if (isAlike && (await replaced(own, target))) await syncFolder(folder);
  else {
    const file = await open(target, 'r+');
    isInTheMiddle = true;
    await writeInPlace(file, content);
    isInTheMiddle = false;
  }
  await removeLeft(folder, basename(taken));
  return 'replaced';
}

/** A writer needs some hundredths of a second: where nothing moves for longer it is not there any more, or its disk is not. */
const pauseMs = 20;
const leftMsMin = 3_000;
const waitMsMax = 6_000;

/** Open to the end: as long as it is, no other file is of its number. Undefined: the folder may not be written. */
async function takeTurn(taken: string): Promise<FileHandle | undefined> {
  let seen: Stats | undefined;
  let seenAtMs = 0;
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    try {
      return await open(taken, 'wx', 0o600);
    } catch (cause) {
      if (isOneOf(cause, mayNotWrite)) return undefined;
      if (!isOneOf(cause, ['EEXIST']) || waitedMs >= waitMsMax) throw cause;
    }
    const now = await stat(taken).catch(() => undefined);
    if (now?.ino !== seen?.ino || now?.mtimeMs !== seen?.mtimeMs) [seen, seenAtMs] = [now, waitedMs];
    else if (now && waitedMs - seenAtMs >= leftMsMin && !(await isSetAside(taken))) return undefined;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** What a writer left behind that was killed. False: the folder may not be written. */
async function isSetAside(taken: string): Promise<boolean> {
  try {
    await rename(taken, `${taken}.${crypto.randomUUID()}`);
  } catch (cause) {
    return !isOneOf(cause, mayNotWrite);
  }
  return true;
}

async function endTurn(taken: string, turn: FileHandle): Promise<void> {
  if (await isAt(taken, turn)) await rm(taken, { force: true });
  await turn.close();
}

/** Undefined: the folder may not be written any more. */
async function createBeside(own: string): Promise<FileHandle | undefined> {
  try {
    return await open(own, 'wx', 0o600);
  } catch (cause) {
    if (isOneOf(cause, mayNotWrite)) return undefined;
    throw cause;
  }
}

/** So long what a killed writer left is kept: it may be all there is of what it wrote in place. */
const keptMs = 24 * 60 * 60_000;
const ownName = /^\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A folder that cannot be looked through keeps it. */
async function removeLeft(folder: string, taken: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(taken) && ownName.test(each.slice(taken.length)))) {
    const left = join(folder, name);
    const there = await stat(left).catch(() => undefined);
    if (there && Date.now() - there.mtimeMs > keptMs) await rm(left, { force: true }).catch(() => undefined);
  }
}

async function isAt(path: string, file: FileHandle): Promise<boolean> {
  const [{ ino }, there] = await Promise.all([file.stat(), stat(path).catch(() => undefined)]);
  return there?.ino === ino;
}

/** Whether it is of the same owner and mode. */
async function writeBeside(file: FileHandle, content: string, before: Stats): Promise<boolean> {
  try {
    await file.writeFile(content);
    // chown(2): for root, and for whoever has the file and is in its group.
    await file.chown(before.uid, before.gid).catch(() => undefined);
    await file.chmod(before.mode & 0o777);
    await file.sync();
  } catch (cause) {
    if (isOneOf(cause, mayNotWrite)) return false;
    throw cause;
  }
  const { uid, gid } = await file.stat();
  return uid === before.uid && gid === before.gid;
}

/** False: it cannot be replaced, and lies beside it still. */
async function replaced(own: string, target: string): Promise<boolean> {
  try {
    await rename(own, target);
  } catch (cause) {
    if (isOneOf(cause, mayNotReplace)) return false;
    throw cause;
  }
  return true;
}

/** The name lasts through a crash only then; what holds by now is not told as a failure because of that. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

async function writeInPlace(file: FileHandle, content: string): Promise<void> {
  try {
    await file.writeFile(content);
    await file.truncate(Buffer.byteLength(content));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** open(2), chmod(2): no right to the folder, or to give the file such a mode, or it is read only. */
const mayNotWrite: readonly string[] = ['EACCES', 'EPERM', 'EROFS'];
/** rename(2): the target is a mount point, or somebody else's in a folder with the sticky bit. */
const mayNotReplace: readonly string[] = ['EBUSY', 'EPERM'];

function isOneOf(cause: unknown, codes: readonly string[]): boolean {
  return cause instanceof Error && 'code' in cause && codes.includes(String(cause.code));
}
