/**
 * The directory whose people stand in an LDAP server. A password is checked by binding as the person; everything else is read
 * by the account of the configuration. A server that cannot answer is *unavailable*, whatever was typed.
 */
import type { ConnectionOptions } from 'node:tls';
import type { Log } from '@gatehouse/web/log.ts';
import {
  type Client,
  ConstraintViolationError,
  InappropriateAuthError,
  InsufficientAccessError,
  InvalidCredentialsError,
  NoSuchObjectError,
  UnwillingToPerformError,
} from 'ldapts';
import type { Ldap } from '../../config/complete/ldap.ts';
import type { Directory, FindAnswer, Identity, PasswordAnswer, SetPasswordAnswer } from '../directory.ts';
import { type Connection, openConnections } from './connections.ts';
import { type Entry, groupNames, type Person, personOf, wantedAttributes } from './entries.ts';
import { openEvenRefusals } from './even-refusals.ts';
import { groupsFilter, usersFilter } from './filters.ts';
import { writePassword } from './write-password.ts';

export type LdapDirectoryOptions = {
  readonly ldap: Ldap;
  /** From `ldap.tls` and the trusted certificates. */
  readonly tlsOptions: ConnectionOptions;
  readonly log: Log;
  nowMs(): number;
  /** How long a refusal takes at least, in milliseconds. Default: see `even-refusals.ts`. */
  readonly refusalMs?: number;
};

/** No name and no password is longer; what is longer is nobody's. */
const loginCharactersMax = 256;
const passwordBytesMax = 4096;
/** More groups than a person can be in; bounds what a server may send. */
const groupsMax = 2000;

/** How a server says that this password does not let this person in, whatever its reason (RFC 4511 appendix A). */
const passwordRefusals = [
  InvalidCredentialsError,
  InappropriateAuthError,
  InsufficientAccessError,
  UnwillingToPerformError,
  ConstraintViolationError,
  NoSuchObjectError,
];

/** How a server says that a new password breaks its rules: length, history, age. */
const policyRefusals = [ConstraintViolationError, UnwillingToPerformError];

export function openLdapDirectory(options: LdapDirectoryOptions): Directory {
  const { ldap, log, nowMs } = options;
  const connections = openConnections({ ...ldap, tlsOptions: options.tlsOptions });
  const usersBase = joined(ldap.additional_users_dn, ldap.base_dn);
  const groupsBase = joined(ldap.additional_groups_dn, ldap.base_dn);
  const attributes = wantedAttributes(ldap.attributes);
  const refusals = openEvenRefusals(() => performance.now(), options.refusalMs);
  /** Nobody's entry: whoever is unknown costs a bind too. */
  const nobody = joined(`${ldap.attributes.username || 'cn'}=nobody-${crypto.randomUUID()}`, usersBase);

  async function findPerson({ client }: Connection, login: string): Promise<Person | undefined> {
    const found = await search(client, usersBase, usersFilter(ldap, login, nowMs()), attributes, 2);
    const [entry, second] = found;
    if (!entry) return undefined;
    if (second) {
      log.error(
        'A name fits two people of the directory, so it lets neither in. Narrow authentication_backend.ldap.users_filter.',
      );
      return undefined;
    }
    return personOf(entry, ldap.attributes, []);
  }

  async function withGroups({ client }: Connection, person: Person, login: string): Promise<Identity> {
    const { dn, memberOf, identity } = person;
    const filter = groupsFilter(ldap, { dn, memberOf, username: identity.username }, login, nowMs());
    if (filter === undefined || !ldap.attributes.group_name) return identity;
    const entries = await search(client, groupsBase, filter, [ldap.attributes.group_name], groupsMax);
    return { ...identity, groups: groupNames(entries, ldap.attributes) };
  }

  /** A bind without a password would succeed as nobody (RFC 4513 section 5.1.2), so it is never sent. */
  async function mayBind(connection: Connection, dn: string, password: string): Promise<boolean> {
    try {
      await connection.becomePerson(dn, password);
      return true;
    } catch (cause) {
      if (passwordRefusals.some((Refusal) => cause instanceof Refusal)) return false;
      throw cause;
    }
  }

  return {
    async checkPassword(login, password): Promise<PasswordAnswer> {
      if (!isName(login) || password === '' || Buffer.byteLength(password) > passwordBytesMax)
        return { kind: 'refused' };
      const startedMs = performance.now();
      let isKnown = false;
      try {
        const answer = await connections.use<PasswordAnswer>(async (connection) => {
          const person = await findPerson(connection, login);
          isKnown = person !== undefined;
          const isTheirs = await mayBind(connection, person?.dn ?? nobody, password);
          if (!person || !isTheirs) return { kind: 'refused' };
          // The person themselves may not be allowed to read groups.
          await connection.becomeSearcher();
          return { kind: 'verified', identity: await withGroups(connection, person, login) };
        });
        if (answer.kind === 'refused') await refusals.even(startedMs, isKnown);
        return answer;
      } catch (cause) {
        return { kind: 'unavailable', cause };
      }
    },

    async find(login): Promise<FindAnswer> {
      if (!isName(login)) return { kind: 'unknown' };
      try {
        return await connections.use(async (connection) => {
          const person = await findPerson(connection, login);
          if (!person) return { kind: 'unknown' };
          return { kind: 'found', identity: await withGroups(connection, person, login) };
        });
      } catch (cause) {
        return { kind: 'unavailable', cause };
      }
    },

    async setPassword(username, password): Promise<SetPasswordAnswer> {
      try {
        return await connections.use(async (connection) => {
          const person = await findPerson(connection, username);
          if (person?.identity.username !== username) return { kind: 'unknown' };
          await writePassword(connection.client, ldap.implementation, person.dn, password);
          return { kind: 'set' };
        });
      } catch (cause) {
        return policyRefusals.some((Refusal) => cause instanceof Refusal)
          ? { kind: 'against-policy' }
          : { kind: 'unavailable', cause };
      }
    },

    close: () => connections.close(),
  };
}

function isName(login: string): boolean {
  return login !== '' && login.length <= loginCharactersMax && !login.includes('\0');
}

function joined(first: string | undefined, rest: string): string {
  return first ? `${first},${rest}` : rest;
}

async function search(
  client: Client,
  base: string,
  filter: string,
  attributes: readonly string[],
  sizeLimit: number,
): Promise<Entry[]> {
  const { searchEntries } = await client.search(base, { scope: 'sub', filter, attributes: [...attributes], sizeLimit });
  return searchEntries.map(({ dn, ...values }) => ({
    dn,
    values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value].flat().map(String)])),
  }));
}
