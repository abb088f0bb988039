/** An authorization code is worth one answer, however many ask for it at once, over HTTP and on both databases. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { openHouse } from '../house/house.ts';
import { authorizationRequest, exchange, HttpPerson } from '../house/http-person.ts';

const askers = 50;
const codes = 3;

for (const storage of ['sqlite', 'postgres'] as const)
  test(`of fifty exchanges of one code at once one succeeds, on ${storage}`, {
    skip: needs('nginx', 'openssl', ...(storage === 'postgres' ? (['postgresql'] as const) : [])),
  }, async () => {
    await using house = await openHouse({ storage });
    const alice = new HttpPerson(house.identityPort);
    const crowd = Array.from({ length: askers }, () => new HttpPerson(house.identityPort));
    try {
      for (let round = 0; round < codes; round++) {
        const authorization = authorizationRequest();
        const callback = await alice.authorize(house.people.alice, authorization);
        const code = callback.searchParams.get('code') ?? '';
        assert.notEqual(code, '', callback.search);
        const answers = await Promise.all(crowd.map((asker) => exchange(asker, code, authorization.verifier)));
        const statuses = answers.map(({ status }) => status).sort();
        assert.deepEqual(statuses, [200, ...Array.from({ length: askers - 1 }, () => 400)]);
        for (const { status, body } of answers)
          if (status === 400) assert.equal(JSON.parse(body).error, 'invalid_grant');
        assert.equal((await exchange(alice, code, authorization.verifier)).status, 400, 'nor does it work later');
      }
    } finally {
      for (const person of [alice, ...crowd]) person.close();
    }
  });
