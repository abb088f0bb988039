/**
 * For tests: a maker of keys with an authority of its own, and a metadata service that knows the maker: authorities and
 * certificates by openssl, blobs signed as the FIDO Alliance signs them.
 */
import { execFileSync } from 'node:child_process';
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { CompactSign } from 'jose';

export type Authority = {
  readonly pem: string;
  /** Its files in the folder, without their endings. */
  readonly file: string;
  /** DER in base64. */
  readonly base64: string;
  /** Issues a certificate for whoever is named. */
  issue(subject: string): { readonly key: KeyObject; readonly certificate: Buffer };
};

export type Makers = AsyncDisposable & {
  /** `above`: who vouches for it. */
  authority(name: string, above?: Authority): Authority;
};

export const modelSubject = '/C=SE/O=Maker/OU=Authenticator Attestation/CN=Model One';
export const serviceSubject = '/C=US/O=FIDO Alliance/CN=mds.fidoalliance.org';

export function openMakers(): Makers {
  const folder = temporaryFolder('makers');
  const at = (name: string): string => join(folder.path, name);
  const openssl = (...args: string[]): unknown => execFileSync('openssl', args, { cwd: folder.path, stdio: 'pipe' });
  writeFileSync(at('openssl.cnf'), '[req]\ndistinguished_name = name\n[name]\n');
  const request = [
    ...['req', '-x509', '-config', 'openssl.cnf', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
    '-noenc',
  ];
  let count = 0;
  return {
    authority(name, above) {
      const ca = `ca${count++}`;
      openssl(
        ...[...request, '-subj', `/CN=${name}`, '-keyout', `${ca}.key`, '-out', `${ca}.pem`, '-days', '30'],
        ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
        ...(above ? ['-CA', `${above.file}.pem`, '-CAkey', `${above.file}.key`] : []),
      );
      const pem = readFileSync(at(`${ca}.pem`), 'utf8');
      return {
        pem,
        file: ca,
        base64: new X509Certificate(pem).raw.toString('base64'),
        issue(subject) {
          const leaf = `leaf${count++}`;
          openssl(
            ...[...request, '-subj', subject, '-keyout', `${leaf}.key`, '-out', `${leaf}.pem`, '-days', '30'],
            ...['-CA', `${ca}.pem`, '-CAkey', `${ca}.key`, '-addext', 'basicConstraints=critical,CA:FALSE'],
          );
          const certificate = new X509Certificate(readFileSync(at(`${leaf}.pem`))).raw;
          return { key: createPrivateKey(readFileSync(at(`${leaf}.key`))), certificate };
        },
      };
    },
    [Symbol.asyncDispose]: () => folder.remove(),
  };
}

export type ListedModel = {
  readonly aaguid: string;
  readonly roots: readonly string[];
  readonly types?: readonly string[];
  readonly reports?: readonly { status: string; effectiveDate?: string; sunsetDate?: string }[];
};

/** `certificates`: the chain without its root. */
export async function signBlob(
  signer: { readonly key: KeyObject; readonly certificates: readonly Buffer[] },
  list: { readonly no: number; readonly nextUpdate: string; readonly models: readonly ListedModel[] },
): Promise<string> {
  const entries = list.models.map(({ aaguid, roots, types = ['basic_full'], reports = [] }) => ({
    aaguid,
    metadataStatement: {
      description: 'Model One',
      attestationTypes: types,
      attestationRootCertificates: roots,
      icon: 'data:image/png;base64,',
    },
    statusReports: reports,
    timeOfLastStatusChange: '2026-01-01',
  }));
  // Models of other protocols stand in the list too.
  const payload = { legalHeader: '', ...list, models: undefined, entries: [{ aaid: '1234#5678' }, ...entries] };
  return new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT', x5c: signer.certificates.map((each) => each.toString('base64')) })
    .sign(signer.key);
}
