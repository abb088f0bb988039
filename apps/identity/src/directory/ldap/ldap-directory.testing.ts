/** For tests: the directory of a server, as the configuration of an administrator would open it. */
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import type { Slapd } from '@gatehouse/testing/slapd.ts';
import { type Log, openLog } from '@gatehouse/web/log.ts';
import { loadTexts, minimal } from '../../config/fixtures/loading.ts';
import { tlsClientOptions } from '../../tls-client.ts';
import type { Directory } from '../directory.ts';
import type { Schema } from './directories.testing.ts';
import { openLdapDirectory } from './ldap-directory.ts';

export function openDirectoryOf(
  slapd: Pick<Slapd, 'port' | 'baseDn' | 'searcher'> & Partial<Pick<Slapd, 'certificates'>>,
  schema: Pick<Schema, 'keys'>,
  options: {
    /** Keys of `authentication_backend.ldap`. */
    readonly keys?: Readonly<Record<string, unknown>>;
    /** Keys beside `ldap`. */
    readonly backend?: Readonly<Record<string, unknown>>;
    readonly tls?: ConnectionOptions;
    readonly log?: Log;
  } = {},
): Directory {
  const ldap = {
    address: `ldap://127.0.0.1:${slapd.port}`,
    base_dn: slapd.baseDn,
    user: slapd.searcher.dn,
    password: slapd.searcher.password,
    ...schema.keys,
    ...options.keys,
  };
  const authentication_backend = { ldap, ...options.backend };
  const loaded = loadTexts([JSON.stringify({ ...minimal(), authentication_backend })], { nowMs: Date.now() });
  if (loaded.kind !== 'loaded') throw new TypeError(JSON.stringify(loaded));
  const { ldap: completed } = loaded.configuration.authentication_backend;
  if (!completed) throw new TypeError('the configuration names an LDAP server');
  return openLdapDirectory({
    ldap: completed,
    tlsOptions:
      options.tls ??
      tlsClientOptions(
        completed.tls,
        slapd.certificates ? [readFileSync(slapd.certificates.caPath, 'utf8')] : [],
        'ldap.example.com',
      ),
    log: options.log ?? openLog({ level: 'silent', format: 'json' }),
    nowMs: Date.now,
    refusalMs: 1,
  });
}
