/**
 * Owners for emergencies, when the provider is down: made by a command, never by a page. Each has a password that was printed
 * once and works once; another is made by the same command. They are people of their own: nobody who comes from the provider
 * ever has a password here.
 */
import { randomInt } from 'node:crypto';
import { parseDigest } from '@gatehouse/password/digest.ts';
import type { DigestPool } from '@gatehouse/password/digest-pool.ts';
import { generateDigest } from '@gatehouse/password/generate.ts';
import { argon2Defaults } from '@gatehouse/password/hash-options.ts';
import { roles } from '../../wire/roles.ts';
import { localIssuer, type Person, type PersonTables } from '../people/person.ts';
import { findPerson } from '../people/settle.ts';
import type { Owners } from './owners.ts';

const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz';
const passwordLength = 24;
const windowMs = 15 * 60_000;
const triesPerAddressMax = 10;
/** So long a try can be read about. */
const keptMs = 90 * 24 * 60 * 60_000;

/** Lower-case letters, digits, dot, dash: what can be typed from a sheet of paper. */
export const localNamePattern = /^[a-z0-9][a-z0-9.-]{0,62}$/;

/** Makes the owner, or gives one who is there a fresh password. Answers with it: it is kept as a digest alone. */
export async function createLocalOwner({ db, nowMs, newId }: Owners, name: string): Promise<string> {
  if (!localNamePattern.test(name))
    throw new TypeError(`'${name}' is no name of small letters, digits, dots and dashes`);
  const password = Array.from({ length: passwordLength }, () => alphabet[randomInt(alphabet.length)]).join('');
  const digest = await generateDigest(argon2Defaults, password);
  await db.transaction().execute(async (trx) => {
    const known = await trx
      .updateTable('local_owners')
      .set({ digest, used_at: null })
      .where('name', '=', name)
      .returning('person_id')
      .executeTakeFirst();
    const standing = { role: roles.owner, deactivated_at: null };
    if (known) {
      await trx.updateTable('people').set(standing).where('id', '=', known.person_id).execute();
      return;
    }
    const personId = newId();
    const blank = { first_name: '', last_name: '', phone: '', job_title: '', job_level: '', department: '' };
    // Nobody can have an address under this name (RFC 2606).
    const who = { id: personId, name, email: `${name}@local.invalid`, issuer: localIssuer, subject: name };
    await trx
      .insertInto('people')
      .values({ ...who, ...blank, ...standing, created_at: nowMs(), last_sign_in_at: null })
      .execute();
    await trx
      .insertInto('local_owners')
      .values({ name, person_id: personId, digest, used_at: null, created_at: nowMs() })
      .execute();
  });
  return password;
}

/** Closes the account and takes its password. Answers whether there was one. */
export async function removeLocalOwner({ db, nowMs }: Owners, name: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const removed = await trx
      .deleteFrom('local_owners')
      .where('name', '=', name)
      .returning('person_id')
      .executeTakeFirst();
    if (!removed) return false;
    await trx
      .updateTable('people')
      .set({ role: roles.readonly, deactivated_at: nowMs() })
      .where('id', '=', removed.person_id)
      .execute();
    return true;
  });
}

/** Whether the page of local sign-in is there at all. */
export async function hasLocalOwner({ db }: Owners): Promise<boolean> {
  return (await db.selectFrom('local_owners').select('name').executeTakeFirst()) !== undefined;
}

export type LocalSignIn =
  | { readonly outcome: 'signed-in'; readonly person: Person; readonly subject: string }
  | { readonly outcome: 'refused' | 'too-many' | 'busy' };

/**
 * An unknown name costs one digest too. The try is written down before it is judged, so that many at once all count; what
 * comes when there were too many already is not, so that nobody fills the table by asking on.
 */
export async function signInLocally(
  owners: Owners,
  pool: DigestPool,
  given: { readonly name: string; readonly password: string; readonly address: string },
): Promise<LocalSignIn> {
  const { db, nowMs, newId } = owners;
  const name = given.name.trim().toLowerCase().slice(0, 64);
  const attempt = { id: newId(), name, outcome: 'refused' as const, address: given.address.slice(0, 64), at: nowMs() };
  if ((await countRefused(owners, attempt.address)) >= triesPerAddressMax) return { outcome: 'too-many' };
  await db
    .deleteFrom('local_sign_ins')
    .where('at', '<', nowMs() - keptMs)
    .execute();
  await db.insertInto('local_sign_ins').values(attempt).execute();
  if ((await countRefused(owners, attempt.address)) > triesPerAddressMax) return { outcome: 'too-many' };
  const row = await db.selectFrom('local_owners').selectAll().where('name', '=', name).executeTakeFirst();
  const any = row ?? (await db.selectFrom('local_owners').selectAll().executeTakeFirst());
  if (!any) return { outcome: 'refused' };
  const parsed = parseDigest(any.digest);
  if (parsed.kind !== 'value') throw new TypeError('the digest of a local owner cannot be read');
  const answer = await pool.verify(parsed.value, given.password);
  if (answer.kind === 'busy') return { outcome: 'busy' };
  if (!row || answer.kind !== 'match') return { outcome: 'refused' };
  const used = await db
    .updateTable('local_owners')
    .set({ used_at: nowMs() })
    .where('name', '=', name)
    .where('digest', '=', row.digest)
    .where('used_at', 'is', null)
    .returning('person_id')
    .executeTakeFirst();
  const person = used && (await findPerson(db.withTables<PersonTables>(), used.person_id));
  if (!person) return { outcome: 'refused' };
  await db.updateTable('local_sign_ins').set({ outcome: 'signed-in' }).where('id', '=', attempt.id).execute();
  await db.updateTable('people').set({ last_sign_in_at: nowMs() }).where('id', '=', person.id).execute();
  return { outcome: 'signed-in', person, subject: name };
}

async function countRefused({ db, nowMs }: Owners, address: string): Promise<number> {
  const { tries } = await db
    .selectFrom('local_sign_ins')
    .select(({ fn }) => fn.countAll<number>().as('tries'))
    .where('address', '=', address)
    .where('outcome', '=', 'refused')
    .where('at', '>', nowMs() - windowMs)
    .executeTakeFirstOrThrow();
  return Number(tries);
}

export type LocalSignInRow = {
  readonly name: string;
  readonly outcome: string;
  readonly address: string;
  readonly at: number;
};

/** The last tries, the newest first. */
export async function listLocalSignIns({ db }: Pick<Owners, 'db'>): Promise<LocalSignInRow[]> {
  return db
    .selectFrom('local_sign_ins')
    .select(['name', 'outcome', 'address', 'at'])
    .orderBy('at', 'desc')
    .limit(50)
    .execute();
}
