/** Which addresses a call goes to. What happens at them is tested where the calls are made. */
import assert from 'node:assert/strict';
import type { LookupFunction } from 'node:net';
import { test } from 'node:test';
import { OutsideCallRefused, permittedLookup } from './outside-call.ts';

test('attack 51: of a name with several addresses only those that may be called are handed to the connection', async () => {
  const addresses = ['93.184.216.34', '10.0.0.1', '169.254.169.254', '::1', '2606:4700::1111'];
  const lookup: LookupFunction = (_hostname, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  const isPublic = (address: string) => /^(93|2606)/.test(address);
  const permitted = permittedLookup(lookup, (address) =>
    isPublic(address) ? undefined : new OutsideCallRefused('private', address),
  );
  const found = await new Promise((resolve) => {
    permitted('app.example.com', { all: true }, (_failure, addresses) => resolve(addresses));
  });
  assert.deepEqual(found, [
    { address: '93.184.216.34', family: 4 },
    { address: '2606:4700::1111', family: 6 },
  ]);
});

test('a name that cannot be resolved fails the call that is made, and nothing else', async () => {
  const failure = Object.assign(new Error('getaddrinfo ENOTFOUND app.example.com'), { code: 'ENOTFOUND' });
  // As the resolver of Node does: without a list.
  const unresolved = ((_hostname, _options, callback) =>
    (callback as (failure: Error) => void)(failure)) as LookupFunction;
  const empty: LookupFunction = (_hostname, _options, callback) => callback(null, []);
  for (const lookup of [unresolved, empty]) {
    const permitted = permittedLookup(lookup, () => undefined);
    const said = await new Promise((resolve) => {
      permitted('app.example.com', { all: true }, (error) => resolve(error));
    });
    assert.ok(said instanceof Error);
  }
});
