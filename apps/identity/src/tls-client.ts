/**
 * TLS towards the servers that Gatehouse calls (LDAP, SMTP, PostgreSQL): what a `tls` section says, and whose certificates
 * count beside the system's (`certificates_directory`). Knows none of the protocols.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConnectionOptions, rootCertificates } from 'node:tls';
import type { Configuration } from './config/configuration.ts';

type TlsSection = Configuration['notifier']['smtp'] extends infer Smtp
  ? NonNullable<Smtp> extends { tls: infer Tls }
    ? Tls
    : never
  : never;

/** PEM certificates to trust; undefined: those of the system. */
export type Trusted = readonly string[] | undefined;

/**
 * The certificates of the system and those of every `.pem`, `.crt` and `.cer` file in the directory. Throws what `node:fs`
 * throws; the rules of the configuration have seen to it that the directory exists.
 */
export function trustedCertificates(directory: string): Trusted {
  if (directory === '') return undefined;
  const files = readdirSync(directory).filter((name) => /\.(pem|crt|cer)$/i.test(name));
  return [...rootCertificates, ...files.map((name) => readFileSync(join(directory, name), 'utf8'))];
}

/** `host` is who must be named in the certificate unless the section says another name. */
export function tlsClientOptions(tls: TlsSection, trusted: Trusted, host?: string): ConnectionOptions {
  const name = tls.server_name || host;
  return {
    rejectUnauthorized: !tls.skip_verify,
    minVersion: tlsVersion(tls.minimum_version),
    maxVersion: tlsVersion(tls.maximum_version),
    ...(trusted && { ca: [...trusted] }),
    ...(name && { servername: name }),
    ...(tls.private_key && { key: tls.private_key.key.export({ type: 'pkcs8', format: 'pem' }) }),
    ...(tls.certificate_chain && { cert: tls.certificate_chain.map((each) => each.toString()).join('') }),
  };
}

/** The rules of the configuration have refused SSL3.0 already. */
export function tlsVersion(version: TlsSection['minimum_version']): 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3' {
  switch (version) {
    case 'TLS1.0':
    case 'SSL3.0':
      return 'TLSv1';
    case 'TLS1.1':
      return 'TLSv1.1';
    case 'TLS1.2':
      return 'TLSv1.2';
    case 'TLS1.3':
      return 'TLSv1.3';
  }
}
