/** Signing keys change while people sign in: announced, in use, retired, gone from the file; nobody sees a failed verification. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import { authorizationRequest, exchange, type HttpPerson } from '../../house/http-person.ts';
import { type RunningIdentity, rsaPem, signIn, startIdentity } from './running-identity.ts';

const announcedAheadMs = 5_000;

/** `old` is the entry that the file begins with. */
function jwks(identity: RunningIdentity, ...entries: { id: string; pem: string; life?: string }[]): string {
  const yaml = entries.map(({ id, pem, life = '' }) => {
    const indented = pem.trim().replaceAll('\n', '\n          ');
    return `      - key_id: '${id}'\n${life}        key: |\n          ${indented}\n`;
  });
  return identity.rest({ replace: (rest) => rest.replace(/ {4}jwks:\n[\s\S]*$/, `    jwks:\n${yaml.join('')}`) });
}

/**
 * An application that reads the keys anew only when those it has are a second old, never because it meets one that it does
 * not know: it depends on the announcement.
 */
function openApplication(identity: RunningIdentity) {
  const keys = createRemoteJWKSet(new URL(`http://127.0.0.1:${identity.port}/jwks.json`), {
    cacheMaxAge: 1_000,
    cooldownDuration: 3_600_000,
    headers: { 'X-Forwarded-Host': 'auth.example.com', 'X-Forwarded-Proto': 'https' },
    [customFetch]: fetch,
  });
  return {
    async verify(idToken: string): Promise<string> {
      const expected = { issuer: 'https://auth.example.com', audience: 'leantime' };
      return String((await jwtVerify(idToken, keys, expected)).protectedHeader.kid);
    },
  };
}

test('sign-ins go on while a key is announced, used and retired, and every ID token verifies', async () => {
  await using identity = await startIdentity();
  const old = { id: 'old', pem: rsaPem() };
  const next = { id: 'next', pem: rsaPem() };
  identity.write('rest.yml', jwks(identity, old));
  await identity.reload();
  const application = openApplication(identity);
  const seen = new Map<string, string>();
  const signInAndVerify = async (): Promise<void> => {
    const { id_token: idToken } = await signIn(identity);
    seen.set(await application.verify(idToken), idToken);
  };
  await signInAndVerify();

  const turn = new Date(Date.now() + announcedAheadMs).toISOString();
  const [ending, beginning] = [
    { ...old, life: `        not_after: '${turn}'\n` },
    { ...next, life: `        not_before: '${turn}'\n` },
  ];
  identity.write('rest.yml', jwks(identity, ending, beginning));
  await identity.reload();
  let over = false;
  const turned = identity.next(/^Other keys sign now$/).then((line) => {
    over = true;
    return line;
  });
  while (!over) await signInAndVerify();
  const line = await turned;
  assert.deepEqual(line.signing, ['next']);
  assert.match(String(line.retired), /^old, published until /);
  await signInAndVerify();
  assert.deepEqual([...seen.keys()], ['old', 'next']);
  // What the retired key signed still verifies, and still says who leaves.
  const hint = seen.get('old') ?? '';
  assert.equal(await application.verify(hint), 'old');
  const visitor = identity.visitor();
  assert.ok((await signOut(visitor, hint)).status < 400);

  identity.write('rest.yml', jwks(identity, beginning));
  await identity.reload();
  await signInAndVerify();
  assert.equal((await signOut(visitor, hint)).status, 400);
});

test('a key that signs without having been announced is warned of', async () => {
  await using identity = await startIdentity();
  identity.write('rest.yml', jwks(identity, { id: 'sudden', pem: rsaPem() }));
  await identity.reload();
  // The warning stands before the line that tells of the reload.
  assert.match(identity.child().output(), /The key 'sudden' signs at once/);
});

test('a sign-in that began under one key ends under the next', async () => {
  await using identity = await startIdentity();
  const visitor = identity.visitor();
  const request = authorizationRequest();
  const code = (await visitor.authorize(identity.people.alice, request)).searchParams.get('code') ?? '';
  identity.write('rest.yml', jwks(identity, { id: 'next', pem: rsaPem() }));
  await identity.reload();
  const answer = await exchange(visitor, code, request.verifier);
  assert.equal(await openApplication(identity).verify(JSON.parse(answer.body).id_token), 'next');
});

function signOut(visitor: HttpPerson, hint: string) {
  return visitor.get(`/api/oidc/logout?${new URLSearchParams({ id_token_hint: hint })}`);
}
