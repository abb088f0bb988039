import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { codeAtStep, matchingStep, otpauthUri, parseTotpCode, stepAt, type TotpKey } from './totp.code.ts';

// RFC 6238 appendix B: seeds are ASCII digits of the length of the digest.
function rfcKey(algorithm: TotpKey['algorithm']): TotpKey {
  const length = { SHA1: 20, SHA256: 32, SHA512: 64 }[algorithm];
  const secret = new Uint8Array(Buffer.from('1234567890'.repeat(7).slice(0, length)));
  return { issuer: 'Gatehouse', algorithm, digits: 8, periodSeconds: 30, secret };
}

const vectors = [
  [59, '94287082', '46119246', '90693936'],
  [1_111_111_109, '07081804', '68084774', '25091201'],
  [1_111_111_111, '14050471', '67062674', '99943326'],
  [1_234_567_890, '89005924', '91819424', '93441116'],
  [2_000_000_000, '69279037', '90698825', '38618901'],
  [20_000_000_000, '65353130', '77737706', '47863826'],
] as const;

describe('codes of RFC 6238 appendix B', () => {
  for (const [seconds, sha1, sha256, sha512] of vectors)
    test(`at ${seconds} s`, () => {
      const step = stepAt(seconds * 1000, 30);
      assert.equal(codeAtStep(rfcKey('SHA1'), step), sha1);
      assert.equal(codeAtStep(rfcKey('SHA256'), step), sha256);
      assert.equal(codeAtStep(rfcKey('SHA512'), step), sha512);
    });
});

test('a code matches from skew steps before to skew steps after, and no further', () => {
  const key = rfcKey('SHA1');
  const nowMs = 1_234_567_890_000;
  const step = stepAt(nowMs, 30);
  const matches = [-2, -1, 0, 1, 2].map((offset) => matchingStep(key, codeAtStep(key, step + offset), nowMs, 1));
  assert.deepEqual(matches, [undefined, step - 1, step, step + 1, undefined]);
  assert.equal(matchingStep(key, codeAtStep(key, step - 1), nowMs, 0), undefined);
});

test('a code is digits of the right number; spaces and dashes between them are taken out', () => {
  assert.equal(parseTotpCode(' 428 193 ', 6), '428193');
  assert.equal(parseTotpCode('428-193', 6), '428193');
  for (const text of ['', '42819', '4281930', '42819a', '４２８１９３', '-42819', `${' '.repeat(40)}428193`])
    assert.equal(parseTotpCode(text, 6), undefined, text);
});

test('the otpauth URI names issuer, person and parameters', () => {
  const uri = new URL(otpauthUri('alice', { ...rfcKey('SHA256'), issuer: 'Riverside Café' }));
  assert.equal(`${uri.protocol}//${uri.host}`, 'otpauth://totp');
  assert.equal(decodeURIComponent(uri.pathname), '/Riverside Café:alice');
  assert.deepEqual(Object.fromEntries(uri.searchParams), {
    issuer: 'Riverside Café',
    secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA',
    algorithm: 'SHA256',
    digits: '8',
    period: '30',
  });
  assert.ok(!uri.href.includes('+'), 'some authenticator apps show a plus as a plus');
});
