/** Certificates lead somewhere or they do not: through authorities that issue, within their time, to an anchor. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { leadsTo } from './chain.ts';
import { modelSubject, openMakers } from './makers.testing.ts';

const dayMs = 86_400_000;

test('a chain leads to its anchor directly, over an authority between, or by being the anchor', {
  skip: needs('openssl'),
}, async () => {
  await using makers = openMakers();
  const [root, other] = [makers.authority('Root'), makers.authority('Root')];
  const between = makers.authority('Between', root);
  const certificate = (der: Buffer) => new X509Certificate(der);
  const [anchor, middle, stranger] = [root.pem, between.pem, other.pem].map((pem) => new X509Certificate(pem));
  assert.ok(anchor && middle && stranger);
  const direct = certificate(root.issue(modelSubject).certificate);
  const leaf = certificate(between.issue(modelSubject).certificate);
  const fake = certificate(root.issue('/CN=Between').certificate);
  const now = Date.now() + 60_000;
  assert.equal(leadsTo([direct], [stranger, anchor], now), true);
  assert.equal(leadsTo([leaf, middle], [anchor], now), true);
  assert.equal(leadsTo([leaf, middle, anchor], [anchor], now), true);
  assert.equal(leadsTo([leaf], [middle], now), true);
  assert.equal(leadsTo([leaf], [leaf], now), true);
  assert.equal(leadsTo([leaf], [anchor], now), false, 'the one between is missing');
  assert.equal(leadsTo([leaf, fake], [anchor], now), false, 'one of its name that is no authority');
  assert.equal(leadsTo([direct], [stranger], now), false, 'an authority that only has the name');
  assert.equal(leadsTo([], [anchor], now), false);
  assert.equal(leadsTo([direct], [], now), false);
  assert.equal(leadsTo([direct], [anchor], now + 31 * dayMs), false, 'over');
  assert.equal(leadsTo([direct], [anchor], now - 2 * dayMs), false, 'not yet');
});
