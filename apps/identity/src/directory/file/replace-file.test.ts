/** The ways in which a users file may lie: alone in a folder of ours, mounted by itself, in a folder that is not ours to write. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { replaceFile } from './replace-file.ts';

const { path: folder } = temporaryFolder('replace-file');
const isRoot = process.getuid?.() === 0;
const nobody = 65_534;
// A copy, which nobody may read wherever this tree lies.
const module = join(folder, 'replace-file.ts');
copyFileSync(new URL('./replace-file.ts', import.meta.url), module);
chmodSync(folder, 0o755);
const [before, after] = ['users: {}\n# with words of the administrator\n', 'users: {}\n'];

function newPlace(name: string) {
  const place = join(folder, name);
  mkdirSync(place);
  const path = join(place, 'users.yml');
  writeFileSync(path, before, { mode: 0o640 });
  return { place, path };
}

/** Replaces the file in a process of its own, begun by these words, which waits for nothing. */
function replaceBy(
  command: readonly [string, ...string[]],
  path: string,
  as: { uid?: number; gid?: number } = {},
  first = '',
) {
  const script = `globalThis.setTimeout = setImmediate; ${first} import { replaceFile } from '${module}'; await replaceFile('${path}', ${JSON.stringify(after)});`;
  const [program, ...args] = [...command, process.execPath, '--input-type=module', '-e', script];
  return spawnSync(program, args, { ...as, encoding: 'utf8' });
}

test('mode, owner and a link to the file stay, and nothing is left beside it', async () => {
  const { place, path } = newPlace('plain');
  if (isRoot) chownSync(path, nobody, nobody);
  symlinkSync(path, join(folder, 'link.yml'));
  const { ino } = statSync(path);
  await replaceFile(join(folder, 'link.yml'), after);
  const now = statSync(path);
  assert.equal(readFileSync(path, 'utf8'), after);
  assert.notEqual(now.ino, ino, 'replaced at once, not written over');
  assert.equal(now.mode & 0o777, 0o640);
  if (isRoot) assert.deepEqual([now.uid, now.gid], [nobody, nobody]);
  assert.deepEqual(readdirSync(place), ['users.yml']);
});

const mayRun = !isRoot || spawnSync(process.execPath, ['-e', ''], { uid: nobody, gid: nobody }).status === 0;

test('a file is written where its folder may not be', { skip: mayRun ? false : 'nobody may run node here' }, () => {
  const { place, path } = newPlace('locked');
  if (isRoot) chownSync(path, nobody, nobody);
  chmodSync(place, 0o555);
  const { status, stderr } = replaceBy(['env'], path, isRoot ? { uid: nobody, gid: nobody } : {});
  assert.equal(status, 0, stderr);
  assert.equal(readFileSync(path, 'utf8'), after);
  assert.deepEqual(readdirSync(place), ['users.yml']);
});

test('a file of somebody else stays theirs', { skip: mayRun && isRoot ? false : 'only root gives files away' }, () => {
  const { place, path } = newPlace('shared');
  chownSync(path, 1, nobody);
  chmodSync(path, 0o660);
  chmodSync(place, 0o777);
  const { status, stderr } = replaceBy(['env'], path, { uid: nobody, gid: nobody });
  assert.equal(status, 0, stderr);
  assert.equal(readFileSync(path, 'utf8'), after);
  assert.equal(statSync(path).uid, 1);
  assert.deepEqual(readdirSync(place), ['users.yml']);
});

test('a file of another group of ours is replaced at once', {
  skip: mayRun && isRoot ? false : 'only root has groups to give',
}, () => {
  const { place, path } = newPlace('grouped');
  for (const each of [place, path]) chownSync(each, nobody, 2000);
  chmodSync(place, 0o2770);
  const { ino } = statSync(path);
  const { status, stderr } = replaceBy(['setpriv', '--reuid=65534', '--regid=65534', '--groups=2000'], path);
  assert.equal(status, 0, stderr);
  const now = statSync(path);
  assert.notEqual(now.ino, ino, 'not written over');
  assert.deepEqual([now.uid, now.gid], [nobody, 2000]);
  assert.deepEqual(readdirSync(place), ['users.yml']);
});

test('what may not be written at all leaves nothing beside it', {
  skip: mayRun && isRoot ? false : 'root may write all',
}, () => {
  const { place, path } = newPlace('forbidden');
  chmodSync(path, 0o644);
  chmodSync(place, 0o777);
  const { status, stderr } = replaceBy(['env'], path, { uid: nobody, gid: nobody });
  assert.notEqual(status, 0);
  assert.match(stderr, /EACCES/);
  assert.equal(readFileSync(path, 'utf8'), before);
  assert.deepEqual(readdirSync(place), ['users.yml']);
});

test('a folder that may be written and not read is no failure', {
  skip: mayRun ? false : 'nobody may run node here',
}, () => {
  const { place, path } = newPlace('unreadable');
  if (isRoot) for (const each of [place, path]) chownSync(each, nobody, nobody);
  chmodSync(place, 0o300);
  const { status, stderr } = replaceBy(['env'], path, isRoot ? { uid: nobody, gid: nobody } : {});
  assert.equal(status, 0, stderr);
  chmodSync(place, 0o700);
  assert.equal(readFileSync(path, 'utf8'), after);
});

