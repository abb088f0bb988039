import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openLog } from '@gatehouse/web/log.ts';
import { loadTexts, minimal } from '../config/fixtures/loading.ts';
import type { Loaded, Refused } from '../config/load.ts';
import { openReload } from './reload.ts';

function configuration(theme: string): Loaded {
  const answer = loadTexts([JSON.stringify({ ...minimal(), theme })]);
  if (answer.kind === 'refused') throw new TypeError('the configuration of the test is refused');
  return answer;
}

const refused: Refused = {
  kind: 'refused',
  sources: new Map([['file', 'broken']]),
  problems: [{ file: 'file', line: 1, severity: 'error', key: 'theme', message: 'It is wrong.', cure: 'Mend it.' }],
};

/** What is read is told by the test; what is applied waits until the test lets it. */
function openWorld() {
  const lines: Record<string, unknown>[] = [];
  const applied: string[] = [];
  const followed: unknown[] = [];
  const gates: (() => void)[] = [];
  let next: Loaded | Refused = configuration('dark');
  let failure: Error | undefined;
  const reload = openReload({
    first: configuration('light'),
    read: () => next,
    async apply(loaded, which) {
      await new Promise<void>((resolve) => gates.push(resolve));
      if (failure) throw failure;
      applied.push(`${which} ${loaded.configuration.theme}`);
    },
    onRead: (sources) => void followed.push(sources),
    log: openLog({ level: 'info', format: 'json' }, { write: (line) => void lines.push(JSON.parse(line)) }),
  });
  return {
    reload,
    lines,
    applied,
    followed,
    gates,
    tell: (answer: Loaded | Refused) => {
      next = answer;
    },
    fail: (cause: Error) => {
      failure = cause;
    },
  };
}

test('one reload at a time, and of those asked for meanwhile the last is done', async () => {
  const { reload, applied, gates, tell } = openWorld();
  const done = reload.request('signal');
  tell(configuration('grey'));
  for (let times = 0; times < 5; times += 1) void reload.request('files');
  assert.equal(gates.length, 1);
  gates[0]?.();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(gates.length, 2);
  gates[1]?.();
  await done;
  assert.deepEqual(applied, ['new dark', 'new grey']);
  assert.equal(reload.configuration().theme, 'grey');
});

test('a configuration that is refused applies nothing, and what was read is followed from there', async () => {
  const { reload, applied, followed, lines, tell } = openWorld();
  tell(refused);
  await reload.request('files');
  assert.deepEqual(applied, []);
  assert.equal(followed.at(-1), refused.sources);
  assert.equal(lines.length, 1);
  assert.match(String(lines[0]?.msg), /file:1: error at theme/);
  assert.equal(reload.configuration().theme, 'light');
});

test('a configuration that cannot be put in force leaves the one before', async () => {
  const { reload, gates, lines, fail } = openWorld();
  fail(new Error('no such server'));
  const done = reload.request('signal');
  gates[0]?.();
  await done;
  assert.equal(reload.configuration().theme, 'light');
  assert.match(String(lines[0]?.msg), /could not be put in force/);
});

test('a reading that fails altogether is logged and leaves the one before', async () => {
  const lines: string[] = [];
  const reload = openReload({
    first: configuration('light'),
    read: () => {
      throw new Error('the folder is gone');
    },
    apply: async () => assert.fail('nothing was read'),
    onRead: () => undefined,
    log: openLog({ level: 'info', format: 'json' }, { write: (line) => void lines.push(line) }),
  });
  await reload.request('files');
  assert.match(lines.join(), /the folder is gone/);
  assert.equal(reload.configuration().theme, 'light');
});

test('a turn of keys applies what is in force without reading', async () => {
  const { reload, applied, gates, tell } = openWorld();
  tell(refused);
  const done = reload.request('keys');
  gates[0]?.();
  await done;
  assert.deepEqual(applied, ['in force light']);
});

test('a turn of keys that fails is told as such', async () => {
  const { reload, gates, lines, fail } = openWorld();
  fail(new Error('no such database'));
  const done = reload.request('keys');
  gates[0]?.();
  await done;
  assert.match(String(lines[0]?.msg), /the ones before sign on, and it is tried again in a minute/);
});

test('after the close nothing is reloaded any more', async () => {
  const { reload, applied } = openWorld();
  await reload.close();
  await reload.request('signal');
  assert.deepEqual(applied, []);
});
