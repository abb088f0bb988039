/** The one-time code step as a browser without script meets it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPortal } from '../../portal.suite.ts';
import { codeAtStep, stepAt } from './totp.code.ts';

test('the page asks for as many digits as the person’s own code has', async (t) => {
  const { totp, visitor: open, state } = await openPortal(t);
  const key = { ...totp.propose(), digits: 8 };
  await totp.create('alice', key);
  const visitor = open();
  await visitor.post('/sign-in/flow1/password', { username: 'alice', password: 'alice-password' });
  assert.match((await visitor.get('/sign-in/flow1/second-factor')).text, /8-digit code/);
  const code = codeAtStep(key, stepAt(state.nowMs, key.periodSeconds));
  assert.equal((await visitor.post('/sign-in/flow1/second-factor', { username: 'alice', code })).status, 303);
  assert.deepEqual(state.finished, ['alice']);
});
