/** What holds for one authorization code, on every backend of expiring values. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Volatile } from '@gatehouse/storage/volatile/volatile.ts';
import { codeFor, exchange, post, userinfo } from '../client.testing.ts';
import { guideClient, type House, openHouse } from '../house.testing.ts';

export type CodeExchangeBackend = {
  readonly name: string;
  readonly skip?: string | false;
  open(nowMs: () => number): Promise<{ volatile: Volatile; close(): Promise<void> }>;
};

export function codeExchangeSuite(backend: CodeExchangeBackend): void {
  describe(`one authorization code on ${backend.name}`, { skip: backend.skip ?? false }, () => {
    let house: House;
    let opened: Awaited<ReturnType<CodeExchangeBackend['open']>>;
    before(async () => {
      opened = await backend.open(() => Date.now());
      house = await openHouse({
        volatile: () => opened.volatile,
        clients: [guideClient, { ...guideClient, client_id: 'other', client_name: 'Other' }],
      });
    });
    after(async () => {
      await house.close();
      await opened.close();
    });

    test('of 50 parallel exchanges exactly one succeeds', async () => {
      const code = await codeFor(house.browser());
      const answers = await Promise.all(Array.from({ length: 50 }, () => exchange(house, code)));
      assert.equal(answers.filter((answer) => answer.status === 200).length, 1);
      for (const answer of answers.filter((entry) => entry.status !== 200)) {
        assert.equal(answer.status, 400);
        assert.equal(answer.body.error, 'invalid_grant');
      }
    });

    test('a second exchange is refused and takes back what the first one got', async () => {
      const code = await codeFor(house.browser());
      const first = await exchange(house, code);
      assert.equal((await userinfo(house, first.body.access_token)).status, 200);
      assert.equal((await exchange(house, code)).body.error, 'invalid_grant');
      assert.equal((await userinfo(house, first.body.access_token)).status, 401);
    });

    test('taking back one sign-in leaves another of the same person alone', async () => {
      const browser = house.browser();
      const first = await codeFor(browser);
      const second = await codeFor(browser);
      const kept = await exchange(house, second);
      await exchange(house, first);
      await exchange(house, first);
      assert.equal((await userinfo(house, kept.body.access_token)).status, 200);
    });

    test('another client, verifier or redirect URI gets nothing for it', async () => {
      const code = await codeFor(house.browser());
      for (const changes of [
        { client_id: 'other' },
        { code_verifier: undefined },
        { code_verifier: 'x'.repeat(43) },
        { redirect_uri: 'https://leantime.example.com/other' },
      ])
        assert.equal((await exchange(house, code, changes)).body.error, 'invalid_grant');
      for (const verifier of ['x'.repeat(42), 'x'.repeat(129)])
        assert.equal((await exchange(house, code, { code_verifier: verifier })).status, 400);
      assert.equal((await exchange(house, code)).status, 200);
    });

    test('a revoked token opens nothing any more', async () => {
      const tokens = await exchange(house, await codeFor(house.browser()));
      const token = tokens.body.access_token;
      const authorization = `Basic ${Buffer.from('leantime:insecure_secret').toString('base64')}`;
      const active = await post(house, '/api/oidc/introspection', { token }, { authorization });
      assert.equal(String(active.body.active), 'true');
      assert.equal((await post(house, '/api/oidc/revocation', { token }, { authorization })).status, 200);
      assert.equal((await userinfo(house, token)).status, 401);
      const gone = await post(house, '/api/oidc/introspection', { token }, { authorization });
      assert.equal(String(gone.body.active), 'false');
    });
  });
}