const mounter = isRoot ? ['unshare', '--mount'] : ['unshare', '--map-root-user', '--mount'];
const mountable = spawnSync('unshare', [...mounter.slice(1), 'mount', '--bind', '/', '/']).status === 0;

test('a file that is mounted by itself is written', { skip: mountable ? false : 'nothing can be mounted here' }, () => {
  const { place, path } = newPlace('mounted');
  writeFileSync(join(folder, 'source.yml'), before);
  const mounted = ['sh', '-c', `mount --bind '${folder}/source.yml' '${path}' && exec "$@"`, 'sh'];
  const { status, stderr } = replaceBy([mounter[0] ?? '', ...mounter.slice(1), ...mounted], path);
  assert.equal(status, 0, stderr);
  assert.equal(readFileSync(join(folder, 'source.yml'), 'utf8'), after);
  assert.equal(readFileSync(path, 'utf8'), before, 'what the mount covers is left alone');
  assert.deepEqual(readdirSync(place), ['users.yml']);
});

test('a file that is mounted to be read alone leaves nothing beside it', {
  skip: mountable ? false : 'nothing can be mounted here',
}, () => {
  const { place, path } = newPlace('read-only');
  writeFileSync(join(folder, 'source.yml'), before);
  const mount = `mount --bind '${folder}/source.yml' '${path}' && mount -o remount,bind,ro '${path}' && exec "$@"`;
  const { status, stderr } = replaceBy([mounter[0] ?? '', ...mounter.slice(1), 'sh', '-c', mount, 'sh'], path);
  assert.notEqual(status, 0);
  assert.match(stderr, /EROFS/);
  assert.equal(readFileSync(join(folder, 'source.yml'), 'utf8'), before);
  assert.deepEqual(readdirSync(place), ['users.yml']);
});

test('what fails otherwise changes nothing, and leaves nothing', async () => {
  const { place } = newPlace('missing');
  await assert.rejects(replaceFile(join(place, 'other.yml'), after), { code: 'ENOENT' });
  mkdirSync(join(place, 'folder.yml'));
  await assert.rejects(replaceFile(join(place, 'folder.yml'), after), { code: 'EISDIR' });
  assert.deepEqual(readdirSync(place).toSorted(), ['folder.yml', 'users.yml']);
});

test('whoever else is writing is waited for, and what they wrote stays when it is asked for', async () => {
  const { place, path } = newPlace('taken');
  const taken = join(place, '.users.yml.new');
  writeFileSync(taken, 'of another');
  const asked: string[] = [];
  const replacing = replaceFile(path, after, async () => {
    asked.push(readFileSync(path, 'utf8'));
    return asked.at(-1) === before;
  });
  for (let times = 0; times < 50; times += 1) await stat(path);
  assert.deepEqual(asked, []);
  const others = `${before}# and another\n`;
  writeFileSync(taken, others);
  renameSync(taken, path);
  assert.equal(await replacing, 'changed');
  assert.deepEqual(asked, [others]);
  assert.deepEqual(readdirSync(place), ['users.yml']);
});

/** The clock of whoever waits goes on while they do. */
async function waitedOut<T>(t: TestContext, work: () => Promise<T>, meanwhile: () => void = () => {}): Promise<T> {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let isOver = false;
  const working = work().finally(() => {
    isOver = true;
  });
  working.catch(() => undefined);
  while (!isOver) {
    meanwhile();
    t.mock.timers.tick(20);
    await stat(folder);
  }
  return await working;
}

test('what a writer left that was killed just now is soon not waited for any more, and is kept', async (t) => {
  const { place, path } = newPlace('left');
  writeFileSync(join(place, '.users.yml.new'), 'all there is');
  assert.equal(await waitedOut(t, () => replaceFile(path, after)), 'replaced');
  assert.equal(readFileSync(path, 'utf8'), after);
  const [kept = ''] = readdirSync(place).filter((name) => name.startsWith('.users.yml.new.'));
  assert.equal(readFileSync(join(place, kept), 'utf8'), 'all there is');
});

test('where what was left may not be moved away, the file is written all the same', {
  skip: mayRun ? false : 'nobody may run node here',
}, () => {
  const { place, path } = newPlace('left-locked');
  writeFileSync(join(place, '.users.yml.new'), 'of another');
  if (isRoot) chownSync(path, nobody, nobody);
  chmodSync(place, 0o555);
  const { status, stderr } = replaceBy(['env'], path, isRoot ? { uid: nobody, gid: nobody } : {});
  assert.equal(status, 0, stderr);
  assert.equal(readFileSync(path, 'utf8'), after);
  assert.equal(readFileSync(join(place, '.users.yml.new'), 'utf8'), 'of another');
});

