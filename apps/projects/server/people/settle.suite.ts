/** Who a sign-in belongs to, as every database must answer it. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Database } from '@gatehouse/storage/database.ts';
import { type RoleNumber, roles } from '../../wire/roles.ts';
import type { PersonTables } from './person.ts';
import { type People, type PeopleRules, type Profile, settlePerson } from './settle.ts';

const rules: PeopleRules = { createUser: true, defaultRole: roles.editor, trustEmail: false, roleSync: 'first' };

const alice: Profile = {
  issuer: 'https://auth.example.com',
  subject: 'alice-1',
  email: 'alice@example.com',
  emailVerified: true,
  displayName: 'Alice Example',
  firstName: 'Alice',
  lastName: 'Example',
  phone: '',
  jobTitle: '',
  jobLevel: '',
  department: '',
  groupRole: undefined,
  groupProjects: [],
};
const bob: Profile = { ...alice, subject: 'bob-1', email: 'bob@example.com', displayName: 'Bob Example' };

/** `open` answers with an empty, migrated database. */
export function settleSuite(name: string, open: () => Promise<Database<PersonTables>>): void {
  async function peopleOf(): Promise<People> {
    const { kysely, dialect } = await open();
    return { db: kysely, dialect, nowMs: () => 1_000, newId: randomUUID };
  }

  async function imported(people: People, email: string, role: RoleNumber): Promise<void> {
    const empty = { first_name: '', last_name: '', phone: '', job_title: '', job_level: '', department: '' };
    const row = { id: randomUUID(), name: email, email, role, ...empty, issuer: null, subject: null };
    await people.db
      .insertInto('people')
      .values({ ...row, created_at: 1, last_sign_in_at: null })
      .execute();
  }

  const refused = (reason: string) => ({ outcome: 'refused', reason });
  const count = async ({ db }: People): Promise<number> =>
    (await db.selectFrom('people').select('id').execute()).length;

  test(`${name}: a stranger becomes an editor, once, and is found again by issuer and subject`, async () => {
    const people = await peopleOf();
    const first = await settlePerson(people, rules, alice);
    assert.equal(first.outcome, 'created');
    assert.ok(first.outcome === 'created' && first.person.role === roles.editor);
    const second = await settlePerson(people, rules, { ...alice, displayName: 'Alice Renamed' });
    assert.ok(second.outcome === 'known' && second.person.id === first.person.id);
    assert.equal(second.person.displayName, 'Alice Renamed');
    assert.equal(await count(people), 1);
  });

  test(`${name}: many first sign-ins at once make one person`, async () => {
    const people = await peopleOf();
    const settled = await Promise.all(Array.from({ length: 10 }, () => settlePerson(people, rules, alice)));
    assert.equal(settled.filter(({ outcome }) => outcome === 'created').length, 1);
    assert.equal(await count(people), 1);
  });

  test(`${name}: without creation a stranger is refused`, async () => {
    const people = await peopleOf();
    assert.deepEqual(await settlePerson(people, { ...rules, createUser: false }, alice), refused('unknown-person'));
    assert.equal(await count(people), 0);
  });

  test(`${name}: an address never opens the account of another identity`, async () => {
    const people = await peopleOf();
    await settlePerson(people, rules, alice);
    const mallory = { ...alice, subject: 'mallory-1' };
    assert.deepEqual(await settlePerson(people, { ...rules, trustEmail: true }, mallory), refused('email-taken'));
    const elsewhere = { ...alice, issuer: 'https://other.example.com' };
    assert.deepEqual(await settlePerson(people, rules, elsewhere), refused('email-taken'));
  });

  test(`${name}: somebody imported is linked once, when the address is verified or trusted`, async () => {
    const people = await peopleOf();
    await imported(people, 'alice@example.com', roles.manager);
    for (const emailVerified of [false, undefined])
      assert.deepEqual(await settlePerson(people, rules, { ...alice, emailVerified }), refused('email-not-verified'));
    const linked = await settlePerson(people, rules, alice);
    assert.ok(linked.outcome === 'linked' && linked.person.role === roles.manager);
    assert.deepEqual(await settlePerson(people, rules, { ...alice, subject: 'other' }), refused('email-taken'));
    await imported(people, 'bob@example.com', roles.editor);
    const trusted = await settlePerson(people, { ...rules, trustEmail: true }, { ...bob, emailVerified: undefined });
    assert.equal(trusted.outcome, 'linked');
  });

  test(`${name}: owners and admins are never linked by an address`, async () => {
    for (const role of [roles.admin, roles.owner]) {
      const people = await peopleOf();
      await imported(people, 'alice@example.com', role);
      assert.deepEqual(await settlePerson(people, rules, alice), refused('link-needs-owner'));
    }
  });

  test(`${name}: an address said to be unverified makes no account; one of which nothing is said does`, async () => {
    const people = await peopleOf();
    assert.deepEqual(
      await settlePerson(people, rules, { ...alice, emailVerified: false }),
      refused('email-not-verified'),
    );
    assert.equal((await settlePerson(people, rules, { ...alice, emailVerified: undefined })).outcome, 'created');
  });

  test(`${name}: a changed address is taken over unless somebody else has it`, async () => {
    const people = await peopleOf();
    await settlePerson(people, rules, alice);
    await settlePerson(people, rules, bob);
    const moved = await settlePerson(people, rules, { ...alice, email: 'alice@new.example.com' });
    assert.ok(moved.outcome === 'known' && moved.person.email === 'alice@new.example.com');
    const taken = await settlePerson(people, rules, { ...alice, email: 'bob@example.com' });
    assert.ok(taken.outcome === 'known' && taken.person.email === 'alice@new.example.com');
    assert.deepEqual(taken.kept, ['address-taken-by-another']);
  });

  test(`${name}: addresses are one under case and composition, and several under accents`, async () => {
    const people = await peopleOf();
    await settlePerson(people, rules, { ...alice, email: 'Jos\u00e9@Example.com' });
    assert.deepEqual(
      await settlePerson(people, rules, { ...bob, email: 'jose\u0301@example.COM' }),
      refused('email-taken'),
    );
    assert.equal((await settlePerson(people, rules, { ...bob, email: 'jose@example.com' })).outcome, 'created');
  });

  test(`${name}: groups give the role at first, always or never, as configured`, async () => {
    const people = await peopleOf();
    const roleAfter = async (roleSync: PeopleRules['roleSync'], profile: Profile): Promise<number> => {
      const settled = await settlePerson(people, { ...rules, roleSync }, profile);
      return settled.outcome === 'refused' ? 0 : settled.person.role;
    };
    assert.equal(await roleAfter('first', { ...alice, groupRole: roles.manager }), roles.manager);
    assert.equal(await roleAfter('first', { ...alice, groupRole: roles.admin }), roles.manager);
    assert.equal(await roleAfter('always', { ...alice, groupRole: roles.admin }), roles.admin);
    assert.equal(await roleAfter('always', alice), roles.editor);
    assert.equal(await roleAfter('never', { ...bob, groupRole: roles.owner }), roles.editor);
  });

  test(`${name}: the last owner stays one, also when two are demoted at once`, async () => {
    const people = await peopleOf();
    const always = { ...rules, roleSync: 'always' } as const;
    // Many rounds: one alone may happen to run one after the other.
    for (let round = 0; round < 20; round++) {
      for (const profile of [alice, bob]) await settlePerson(people, always, { ...profile, groupRole: roles.owner });
      const settled = await Promise.all([settlePerson(people, always, alice), settlePerson(people, always, bob)]);
      const kept = settled.map((each) => (each.outcome === 'known' ? each.person.role : 0)).sort((a, b) => a - b);
      assert.deepEqual(kept, [roles.editor, roles.owner]);
    }
  });

  test(`${name}: a claim missing today empties nothing, and nobody has a password`, async () => {
    const people = await peopleOf();
    await settlePerson(people, rules, { ...alice, phone: '123' });
    await settlePerson(people, rules, alice);
    const row = await people.db.selectFrom('people').selectAll().executeTakeFirstOrThrow();
    assert.equal(row.phone, '123');
    assert.deepEqual(
      Object.keys(row).filter((column) => /pass|secret|hash/i.test(column)),
      [],
    );
  });
}
