/** `crypto certificate`: what it makes, judged by openssl. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { after, describe, test } from 'node:test';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { runCrypto } from './crypto-command.ts';

const folder = temporaryFolder('certificates');
after(() => folder.remove());
const at = (...parts: string[]): string => join(folder.path, ...parts);
const openssl = (...args: string[]): string => execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' });

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCrypto(['certificate', ...args], { stdin: Readable.from([]), stdout, stderr, env: {} });
  const textOf = (stream: PassThrough): string => String(stream.read() ?? '');
  return { code, out: textOf(stdout), err: textOf(stderr) };
}

async function make(...args: string[]): Promise<string> {
  const { code, out, err } = await run(...args);
  assert.deepEqual([code, err], [0, ''], err);
  return out;
}

const kinds = [['rsa', '--bits', '2048'], ['ecdsa', '--curve', 'P384'], ['ed25519']] as const;

for (const [kind, ...flags] of kinds)
  describe(`certificates of ${kind}`, () => {
    test('one that signs itself is believed by whoever knows it, for the names it is for', async () => {
      const path = at(kind, 'own');
      const names = ['--sans', 'app.example.com,*.dev.example.com', '--sans', '192.0.2.7,2001:db8::7,post@example.com'];
      const out = await make(kind, 'generate', ...flags, '-d', path, '-n', 'app.example.com', ...names);
      assert.match(out, /^Algorithm: .*\nCommon Name: app\.example\.com\nNames: app\.example\.com, \*\.dev/);
      const file = join(path, 'public.crt');
      for (const purpose of [
        ['-verify_hostname', 'x.dev.example.com'],
        ['-verify_ip', '2001:db8::7'],
        ['-x509_strict'],
      ])
        assert.match(openssl('verify', '-CAfile', file, ...purpose, file), /: OK/);
      assert.throws(() => openssl('verify', '-CAfile', file, '-verify_hostname', 'other.example.com', file));
      const key = createPrivateKey(readFileSync(join(path, 'private.pem')));
      assert.ok(new X509Certificate(readFileSync(file)).checkPrivateKey(key));
      assert.equal(statSync(join(path, 'private.pem')).mode & 0o777, 0o600);
      const again = await run(kind, 'generate', ...flags, '-d', path);
      assert.equal(again.code, 1);
      assert.match(again.err, /is there already and was left as it is/);
    });

    test('an authority signs for every kind, and what it signs is believed through it', async () => {
      const authority = at(kind, 'authority');
      await make(
        kind,
        'generate',
        ...flags,
        '--ca',
        '-d',
        authority,
        '-n',
        'House',
        '--duration',
        '10y',
        '--country',
        'ch',
      );
      const ca = join(authority, 'ca.public.crt');
      assert.match(openssl('x509', '-in', ca, '-noout', '-subject'), /C = CH, O = Gatehouse, CN = House/);
      for (const [signed] of kinds) {
        const path = at(kind, `for-${signed}`);
        const bundles = ['--bundles', 'chain', '--bundles', 'priv-chain'];
        await make(signed, 'generate', '-d', path, '--path.ca', authority, '--sans', 'app.example.com', ...bundles);
        const file = join(path, 'public.crt');
        assert.match(openssl('verify', '-CAfile', ca, '-purpose', 'sslserver', '-x509_strict', file), /: OK/);
        const chain = readFileSync(join(path, 'public.chain.pem'), 'utf8');
        assert.equal(chain, readFileSync(file, 'utf8') + readFileSync(ca, 'utf8'));
        const whole = readFileSync(join(path, 'private.chain.pem'), 'utf8');
        assert.equal(whole, readFileSync(join(path, 'private.pem'), 'utf8') + chain);
        assert.equal(statSync(join(path, 'private.chain.pem')).mode & 0o777, 0o600);
        // One that is no authority signs for nobody.
        const wrong = await run(
          ...['ed25519', 'generate', '-d', at(kind, `by-${signed}`), '--path.ca', path],
          ...['--file.ca-certificate', 'public.crt', '--file.ca-private-key', 'private.pem'],
        );
        assert.deepEqual([wrong.code, /no authority/.test(wrong.err)], [2, true], wrong.err);
      }
    });

    test('a request proves its key and carries its names', async () => {
      const path = at(kind, 'request');
      await make(kind, 'request', ...flags, '-d', path, '-n', 'app', '--sans', 'app.example.com', '-o', 'One,Two');
      const file = join(path, 'request.csr');
      const shown = execFileSync('sh', ['-c', `openssl req -in '${file}' -noout -verify -text 2>&1`], {
        encoding: 'utf8',
      });
      assert.match(shown, /verify OK/);
      assert.match(shown, /O = One, O = Two, CN = app[\s\S]*DNS:app\.example\.com/);
    });
  });

test('dates, digests, purposes and older formats are as they are asked for', async () => {
  const path = at('asked');
  const dates = ['--not-before', '2027-06-01T12:00:00Z', '--not-after', '2027-06-08'];
  const more = ['--signature', 'SHA512', '--extended-usage', 'clientauth,emailprotection', '--legacy'];
  await make('rsa', 'generate', '-d', path, ...dates, ...more, '--file.certificate', 'c.pem');
  const shown = openssl('x509', '-in', join(path, 'c.pem'), '-noout', '-text');
  assert.match(shown, /Not Before: Jun {2}1 12:00:00 2027 GMT\s+Not After : Jun {2}8 00:00:00 2027 GMT/);
  assert.match(shown, /sha512WithRSAEncryption/);
  assert.match(shown, /TLS Web Client Authentication, E-mail Protection/);
  assert.match(readFileSync(join(path, 'private.legacy.pem'), 'utf8'), /^-----BEGIN RSA PRIVATE KEY-----/);
});

for (const [what, args, message] of [
  ['no kind', [], /rsa,ecdsa,ed25519/],
  ['no verb', ['rsa'], /generate,request/],
  ['a curve that nothing reads', ['ecdsa', 'generate', '--curve', 'P224'], /P256, P384 or P521/],
  ['a duration that is none', ['ed25519', 'generate', '--duration', 'soon'], /--duration is not/],
  ['an end before the beginning', ['ed25519', 'generate', '--not-after', '2001-01-01'], /before it begins/],
  ['a name that is none', ['ed25519', 'generate', '--sans', 'a b'], /'a b' is no name/],
  ['a country in words', ['ed25519', 'generate', '--country', 'Schweiz'], /two letters/],
  ['an unknown purpose', ['ed25519', 'generate', '--extended-usage', 'cooking'], /serverauth/],
  ['an unknown digest', ['rsa', 'generate', '--signature', 'MD5'], /SHA256/],
  ['an unknown bundle', ['rsa', 'generate', '--bundles', 'all'], /chain and priv-chain/],
  ['an authority that is not there', ['ed25519', 'generate', '--path.ca', '/nowhere'], /cannot be read/],
] as const)
  test(`${what} is a call that was not understood, and makes nothing`, async () => {
    const { code, out, err } = await run(...args, ...(args.length > 1 ? ['-d', at('nothing')] : []));
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, message);
    assert.throws(() => statSync(at('nothing')));
  });
