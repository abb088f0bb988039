import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lifespanSeconds, longestSignedSeconds, longestTokenSeconds } from './lifespans.ts';

const options = {
  access_token: 120,
  id_token: 0,
  custom: { short: { access_token: 10, grants: { refresh_token: { access_token: 5 } } } },
};

test('lifespans come from the grant, the custom lifespan, the global one, the default, in this order', () => {
  assert.equal(lifespanSeconds(options, 'access_token', 'short', 'refresh_token'), 5);
  assert.equal(lifespanSeconds(options, 'access_token', 'short', 'authorization_code'), 10);
  assert.equal(lifespanSeconds(options, 'access_token', '', 'authorization_code'), 120);
  assert.equal(lifespanSeconds(options, 'id_token', 'short', 'authorization_code'), 3600);
  assert.equal(lifespanSeconds(undefined, 'authorize_code', '', ''), 60);
  assert.equal(lifespanSeconds(undefined, 'refresh_token', 'toString', ''), 5400);
});

test('the longest signed life counts every lifespan of a token that a key signs', () => {
  assert.equal(longestSignedSeconds(undefined), 3600);
  assert.equal(longestSignedSeconds({ id_token: 60, access_token: 120, refresh_token: 99_999 }), 120);
  const custom = { long: { id_token: 60, grants: { authorize_code: { access_token: 7200 } } } };
  assert.equal(longestSignedSeconds({ id_token: 60, access_token: 60, custom }), 7200);
});

test('a grant is kept for the longest token that any grant type gives', () => {
  const custom = { wide: { access_token: 10, refresh_token: 20, grants: { implicit: { access_token: 30 } } } };
  assert.equal(longestTokenSeconds({ custom }, 'wide'), 30);
  assert.equal(longestTokenSeconds({ custom }, ''), 5400);
});
