/**
 * The directory whose people stand in an LDAP server. A password is checked by binding as the person; everything else is read
 * by the account of the configuration. A server that cannot answer is *unavailable*, whatever was typed.
 */
import type { ConnectionOptions } from 'node:tls';
import type { Log } from '@gatehouse/web/log.ts';
import { ConstraintViolationError, NoSuchObjectError, UnwillingToPerformError } from 'ldapts';
import type { Ldap } from '../../config/complete/ldap.ts';
import {
  type Directory,
  type FindAnswer,
  type Hearing,
  type Identity,
  openHearing,
  type PasswordAnswer,
  type PasswordMarkAnswer,
  type SetPasswordAnswer,
} from '../directory.ts';
import { groupNames, type Person, personOf, wantedAttributes } from './entries.ts';
import { openEvenRefusals } from './even-refusals.ts';
import { groupsFilter, usersFilter } from './filters.ts';
import { mayBind } from './may-bind.ts';
import { type PasswordMark, readPasswordMark } from './password-mark.ts';
import { pauseUntil } from './pause-until.ts';
import { search, setPassword } from './questions.ts';
import { type Asked, openServers, type Server } from './servers.ts';

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

/** How a server says that a new password breaks its rules: length, history, age. */
const policyRefusals = [ConstraintViolationError, UnwillingToPerformError];

type FoundPerson = Person & { readonly server: Server };

export function openLdapDirectory(options: LdapDirectoryOptions): Directory {
  const { ldap, log, nowMs } = options;
  const servers = openServers({ ...ldap, tlsOptions: options.tlsOptions });
  const usersBase = joined(ldap.additional_users_dn, ldap.base_dn);
  const groupsBase = joined(ldap.additional_groups_dn, ldap.base_dn);
  const attributes = wantedAttributes(ldap.attributes);
  const refusals = openEvenRefusals({ random: Math.random, leastMs: options.refusalMs });
  const nobody = personNamed(`nobody-${crypto.randomUUID()}`);

  /** Somebody there is no entry of: whoever is unknown costs a bind, or a search for groups, too. */
  function personNamed(username: string): Person & { readonly server?: Server } {
    return {
      dn: joined(`${ldap.attributes.username || 'cn'}=${username}`, usersBase),
      memberOf: [joined(`cn=${username}`, groupsBase)],
      identity: { username, displayName: username, emails: [], groups: [], attributes: { extra: {} } },
    };
  }

  async function findPerson(asked: Asked, login: string): Promise<FoundPerson | undefined> {
    const filter = usersFilter(ldap, login, nowMs());
    const [entry, second] = await search(asked, { base: usersBase, scope: 'sub', filter, attributes, sizeLimit: 2 });
    if (!entry) return undefined;
    if (second) {
      log.error(
        'A name fits two people of the directory, so it lets neither in. Narrow authentication_backend.ldap.users_filter.',
      );
      return undefined;
    }
    const person = personOf(entry, ldap.attributes, []);
    return person && { ...person, server: entry.server };
  }

  async function withGroups(asked: Asked, person: Person, login: string): Promise<Identity> {
    const { dn, memberOf, identity } = person;
    const filter = groupsFilter(ldap, { dn, memberOf, username: identity.username }, login, nowMs());
    if (filter === undefined || !ldap.attributes.group_name) return identity;
    const entries = await search(asked, {
      base: groupsBase,
      scope: 'sub',
      filter,
      attributes: [ldap.attributes.group_name],
      sizeLimit: groupsMax,
    });
    return { ...identity, groups: groupNames(entries, ldap.attributes) };
  }

  async function markOf({ client }: Asked, dn: string): Promise<PasswordMark | undefined> {
    try {
      return await readPasswordMark(client, dn);
    } catch (cause) {
      if (cause instanceof NoSuchObjectError) return undefined;
      throw cause;
    }
  }

  /** What a bind as the person shows: `identity` when it succeeds. Whoever is unknown or not heard costs one as nobody. */
  async function tried(asked: Asked, login: string, password: string, hearing: Hearing) {
    const person = await findPerson(asked, login);
    const username = person?.identity.username;
    const isHeard = await hearing.mayTry(username);
    const isKnown = isHeard && person !== undefined;
    const { dn, server = asked.server } = isKnown ? person : nobody;
    const isTheirs = await asked.at(server, (there) => mayBind(there, dn, password));
    if (!isKnown || !isTheirs) return { username, isKnown, identity: undefined };
    // The person themselves may not be allowed to read groups.
    await asked.becomeSearcher();
    return { username, isKnown, identity: await withGroups(asked, person, login) };
  }

  return {
    async checkPassword(login, password, hearing = openHearing): Promise<PasswordAnswer> {
      if (!isName(login) || password === '' || Buffer.byteLength(password) > passwordBytesMax)
        return refusedUnasked(hearing);
      const startedMs = performance.now();
      const checked = await servers
        .use((asked) => tried(asked, login, password, hearing))
        .catch((cause: unknown) => ({ kind: 'unavailable' as const, cause }));
      if ('kind' in checked) return checked;
      const { username, isKnown, identity } = checked;
      const isLetIn = await hearing.conclude(username, identity !== undefined);
      if (identity && isLetIn) return { kind: 'verified', identity };
      const nowMs = performance.now();
      await pauseUntil(nowMs + refusals.holdMs(nowMs - startedMs, isKnown));
      return { kind: 'refused' };
    },

    async find(login): Promise<FindAnswer> {
      if (!isName(login)) return { kind: 'unknown' };
      try {
        return await servers.use(async (asked) => {
          const person = await findPerson(asked, login);
          const identity = await withGroups(asked, person ?? nobody, login);
          return person ? { kind: 'found', identity } : { kind: 'unknown' };
        });
      } catch (cause) {
        return { kind: 'unavailable', cause };
      }
    },

    async setPassword(username, password, current): Promise<SetPasswordAnswer> {
      try {
        return await servers.use(async (asked) => {
          const person = await findPerson(asked, username);
          if (person?.identity.username !== username) return { kind: 'unknown' };
          const kind = await asked.at(person.server, (there) =>
            setPassword(there, { implementation: ldap.implementation, dn: person.dn, password, current }),
          );
          return { kind };
        });
      } catch (cause) {
        return policyRefusals.some((Refusal) => cause instanceof Refusal)
          ? { kind: 'against-policy' }
          : { kind: 'unavailable', cause };
      }
    },

    async passwordMark(username): Promise<PasswordMarkAnswer> {
      if (!isName(username)) return { kind: 'unknown' };
      try {
        return await servers.use(async (asked) => {
          const person = await findPerson(asked, username);
          const isTheirs = person?.identity.username === username;
          const { dn, server = asked.server } = isTheirs ? person : nobody;
          const mark = await asked.at(server, (there) => markOf(there, dn));
          return isTheirs && mark !== undefined ? { kind: 'found', ...mark } : { kind: 'unknown' };
        });
      } catch (cause) {
        return { kind: 'unavailable', cause };
      }
    },

    close: () => servers.close(),
  };
}

/** What is nobody's name or password at first sight: no server is asked, whoever was meant. */
async function refusedUnasked(hearing: Hearing): Promise<PasswordAnswer> {
  await hearing.mayTry(undefined);
  await hearing.conclude(undefined, false);
  return { kind: 'refused' };
}

function isName(login: string): boolean {
  return login !== '' && login.length <= loginCharactersMax && !login.includes('\0');
}

function joined(first: string | undefined, rest: string): string {
  return first ? `${first},${rest}` : rest;
}
