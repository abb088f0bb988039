/**
 * For tests of evenness: a directory over an LDAP server that pays some milliseconds for a person it knows and none for a name
 * it does not, and that counts what it is asked.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { generateDigest } from '@gatehouse/password/generate.ts';
import { sha2CryptDefaults } from '@gatehouse/password/hash-options.ts';
import { startSlapd } from '@gatehouse/testing/slapd.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { Client } from 'ldapts';
import { loadTexts, minimal } from '../../config/fixtures/loading.ts';
import type { Directory } from '../directory.ts';
import { posix } from './directories.testing.ts';
import { openLdapDirectory } from './ldap-directory.ts';

export type LdapOperations = { readonly binds: number; readonly searches: number };

export type CostlySlapd = AsyncDisposable & {
  readonly directory: Directory;
  /** So far, by the server's own count (slapd-monitor(5)). */
  operations(): Promise<LdapOperations>;
};

const monitor = 'cn=Monitor';

/** People with the same password; whoever stands in `gone` is disabled. */
export async function openCostlySlapd(people: readonly string[], password: string, gone: readonly string[] = []) {
  const digest = await generateDigest({ ...sha2CryptDefaults, iterations: 8_000 }, password);
  const slapd = await startSlapd({
    ldif: people.map((name) => entryOf(name, digest, gone.includes(name))).join('\n'),
    database: `database monitor
access to dn.subtree="${monitor}" by dn.exact="cn=searcher,dc=example,dc=com" read by * none`,
  });
  const ldap = {
    address: `ldap://127.0.0.1:${slapd.port}`,
    base_dn: slapd.baseDn,
    user: slapd.searcher.dn,
    password: slapd.searcher.password,
    pooling: { enable: true, count: 1 },
    ...posix.keys,
  };
  const loaded = loadTexts([JSON.stringify({ ...minimal(), authentication_backend: { ldap } })]);
  const completed = loaded.kind === 'loaded' ? loaded.configuration.authentication_backend.ldap : undefined;
  assert.ok(completed);
  const directory = openLdapDirectory({
    ...{ ldap: completed, log: openLog({ level: 'silent', format: 'text' }), nowMs: Date.now, refusalMs: 20 },
    tlsOptions: { ca: readFileSync(slapd.certificates.caPath) },
  });
  const counting = new Client({ url: ldap.address });
  await counting.bind(slapd.searcher.dn, slapd.searcher.password);

  async function begunOf(operation: string): Promise<number> {
    const base = `cn=${operation},cn=Operations,${monitor}`;
    const { searchEntries } = await counting.search(base, { scope: 'base', attributes: ['monitorOpInitiated'] });
    return Number(searchEntries[0]?.monitorOpInitiated);
  }

  const opened: CostlySlapd = {
    directory,
    // Begun ones: an answer may be here before the server has counted it as completed. These two searches count themselves, as
    // many every time, whoever is asked for between.
    operations: async () => ({ binds: await begunOf('Bind'), searches: await begunOf('Search') }),
    async [Symbol.asyncDispose]() {
      await counting.unbind();
      await directory.close();
      await slapd.close();
    },
  };
  return opened;
}

function entryOf(name: string, digest: string, isGone: boolean): string {
  return `dn: uid=${name},ou=people,dc=example,dc=com
objectClass: inetOrgPerson
uid: ${name}
cn: ${name}
sn: ${name}
mail: ${name}@example.com
employeeType: ${isGone ? 'gone' : 'present'}
userPassword: {CRYPT}${digest}
`;
}
