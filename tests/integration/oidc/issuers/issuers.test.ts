/** One process with several `session.cookies` is several providers: each address names itself, and nothing of one is good at another. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decodeJwt } from 'jose';
import { authorizationRequest, exchange, HttpPerson, seedClient } from '../../../house/http-person.ts';
import { type RunningIdentity, signIn, startIdentity } from '../../reload/running-identity.ts';

const here = 'auth.example.com';
const there = 'login.example.org';

let identity: RunningIdentity;
before(async () => {
  identity = await startIdentity({
    replace: (yaml) =>
      yaml.replace(
        "      authelia_url: 'https://auth.example.com'\n",
        (first) => `${first}    - domain: 'example.org'\n      authelia_url: 'https://${there}'\n`,
      ),
  });
});
after(() => identity[Symbol.asyncDispose]());

async function withVisitors(work: (one: HttpPerson, other: HttpPerson) => Promise<void>): Promise<void> {
  const [one, other] = [new HttpPerson(identity.port, here), new HttpPerson(identity.port, there)];
  await work(one, other).finally(() => {
    one.close();
    other.close();
  });
}

const ask = (visitor: HttpPerson, token: string) => visitor.post('/api/oidc/userinfo', { access_token: token });

test('each address is discovered as an issuer of its own, and one that is not configured answers nothing', () =>
  withVisitors(async (one, other) => {
    for (const visitor of [one, other]) {
      const answer = await visitor.get('/.well-known/openid-configuration');
      const document = JSON.parse(answer.body) as Record<string, string>;
      assert.equal(document.issuer, `https://${visitor.host}`);
      assert.equal(document.token_endpoint, `https://${visitor.host}/api/oidc/token`);
      assert.equal(document.jwks_uri, `https://${visitor.host}/jwks.json`);
    }
    const stranger = new HttpPerson(identity.port, 'auth.example.net');
    assert.equal((await stranger.get('/.well-known/openid-configuration')).status, 421);
    stranger.close();
  }));

test('a person signs in at each, and what they get names the address where they did', () =>
  withVisitors(async (one, other) => {
    for (const visitor of [one, other]) {
      const tokens = await signIn(identity, { visitor });
      const { iss, aud } = decodeJwt(tokens.id_token ?? '');
      assert.deepEqual([iss, aud], [`https://${visitor.host}`, seedClient.id]);
      assert.equal((await ask(visitor, tokens.access_token)).status, 200);
    }
  }));

test('codes and tokens of one address are worth nothing at the other, and stay good at their own', () =>
  withVisitors(async (one, other) => {
    const request = authorizationRequest();
    const code = (await one.authorize(identity.people.alice, request)).searchParams.get('code') ?? '';
    const foreign = await exchange(other, code, request.verifier);
    assert.deepEqual([foreign.status, JSON.parse(foreign.body).error], [400, 'invalid_grant']);
    const own = await exchange(one, code, request.verifier);
    assert.equal(own.status, 200, own.body);
    const { access_token: token } = JSON.parse(own.body) as { access_token: string };
    assert.equal((await ask(other, token)).status, 401);
    assert.equal((await ask(one, token)).status, 200);
  }));

test('a session of one address is none at the other', () =>
  withVisitors(async (one, other) => {
    await signIn(identity, { visitor: one });
    for (const [name, cookie] of one.cookies) other.cookies.set(name, cookie);
    // Who is asked for a password does not get through.
    const forgetful = { ...identity.people.alice, password: 'forgotten' };
    assert.ok((await one.authorize(forgetful)).searchParams.get('code'));
    await assert.rejects(other.authorize(forgetful));
  }));
