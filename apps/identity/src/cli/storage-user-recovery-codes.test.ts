import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import { openAttemptLimiter } from '../regulation/limiter.ts';
import { openRecovery } from '../sign-in/recovery/recovery.ts';
import { openMemoryDatabase } from '../storage/databases.suite.ts';
import { storageUserRecoveryCodes } from './storage-user-recovery-codes.ts';

test('codes are made, counted and deleted, and a call that is not clear does nothing', async () => {
  const database = await openMemoryDatabase();
  const nowMs = () => 1_800_000_000_000;
  const recovery = openRecovery({ database, limiter: openAttemptLimiter({ database, nowMs }), nowMs, randomInt });
  const run = async (...args: string[]) => {
    let output = '';
    const sink = () =>
      new Writable({
        write(chunk, _encoding, done) {
          output += chunk;
          done();
        },
      });
    const io = { stdin: Readable.from([]), stdout: sink(), stderr: sink(), env: {} };
    const open = async () => ({
      recovery,
      hasFactor: async (name: string) => name === 'alice',
      close: async () => undefined,
    });
    return { code: await storageUserRecoveryCodes(open)(args, io), output };
  };
  assert.match((await run('show', 'alice')).output, /has no recovery codes/);
  const made = await run('generate', 'alice');
  const codes = made.output.trim().split('\n');
  assert.equal(codes.length, 10);
  assert.equal((await recovery.verify('alice', codes[3] ?? '', '192.0.2.1')).kind, 'verified');
  assert.match((await run('show', 'alice')).output, /has 9 of 10 recovery codes left, made 2027-01-15/);
  assert.equal((await run('generate', 'bob')).code, 1);
  for (const unclear of [[], ['show'], ['drop', 'alice'], ['delete', '--all'], ['delete', 'alice', 'bob']])
    assert.equal((await run(...unclear)).code, 2);
  assert.match((await run('delete', 'alice')).output, /Deleted 10 recovery codes/);
  assert.equal(await recovery.stateOf('alice'), undefined);
});
