/**
 * A private certificate authority and one certificate for all names of a test, made by openssl. Nothing on the machine
 * trusts it: hand `caPath` to Node as NODE_EXTRA_CA_CERTS and `caFingerprint` to Chromium.
 */
import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type Certificates = {
  readonly caPath: string;
  /** The certificate with the authority's behind it, as a TLS server sends it. */
  readonly chainPath: string;
  readonly keyPath: string;
  /** SHA-256 of the authority's public key (SPKI), base64. */
  readonly caFingerprint: string;
};

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc', '-days', '30'];

/** A certificate by which a client of the servers shows who it is, of the same authority. Both in PEM. */
export function makeClientCertificate({ caPath }: Certificates, name: string): { key: string; certificate: string } {
  const cwd = dirname(caPath);
  const at = (suffix: string): string => join(cwd, `client-${name}.${suffix}`);
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-config', 'openssl.cnf', ...newKey, '-CA', 'ca.pem', '-CAkey', 'ca.key'],
      ...['-subj', `/CN=${name}`, '-keyout', at('key'), '-out', at('pem')],
      ...['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'extendedKeyUsage=clientAuth'],
    ],
    { cwd, stdio: 'pipe' },
  );
  return { key: readFileSync(at('key'), 'utf8'), certificate: readFileSync(at('pem'), 'utf8') };
}

/** Writes the files into `folder`. `127.0.0.1` and `localhost` are always among the names. */
export function makeCertificates(folder: string, names: readonly string[]): Certificates {
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): unknown => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const alternatives = ['DNS:localhost', 'IP:127.0.0.1', ...names.map((name) => `DNS:${name}`)].join(',');
  writeFileSync(at('openssl.cnf'), '[req]\ndistinguished_name = name\n[name]\n');
  const request = ['req', '-x509', '-config', 'openssl.cnf', ...newKey];
  openssl(
    ...[...request, '-subj', '/CN=Gatehouse test authority', '-keyout', 'ca.key', '-out', 'ca.pem'],
    ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  );
  openssl(
    ...[...request, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-subj', '/CN=Gatehouse test server'],
    ...['-keyout', 'server.key', '-out', 'server.pem', '-addext', `subjectAltName=${alternatives}`],
    ...['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'extendedKeyUsage=serverAuth'],
  );
  const ca = readFileSync(at('ca.pem'));
  writeFileSync(at('chain.pem'), Buffer.concat([readFileSync(at('server.pem')), ca]));
  const spki = new X509Certificate(ca).publicKey.export({ type: 'spki', format: 'der' });
  return {
    caPath: at('ca.pem'),
    chainPath: at('chain.pem'),
    keyPath: at('server.key'),
    caFingerprint: createHash('sha256').update(spki).digest('base64'),
  };
}
