import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPortal } from '../portal.suite.ts';
import { privacyPath, returnField } from './privacy.paths.ts';

const policy = 'https://example.com/privacy';
const path = '/sign-in/flow1';
const alice = { username: 'alice', password: 'alice-password' };

test('nobody signs in before they have accepted the policy, and everybody after it', async (t) => {
  const portal = await openPortal(t, { services: { policyToAccept: policy } });
  const visitor = portal.visitor();
  const asked = await visitor.get(path);
  assert.match(asked.text, /<title>Privacy policy · Gatehouse<\/title>/);
  assert.match(asked.text, new RegExp(`href="${policy}"`));
  assert.doesNotMatch(asked.text, /name="password"/);

  const early = await visitor.post(`${path}/password`, alice);
  assert.equal(early.location, `${path}/password`);
  assert.equal(visitor.jar.has('authelia_session'), false);

  const accepted = await visitor.post(privacyPath, { [returnField]: path });
  assert.equal(accepted.location, path);
  assert.match((await visitor.get(path)).text, /name="password"/);
  await visitor.post(`${path}/password`, alice);
  assert.equal(visitor.jar.has('authelia_session'), true);
});

test('the acceptance of another policy does not count', async (t) => {
  const first = await openPortal(t, { services: { policyToAccept: policy } });
  const visitor = first.visitor();
  await visitor.post(privacyPath, { [returnField]: path });
  const cookie = [...visitor.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const second = await openPortal(t, { services: { policyToAccept: 'https://example.com/new-privacy' } });
  assert.match((await second.visitor().get(path, { cookie })).text, /Privacy policy/);
});

test('after accepting nobody is led away', async (t) => {
  const portal = await openPortal(t, { services: { policyToAccept: policy } });
  const answer = await portal.visitor().post(privacyPath, { [returnField]: 'https://evil.example/' });
  assert.equal(answer.location, '/');
});