test('writers of whom one follows the other are waited for a while, and then nothing is written', async (t) => {
  const { place, path } = newPlace('busy');
  const taken = join(place, '.users.yml.new');
  let times = 0;
  const another = () => {
    times += 1;
    writeFileSync(taken, 'of another');
    utimesSync(taken, times, times);
  };
  await assert.rejects(
    waitedOut(t, () => replaceFile(path, after), another),
    { code: 'EEXIST' },
  );
  assert.equal(readFileSync(path, 'utf8'), before);
  assert.deepEqual(readdirSync(place), ['.users.yml.new', 'users.yml']);
});

test('a writer that was taken for a dead one puts nothing of others in force, and takes nothing from them', async () => {
  for (const [name, isStill] of Object.entries({ overtaken: true, 'overtaken-changed': false })) {
    const { place, path } = newPlace(name);
    const taken = join(place, '.users.yml.new');
    const answer = await replaceFile(path, after, async () => {
      renameSync(taken, join(place, 'left'));
      writeFileSync(taken, 'half of another');
      return isStill;
    });
    assert.equal(answer, 'changed');
    assert.equal(readFileSync(path, 'utf8'), before);
    assert.equal(readFileSync(taken, 'utf8'), 'half of another');
  }
});

test('a writer that is overtaken at the last moment puts its own content in force, not the half of another', () => {
  const { place, path } = newPlace('overtaken-late');
  const taken = join(place, '.users.yml.new');
  // Between the last look at whose turn it is and the renaming.
  const overtaking = `
    import { renameSync, writeFileSync } from 'node:fs';
    import { open, stat } from 'node:fs/promises';
    await using file = await open('${path}');
    const kind = Object.getPrototypeOf(file);
    const { stat: real } = kind;
    let looks = 0;
    kind.stat = async function () {
      const answer = await real.call(this);
      looks += 1;
      if (looks !== 2) return answer;
      for (let times = 0; times < 20; times += 1) await stat('${path}');
      renameSync('${taken}', '${place}/left');
      writeFileSync('${taken}', 'half of another');
      return answer;
    };`;
  const { status, stderr } = replaceBy(['env'], path, {}, overtaking);
  assert.equal(status, 0, stderr);
  assert.equal(readFileSync(path, 'utf8'), after);
  assert.equal(readFileSync(taken, 'utf8'), 'half of another');
  assert.deepEqual(readdirSync(place), ['.users.yml.new', 'left', 'users.yml']);
});

test('what killed writers left is kept for a day, and then goes with the next writing', async () => {
  const { place, path } = newPlace('left-long-ago');
  const [old, young, theirs] = [
    `.users.yml.new.${randomUUID()}`,
    `.users.yml.new.${randomUUID()}`,
    '.users.yml.new.bak',
  ];
  for (const name of [old, young, theirs]) writeFileSync(join(place, name), 'all there is');
  const longAgo = Date.now() / 1000 - 25 * 60 * 60;
  for (const name of [old, theirs]) utimesSync(join(place, name), longAgo, longAgo);
  assert.equal(await replaceFile(path, after), 'replaced');
  assert.deepEqual(readdirSync(place).toSorted(), [young, theirs, 'users.yml'].toSorted());
});

test('what breaks off in the middle of writing in place leaves the new content whole beside it', () => {
  const { place, path } = newPlace('broken-off');
  // The file beside cannot be made like the old one; and the disk of the old one is full in the middle.
  const failing = `
    import { open } from 'node:fs/promises';
    await using file = await open('${path}');
    const kind = Object.getPrototypeOf(file);
    kind.chmod = async () => {
      throw Object.assign(new Error('refused'), { code: 'EPERM' });
    };
    const { writeFile } = kind;
    let writes = 0;
    kind.writeFile = async function (content) {
      writes += 1;
      if (writes === 1) return writeFile.call(this, content);
      await this.write(content.slice(0, 4));
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    };`;
  const { status, stderr } = replaceBy(['env'], path, {}, failing);
  assert.notEqual(status, 0);
  assert.match(stderr, /ENOSPC/);
  const [beside = '', ...others] = readdirSync(place).filter((name) => name !== 'users.yml');
  assert.match(beside, /^\.users\.yml\.new\./);
  assert.equal(readFileSync(join(place, beside), 'utf8'), after);
  assert.deepEqual(others, []);
});

test('where the file beside cannot be made like the old one, the old one is written', () => {
  for (const [step, code] of [
    ['chmod', 'EPERM'],
    ['sync', 'EROFS'],
    ['writeFile', 'EACCES'],
  ]) {
    const { place, path } = newPlace(`unlike-${step}`);
    const { ino } = statSync(path);
    // As a file system does that we cannot mount here, for the first file.
    const refusing = `
      import { open } from 'node:fs/promises';
      await using file = await open('${path}');
      const kind = Object.getPrototypeOf(file);
      const { ${step}: real } = kind;
      kind.${step} = async () => {
        kind.${step} = real;
        throw Object.assign(new Error('refused'), { code: '${code}' });
      };`;
    const { status, stderr } = replaceBy(['env'], path, {}, refusing);
    assert.equal(status, 0, stderr);
    assert.equal(readFileSync(path, 'utf8'), after);
    assert.equal(statSync(path).ino, ino, 'written over');
    assert.deepEqual(readdirSync(place), ['users.yml']);
  }
});
