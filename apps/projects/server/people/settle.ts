/**
 * Who a sign-in belongs to: finds the person by issuer and subject, links somebody imported, or makes a new one, in one
 * transaction. An e-mail address never says who somebody is; it links once, when the provider vouches for it. Knows
 * claims only as the profile it is given.
 */
import type { Dialect } from '@gatehouse/storage/database.ts';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { type ProjectRole, type RoleNumber, roles } from '../../wire/roles.ts';
import { normaliseEmail, type Person, type PersonTables } from './person.ts';

export type Profile = {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string;
  /** Undefined when the provider does not say. */
  readonly emailVerified: boolean | undefined;
  readonly displayName: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  readonly jobTitle: string;
  readonly jobLevel: string;
  readonly department: string;
  /** The role the person's groups give; undefined when they give none. */
  readonly groupRole: RoleNumber | undefined;
  /** The projects the person's groups let them into. */
  readonly groupProjects: readonly { readonly project: string; readonly role: ProjectRole | null }[];
};

export type PeopleRules = {
  readonly createUser: boolean;
  readonly defaultRole: RoleNumber;
  readonly trustEmail: boolean;
  readonly roleSync: 'never' | 'first' | 'always';
};

export type SettleRefusal =
  | 'unknown-person'
  | 'email-taken'
  | 'email-not-verified'
  | 'link-needs-owner'
  | 'deactivated';

export type Settled =
  | { readonly outcome: 'known' | 'linked' | 'created'; readonly person: Person; readonly kept: readonly Kept[] }
  | { readonly outcome: 'refused'; readonly reason: SettleRefusal };

/** What a later sign-in asked for and did not get. */
export type Kept = 'address-taken-by-another' | 'last-owner';

export type People = {
  readonly db: Kysely<PersonTables>;
  readonly dialect: Dialect;
  readonly nowMs: () => number;
  readonly newId: () => string;
};

type Row = Selectable<PersonTables['people']>;
type Trx = Transaction<PersonTables>;

/** Two first sign-ins at once: the second finds on its second try whom the first one made. */
const attemptsMax = 3;

export async function settlePerson(people: People, rules: PeopleRules, given: Profile): Promise<Settled> {
  const profile = { ...given, email: normaliseEmail(given.email) };
  return people.db.transaction().execute(async (trx) => {
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      const settled = await settleOnce(people, trx, rules, profile);
      if (settled) return settled;
    }
    throw new Error('a person was made and removed again while they signed in');
  });
}

/** Somebody who may come in. */
export async function findPerson(db: Kysely<PersonTables>, id: string): Promise<Person | undefined> {
  const row = await db.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirst();
  return row?.deactivated_at === null ? personOf(row) : undefined;
}

/** Those of them who are there and may come in. */
export async function listPersons(db: Kysely<PersonTables>, ids: readonly string[]): Promise<Person[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('people')
    .selectAll()
    .where('id', 'in', ids)
    .where('deactivated_at', 'is', null)
    .execute();
  return rows.map(personOf);
}

async function settleOnce(
  people: People,
  trx: Trx,
  rules: PeopleRules,
  profile: Profile,
): Promise<Settled | undefined> {
  const known = await trx
    .selectFrom('people')
    .selectAll()
    .where('issuer', '=', profile.issuer)
    .where('subject', '=', profile.subject)
    .executeTakeFirst();
  if (known && known.deactivated_at !== null) return refused('deactivated');
  if (known) return update(people, trx, rules, profile, known);
  const sameEmail = await trx.selectFrom('people').selectAll().where('email', '=', profile.email).executeTakeFirst();
  if (sameEmail) return link(people, trx, rules, profile, sameEmail);
  if (!rules.createUser) return refused('unknown-person');
  if (profile.emailVerified === false && !rules.trustEmail) return refused('email-not-verified');
  return create(people, trx, rules, profile);
}

async function create(people: People, trx: Trx, rules: PeopleRules, profile: Profile): Promise<Settled | undefined> {
  const now = people.nowMs();
  const row = await trx
    .insertInto('people')
    .values({
      id: people.newId(),
      ...columnsOf(profile),
      email: profile.email,
      role: (rules.roleSync === 'never' ? undefined : profile.groupRole) ?? rules.defaultRole,
      issuer: profile.issuer,
      subject: profile.subject,
      created_at: now,
      last_sign_in_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  return row && { outcome: 'created', person: personOf(row), kept: [] };
}

/** Somebody with this address who never signed in through a provider. Owners and admins are worth stealing: never them. */
async function link(
  people: People,
  trx: Trx,
  rules: PeopleRules,
  profile: Profile,
  row: Row,
): Promise<Settled | undefined> {
  if (row.deactivated_at !== null) return refused('deactivated');
  if (row.issuer !== null) return refused('email-taken');
  if (profile.emailVerified !== true && !rules.trustEmail) return refused('email-not-verified');
  if (row.role >= roles.admin) return refused('link-needs-owner');
  const linked = await trx
    .updateTable('people')
    .set({
      ...filledColumnsOf(profile),
      issuer: profile.issuer,
      subject: profile.subject,
      last_sign_in_at: people.nowMs(),
    })
    .where('id', '=', row.id)
    .where('issuer', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return linked && { outcome: 'linked', person: personOf(linked), kept: [] };
}

async function update(people: People, trx: Trx, rules: PeopleRules, profile: Profile, row: Row): Promise<Settled> {
  const kept: Kept[] = [];
  const email = await newEmail(trx, profile, row);
  if (email !== profile.email) kept.push('address-taken-by-another');
  const wanted = rules.roleSync === 'always' ? (profile.groupRole ?? rules.defaultRole) : row.role;
  const demotesLastOwner = row.role === roles.owner && wanted !== roles.owner && (await isLastOwner(people, trx));
  if (demotesLastOwner) kept.push('last-owner');
  const updated = await trx
    .updateTable('people')
    .set({
      ...filledColumnsOf(profile),
      email,
      role: demotesLastOwner ? row.role : wanted,
      last_sign_in_at: people.nowMs(),
    })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return { outcome: 'known', person: personOf(updated), kept };
}

async function newEmail(trx: Trx, profile: Profile, row: Row): Promise<string> {
  if (profile.email === row.email) return row.email;
  const holder = await trx.selectFrom('people').select('id').where('email', '=', profile.email).executeTakeFirst();
  return holder ? row.email : profile.email;
}

/** Holds the owners' rows, so that of two owners demoted at once one stays. SQLite has one writer anyway. */
async function isLastOwner(people: People, trx: Trx): Promise<boolean> {
  const owners = trx
    .selectFrom('people')
    .select('id')
    .where('role', '=', roles.owner)
    .where('deactivated_at', 'is', null)
    .orderBy('id');
  const rows = await (people.dialect === 'postgres' ? owners.forUpdate() : owners).execute();
  return rows.length <= 1;
}

function columnsOf(profile: Profile) {
  return {
    name: profile.displayName,
    first_name: profile.firstName,
    last_name: profile.lastName,
    phone: profile.phone,
    job_title: profile.jobTitle,
    job_level: profile.jobLevel,
    department: profile.department,
  };
}

/** A claim that is missing today does not empty what is known. */
function filledColumnsOf(profile: Profile): Partial<ReturnType<typeof columnsOf>> {
  return Object.fromEntries(Object.entries(columnsOf(profile)).filter(([, value]) => value !== ''));
}

function personOf(row: Row): Person {
  return { id: row.id, displayName: row.name, email: row.email, role: row.role, clientId: row.client_id };
}

function refused(reason: SettleRefusal): Settled {
  return { outcome: 'refused', reason };
}
