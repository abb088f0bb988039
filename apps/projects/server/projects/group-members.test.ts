/** Groups of the provider and what people decide beside them, on both databases: whom a manager takes out stays out. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { sql } from 'kysely';
import type { ProjectRole } from '../../wire/roles.ts';
import { type Engine, openTestWorkspace } from '../api/workspace.testing.ts';
import type { Executor } from '../api/workspace.ts';
import { keepOut, syncGroupMembers } from './group-members.ts';

const engines: readonly { engine: Engine; skip: string | false }[] = [
  { engine: 'SQLite', skip: false },
  { engine: 'PostgreSQL', skip: needs('postgresql') },
];

async function openSetting(engine: Engine) {
  const workspace = await openTestWorkspace(engine);
  const alice = await workspace.addPerson('Alice Example', 30);
  await workspace.addPerson('Bob Builder', 20);
  await workspace.ask(alice, 'POST', '/projects', { creationKey: 'creation-key-000001', name: 'Website' });
  const member = '/projects/WEB/members/bob';
  const signIn = (isInGroup: boolean, role: ProjectRole = 20) =>
    syncGroupMembers(workspace.parts, 'bob', isInGroup ? [{ project: 'WEB', role }] : [], {
      sync: 'always',
      isFirst: false,
    });
  return {
    parts: workspace.parts,
    /** Bob signs in, and is in a group that names the project, or in none. */
    signIn,
    /** Bob, whose group says another role now, signs in while a manager decides. On SQLite one comes after the other. */
    async signInDuring(decide: (trx: Executor) => Promise<void>): Promise<void> {
      const { signing } = await workspace.parts.db.transaction().execute(async (trx) => {
        await decide(trx);
        const signing = signIn(true, 5);
        if (engine === 'PostgreSQL') await waitsForRow(workspace.parts.db);
        return { signing };
      });
      await signing;
    },
    takeOut: () => workspace.ask(alice, 'DELETE', member),
    letIn: () => workspace.ask(alice, 'PUT', member, { role: null }),
    /** Who is in besides Alice, and whether a group let them in. */
    async members() {
      const { project } = (await workspace.ask(alice, 'GET', '/projects/WEB')).body;
      return project?.members.filter(({ person }) => person.id !== 'alice').map(({ byGroup }) => byGroup);
    },
    [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose](),
  };
}

/** Somebody else has read what was there before, and waits for what this transaction holds. */
async function waitsForRow(db: Executor): Promise<void> {
  for (;;) {
    const { rows } = await sql`select 1 from pg_locks where not granted`.execute(db);
    if (rows.length > 0) return;
  }
}

for (const { engine, skip } of engines)
  describe(`members of groups on ${engine}`, { skip }, () => {
    test('whom a manager takes out, a group does not bring back, whoever had let them in', async () => {
      await using setting = await openSetting(engine);
      const { signIn, takeOut, letIn, members } = setting;
      await signIn(true);
      assert.deepEqual(await members(), [true]);
      assert.equal((await takeOut()).status, 200);
      await signIn(true);
      await signIn(true);
      assert.deepEqual(await members(), []);
      await letIn();
      await signIn(true);
      assert.deepEqual(await members(), [false], 'a person let them in again');
      await takeOut();
      await signIn(true);
      assert.deepEqual(await members(), []);
    });

    test('whom a manager takes out while they sign in, their group does not bring back', async () => {
      await using setting = await openSetting(engine);
      const { signIn, signInDuring, members } = setting;
      await signIn(true);
      await signInDuring(async (trx) => {
        const { project_id } = await trx
          .deleteFrom('project_members')
          .where('person_id', '=', 'bob')
          .returning('project_id')
          .executeTakeFirstOrThrow();
        await keepOut(trx, project_id, 'bob');
      });
      assert.deepEqual(await members(), []);
    });

    test('the role that a manager gives while they sign in stays, whatever their group says', async () => {
      await using setting = await openSetting(engine);
      const { parts, signIn, signInDuring } = setting;
      await signIn(true);
      await signInDuring(async (trx) => {
        const decided = { role: 10, given_by: 'person' } as const;
        await trx.updateTable('project_members').set(decided).where('person_id', '=', 'bob').execute();
      });
      const { role, given_by } = await parts.db
        .selectFrom('project_members')
        .select(['role', 'given_by'])
        .where('person_id', '=', 'bob')
        .executeTakeFirstOrThrow();
      assert.deepEqual([role, given_by], [10, 'person']);
    });

    test('a group that let somebody go and takes them again lets them in again', async () => {
      await using setting = await openSetting(engine);
      const { signIn, takeOut, members } = setting;
      await signIn(true);
      await takeOut();
      await signIn(false);
      assert.deepEqual(await members(), []);
      await signIn(true);
      assert.deepEqual(await members(), [true]);
    });
  });
