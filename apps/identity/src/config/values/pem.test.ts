import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { keyText, nowMs } from '../fixtures/loading.ts';
import { chainBelongsTo, chainExpiry, parseChain, parsePrivateKey, parsePublicKey } from './pem.ts';

const rsa = (modulusLength: number): string =>
  generateKeyPairSync('rsa', { modulusLength }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const ec = (namedCurve: string): string =>
  generateKeyPairSync('ec', { namedCurve }).privateKey.export({ type: 'sec1', format: 'pem' }).toString();

test('private keys are read from PKCS#8, PKCS#1 and SEC1', () => {
  for (const name of ['rsa.pem', 'rsa.pkcs1.pem', 'ec.sec1.pem'])
    assert.equal(parsePrivateKey(keyText(name)).kind, 'value', name);
});

test('the three curves are taken', () => {
  for (const [named, curve] of [
    ['prime256v1', 'P-256'],
    ['secp384r1', 'P-384'],
    ['secp521r1', 'P-521'],
  ] as const) {
    const parsed = parsePrivateKey(ec(named));
    assert.ok(parsed.kind === 'value');
    assert.deepEqual(parsed.value.shape, { type: 'ec', curve });
  }
});

const refused: readonly (readonly [string, () => string])[] = [
  ['text', () => 'a secret'],
  ['a public key', () => keyText('ec.pub.pem')],
  ['a short RSA key', () => rsa(1024)],
  ['another curve', () => ec('secp256k1')],
  ['Ed25519', () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
  ['a damaged key', () => keyText('rsa.pem').replace(/[A-Za-z0-9]{8}/, '!!!!!!!!')],
  ['two keys', () => keyText('rsa.pem') + keyText('ec.sec1.pem')],
  [
    'an encrypted key',
    () =>
      generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
        .privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
        .toString(),
  ],
];
for (const [title, text] of refused)
  test(`${title} is no private key for us, and no message repeats it`, () => {
    const pem = text();
    const parsed = parsePrivateKey(pem);
    assert.ok(parsed.kind === 'refused');
    assert.equal(parsed.reason.includes(pem.slice(0, 20)), false);
  });

test('a client shows public keys alone', () => {
  assert.equal(parsePublicKey(keyText('ec.pub.pem')).kind, 'value');
  assert.equal(parsePublicKey(keyText('ec.sec1.pem')).kind, 'refused');
});

test('a chain has the leaf first and belongs to its key', () => {
  const pem = keyText('ec.chain.pem');
  const chain = parseChain(pem);
  const key = parsePrivateKey(keyText('ec.sec1.pem'));
  const other = parsePrivateKey(keyText('rsa.pem'));
  assert.ok(chain.kind === 'value' && key.kind === 'value' && other.kind === 'value');
  assert.equal(chain.value.length, 2);
  assert.equal(chainBelongsTo(chain.value, key.value.key), true);
  assert.equal(chainBelongsTo(chain.value, other.value.key), false);
  const [leaf = '', authority = ''] = pem.split(/(?<=-----END CERTIFICATE-----\n)/);
  assert.equal(parseChain(authority + leaf).kind, 'refused');
  assert.equal(parseChain(leaf).kind, 'value');
  assert.equal(parseChain(`${leaf}${keyText('ec.sec1.pem')}`).kind, 'refused');
});

test('a chain is usable from its first to its last second', () => {
  const chain = parseChain(keyText('ec.chain.pem'));
  assert.ok(chain.kind === 'value');
  assert.equal(chainExpiry(chain.value, nowMs), undefined);
  const from = Math.max(...chain.value.map((each) => each.validFromDate.getTime()));
  const to = Math.min(...chain.value.map((each) => each.validToDate.getTime()));
  assert.equal(chainExpiry(chain.value, from), undefined);
  assert.match(chainExpiry(chain.value, from - 1) ?? '', /not valid before/);
  assert.equal(chainExpiry(chain.value, to), undefined);
  assert.match(chainExpiry(chain.value, to + 1) ?? '', /expired/);
});
