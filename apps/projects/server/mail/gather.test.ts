/** What is gathered into mails, on both databases: nobody waits behind others, and neither old news nor endless ones go. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openTestWorkspace, type TestWorkspace } from '../api/workspace.testing.ts';
import { engines } from '../to-dos/setting.testing.ts';
import { insertMany } from '../transfer/write-to-dos.ts';
import { english } from '../words/say-of.ts';
import { readDigest } from './digest.ts';
import { gatherMail } from './gather.ts';
import { writeLetter } from './letter.ts';

/** A Monday; who gets mail once a week gets it at eight. */
const now = Date.parse('2026-11-23T09:10:00Z');
const minuteMs = 60_000;
const dayMs = 86_400_000;

type Setting = AsyncDisposable & {
  readonly workspace: TestWorkspace;
  /** Lets somebody be told of that project so many times, that long ago. */
  tell(personId: string, agoMs: number, times?: number): Promise<void>;
};

async function openSetting(engine: (typeof engines)[number]['engine']): Promise<Setting> {
  const workspace = await openTestWorkspace(engine, { now: () => now, mailWorks: true });
  const alice = await workspace.addPerson('Alice Example', 30);
  await workspace.addPerson('Zoe Zimmer', 20);
  const made = { creationKey: 'project-key-0000', name: 'Website', visibility: 'all' };
  const { body } = await workspace.ask(alice, 'POST', '/projects', made);
  const project = await workspace.database.kysely.selectFrom('projects').select('id').executeTakeFirstOrThrow();
  assert.ok(body.project);
  let told = 0;
  return {
    workspace,
    tell: (personId, agoMs, times = 1) =>
      insertMany(
        workspace.database.kysely,
        'notifications',
        Array.from({ length: times }, (_, index) => ({
          ...{ id: `told-${String(++told).padStart(6, '0')}`, once: `once-${told}`, person_id: personId },
          ...{ kind: 'statusUpdate' as const, project_id: project.id, to_do_id: null, actor_id: 'alice' },
          ...{ title: 'Website', detail: `Said ${index + 1}`, created_at: now - agoMs, read_at: null },
          ...{ mail: 'waiting' as const, mail_id: null },
        })),
      ),
    [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose](),
  };
}

const hourly = { frequency: 'hourly' as const, hour: 8, time_zone: 'UTC' };
const weekly = { ...hourly, frequency: 'weekly' as const };

const choose = (workspace: TestWorkspace, rhythm: typeof hourly | typeof weekly, ids: readonly string[]) =>
  insertMany(
    workspace.database.kysely,
    'notification_people',
    ids.map((person_id) => ({ person_id, ...rhythm })),
  );

const readQueue = ({ database }: TestWorkspace) => database.kysely.selectFrom('mail_queue').selectAll().execute();

for (const { engine, skip } of engines)
  describe(`gathering mail on ${engine}`, { skip }, () => {
    test('however many wait for their hour, whoever comes behind them is looked at', async () => {
      await using setting = await openSetting(engine);
      const { workspace, tell } = setting;
      const many = Array.from({ length: 501 }, (_, index) => `many-${String(index).padStart(3, '0')}`);
      const blank = { first_name: '', last_name: '', phone: '', job_title: '', job_level: '', department: '' };
      await insertMany(
        workspace.database.kysely,
        'people',
        many.map((id) => ({
          ...{ ...blank, id, name: id, email: `${id}@example.com`, role: 20 as const },
          ...{ issuer: null, subject: null, created_at: 1, last_sign_in_at: null },
        })),
      );
      await choose(workspace, weekly, many);
      await choose(workspace, hourly, ['zoe']);
      for (const id of many) await tell(id, 40 * minuteMs);
      await tell('zoe', 20 * minuteMs);
      await gatherMail(workspace.parts);
      assert.deepEqual(
        (await readQueue(workspace)).map(({ person_id }) => person_id),
        ['zoe'],
      );
    });

    test('where mail is switched on late, what waited for longer than a week’s rhythm stays in the workspace', async () => {
      await using setting = await openSetting(engine);
      const { workspace, tell } = setting;
      await choose(workspace, hourly, ['zoe']);
      await tell('zoe', 60 * dayMs, 30);
      await tell('zoe', 20 * minuteMs);
      await tell('alice', 60 * dayMs);
      await gatherMail(workspace.parts);
      const counts = await workspace.database.kysely
        .selectFrom('notifications')
        .select(({ fn }) => ['person_id', 'mail', fn.countAll<number>().as('count')])
        .groupBy(['person_id', 'mail'])
        .execute();
      assert.deepEqual(counts.map(({ person_id, mail, count }) => `${person_id} ${mail} ${count}`).toSorted(), [
        'alice no 1',
        'zoe claimed 1',
        'zoe no 30',
      ]);
    });

    test('a mail tells of the latest, and of the others how many there are and where', async () => {
      await using setting = await openSetting(engine);
      const { workspace, tell } = setting;
      const { parts } = workspace;
      await choose(workspace, hourly, ['zoe']);
      await tell('zoe', 20 * minuteMs, 90);
      await gatherMail(parts);
      const [mail] = await readQueue(workspace);
      assert.ok(mail);
      const digest = await readDigest(parts, mail);
      assert.ok(digest);
      const frame = { say: english, siteName: parts.siteName, appUrl: parts.appUrl, frequency: 'hourly' as const };
      const letter = await writeLetter(digest, frame);
      assert.equal(letter.subject, '90 things for you in Riverside Café');
      for (const text of [letter.text, letter.html]) {
        assert.equal(text.match(/told how this project goes/g)?.length, 50);
        assert.match(text, /“Said 90”/);
        assert.doesNotMatch(text, /“Said 40”/);
        assert.match(text, /40 earlier things wait in your notifications/);
        assert.ok(text.includes('http://projects.localhost/notifications'));
      }
    });
  });
