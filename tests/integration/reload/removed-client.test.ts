/** What an application holds dies when it leaves the configuration, and stays dead when it comes again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorizationRequest, exchange, seedClient } from '../../house/http-person.ts';
import {
  clientsYaml,
  clientYaml,
  type RunningIdentity,
  refresh,
  signIn,
  startIdentity,
  type Tokens,
  userinfo,
} from './running-identity.ts';

const scope = 'openid profile offline_access';
const explicit = (id: string): string =>
  clientYaml(id).replace("'implicit'", "'pre-configured'\n        pre_configured_consent_duration: '1 day'");
const without = clientsYaml(explicit('second'));
const both = clientsYaml(explicit('second'), explicit('leantime'));

async function begin(): Promise<RunningIdentity> {
  return startIdentity({ clients: both });
}

test('attack 55: the tokens of a removed application die, those of others live', async () => {
  await using identity = await begin();
  const [removed, kept] = [await signIn(identity, { scope }), await signIn(identity, { clientId: 'second', scope })];
  assert.equal(await isActive(identity, removed.access_token), true);
  identity.write('clients.yml', without);
  assert.deepEqual((await identity.reload()).clients_removed, ['leantime']);
  await assertDead(identity, removed);
  assert.equal((await userinfo(identity, kept.access_token)).status, 200);
  assert.equal((await refresh(identity, kept.refresh_token ?? '', 'second')).status, 200);
});

test('attack 55: they do not revive when an application of the same name comes again, by reload or by restart', async () => {
  await using identity = await begin();
  for (const change of [() => identity.reload(), () => identity.restart()]) {
    const removed = await signIn(identity, { scope });
    const pending = authorizationRequest({ scope });
    const visitor = identity.visitor();
    const code = (await visitor.authorize(identity.people.alice, pending)).searchParams.get('code') ?? '';
    identity.write('clients.yml', without);
    await change();
    identity.write('clients.yml', both);
    await change();
    await assertDead(identity, removed);
    const late = await exchange(visitor, code, pending.verifier);
    assert.deepEqual([late.status, JSON.parse(late.body).error], [400, 'invalid_grant']);
    assert.equal((await userinfo(identity, (await signIn(identity, { scope })).access_token)).status, 200);
  }
});

test('attack 55: a remembered consent to a removed application is asked for again', async () => {
  await using identity = await begin();
  const visitor = identity.visitor();
  const agree = async (): Promise<number> => {
    let asked = 0;
    let answer = await visitor.get(authorizationRequest({ scope: 'openid profile' }).path);
    for (let step = 0; step < 8; step += 1) {
      const { location } = answer.headers;
      if (location?.startsWith(seedClient.redirectUri)) return asked;
      if (location !== undefined) {
        const { pathname, search } = new URL(location, 'https://auth.example.com');
        answer = await visitor.get(pathname + search);
        continue;
      }
      const action = /<form[^>]*action="([^"]+)"/.exec(answer.body)?.[1] ?? '';
      const { username, password } = identity.people.alice;
      if (/name="decision"/.test(answer.body)) asked += 1;
      answer = await visitor.post(
        action,
        /name="decision"/.test(answer.body) ? { decision: 'accept', remember: 'yes' } : { username, password },
      );
    }
    throw new Error(`the sign-in did not end: ${answer.body}`);
  };
  assert.deepEqual([await agree(), await agree()], [1, 0]);
  identity.write('clients.yml', without);
  await identity.reload();
  identity.write('clients.yml', both);
  await identity.reload();
  assert.deepEqual([await agree(), await agree()], [1, 0]);
});

test('tokens of an application that only changes live on', async () => {
  await using identity = await begin();
  const held = await signIn(identity, { scope });
  identity.write('clients.yml', both.replaceAll("'one_factor'", "'two_factor'"));
  assert.deepEqual((await identity.reload()).clients_changed, ['second', 'leantime']);
  assert.equal((await userinfo(identity, held.access_token)).status, 200);
});

async function assertDead(identity: RunningIdentity, { access_token, refresh_token }: Tokens): Promise<void> {
  assert.equal((await userinfo(identity, access_token)).status, 401);
  const refreshed = await refresh(identity, refresh_token ?? '');
  assert.ok(['invalid_grant', 'invalid_client'].includes(JSON.parse(refreshed.body).error), refreshed.body);
  assert.equal(await isActive(identity, access_token), false);
}

async function isActive(identity: RunningIdentity, token: string): Promise<boolean> {
  const asSecond = { Accept: 'application/json', Authorization: `Basic ${btoa(`second:${seedClient.secret}`)}` };
  const { body } = await identity.visitor().post('/api/oidc/introspection', { token }, asSecond);
  return JSON.parse(body).active;
}
