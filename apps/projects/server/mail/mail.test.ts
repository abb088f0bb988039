/** Digest mail to a real mail server, on both databases: what goes, when, once, and what happens when something fails. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeCertificates } from '@gatehouse/testing/certificates.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { type SmtpSink, startSmtpSink } from '@gatehouse/testing/smtp-sink.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import type { Log } from '@gatehouse/web/log.ts';
import { type Engine, openTestWorkspace, type TestWorkspace } from '../api/workspace.testing.ts';
import type { MailSettings } from '../configuration/mail.ts';
import type { Person } from '../people/person.ts';
import { safeReturnPath } from '../sign-in/return-path.ts';
import { gatherMail } from './gather.ts';
import { type Mailer, openMailer } from './mailer.ts';
import { goRound } from './post.ts';
import { claim, markHandedOver } from './queue.ts';

const engines: readonly { engine: Engine; skip: string | false }[] = [
  { engine: 'SQLite', skip: false },
  { engine: 'PostgreSQL', skip: needs('postgresql') },
];

const hourMs = 3_600_000;
const morning = Date.parse('2026-11-23T09:10:00Z');

type Setting = AsyncDisposable & {
  readonly workspace: TestWorkspace;
  readonly sink: SmtpSink;
  readonly alice: Person;
  readonly bob: Person;
  readonly clock: { now: number };
  readonly logged: string[];
  ask(person: Person, method: string, path: string, body?: unknown): Promise<void>;
  make(title: string): Promise<void>;
  /** What the clock sets off. */
  round(): Promise<void>;
};

function settingsFor(port: number, changed: Partial<MailSettings> = {}): MailSettings {
  return {
    returnAddress: 'projects@example.com',
    servers: [{ host: 'localhost', port }],
    login: null,
    encryption: 'offered',
    skipVerify: false,
    ...changed,
  };
}

function keepLog(): { log: Log; logged: string[] } {
  const logged: string[] = [];
  const keep = (fields: unknown, message?: string): void => {
    const { err, ...rest } = fields as { err?: Error };
    logged.push(JSON.stringify([message, rest, err?.message]));
  };
  return { log: { debug: keep, info: keep, warn: keep, error: keep } as unknown as Log, logged };
}

async function openSetting(engine: Engine): Promise<Setting> {
  const clock = { now: morning };
  const now = (): number => clock.now;
  await using opened = new AsyncDisposableStack();
  const workspace = opened.use(await openTestWorkspace(engine, { now, mailWorks: true }));
  const sink = opened.use(await startSmtpSink());
  const { log, logged } = keepLog();
  const mailer = openMailer({
    settings: settingsFor(sink.port),
    siteName: workspace.parts.siteName,
    appUrl: workspace.parts.appUrl,
    now,
  });
  const alice = await workspace.addPerson('Alice Example', 30);
  const bob = await workspace.addPerson('Bob Builder', 20);
  const carol = await workspace.addPerson('Carol Cook', 20);
  let keys = 0;
  const ask = async (person: Person, method: string, path: string, body?: unknown): Promise<void> => {
    const { status } = await workspace.ask(person, method, path, body);
    await workspace.worker.settle();
    clock.now += 1;
    assert.ok(status < 300, `${method} ${path} answered ${status}`);
  };
  await ask(alice, 'POST', '/projects', { creationKey: 'project-key-0000', name: 'Website' });
  await ask(alice, 'PUT', '/projects/WEB/members/bob', { role: null });
  await ask(carol, 'PATCH', '/me/notification-settings', { frequency: 'never' });
  await ask(bob, 'PATCH', '/me/notification-settings', { frequency: 'hourly', timeZone: 'UTC' });
  const everything = opened.move();
  return {
    workspace,
    sink,
    alice,
    bob,
    clock,
    logged,
    ask,
    make: (title) =>
      ask(alice, 'POST', '/projects/WEB/to-dos', {
        creationKey: `creation-key-${String(++keys).padStart(6, '0')}`,
        title,
        assigneeIds: ['bob'],
      }),
    round: () => goRound(workspace.parts, mailer, log),
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}

const readQueue = ({ database }: TestWorkspace) =>
  database.kysely.selectFrom('mail_queue').selectAll().orderBy('created_at').execute();

for (const { engine, skip } of engines)
  describe(`digest mail on ${engine}`, { skip }, () => {
    test('what happened within the hour comes in one mail, by to-do, with links to the configured address', async () => {
      await using setting = await openSetting(engine);
      const { sink, alice, clock, ask, make, round } = setting;
      await make('Water <b>the</b> plants');
      const text = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Please today' }] }] };
      await ask(setting.bob, 'PATCH', '/me/notification-settings', { ways: { comment: 'mail' } });
      await ask(alice, 'POST', '/projects/WEB/to-dos/1/comments', { creationKey: 'comment-key-0001', body: text });
      const comments = await setting.workspace.database.kysely.selectFrom('comments').select('id').execute();
      const commentId = comments[0]?.id ?? '';
      await make('Call');
      await round();
      assert.equal(sink.mails.length, 0);
      clock.now += hourMs;
      await round();
      await round();
      assert.equal(sink.mails.length, 1);
      const mail = await sink.next();
      assert.deepEqual(mail.to, ['bob@example.com']);
      assert.match(mail.header('from') ?? '', / <projects@example\.com>$/);
      assert.equal(mail.subject, '4 things for you in Riverside Café');
      assert.equal(mail.header('auto-submitted'), 'auto-generated');
      assert.equal(mail.header('list-unsubscribe'), '<http://projects.localhost/settings/notifications>');
      assert.match(mail.header('message-id') ?? '', /^<[\w-]+@projects\.localhost>$/);
      const lines = mail.text.split(/\r?\n/).map((line) => line.trim());
      assert.deepEqual(lines.slice(0, 17), [
        'Hello Bob Builder,',
        '',
        'These 4 things happened in Riverside Café:',
        '',
        'Website',
        '- Alice Example let you into this project',
        'http://projects.localhost/p/WEB',
        '',
        'Water <b>the</b> plants (WEB-1 · Website)',
        '- Alice Example gave it to you',
        '- Alice Example commented',
        '“Please today”',
        `http://projects.localhost/p/WEB/t/1?comment=${commentId}`,
        '',
        'Call (WEB-2 · Website)',
        '- Alice Example gave it to you',
        'http://projects.localhost/p/WEB/t/2',
      ]);
      assert.doesNotMatch(mail.raw.split('text/html')[1] ?? '<b>the</b>', /<b>the<\/b>/);
      assert.deepEqual(
        (await readQueue(setting.workspace)).map(({ state, attempts }) => [state, attempts]),
        [['sent', 1]],
      );
    });

    test('the link to a comment leads to it also where somebody has to sign in first', async () => {
      await using setting = await openSetting(engine);
      const { workspace, sink, alice, bob, clock, ask, make, round } = setting;
      await make('Water the plants');
      await ask(bob, 'PATCH', '/me/notification-settings', { ways: { comment: 'mail' } });
      await ask(alice, 'POST', '/projects/WEB/to-dos/1/comments', { creationKey: 'comment-key-0001', body: 'Today' });
      clock.now += hourMs;
      await round();
      const [link = ''] = /http:\S*comment\S*/.exec((await sink.next()).text) ?? [];
      const follow = async (path: string, headers = {}): Promise<string> =>
        (await workspace.app.request(path, { headers })).headers.get('location') ?? 'nowhere';
      const { pathname, searchParams } = new URL(await follow(link), link);
      assert.equal(pathname, '/auth/login');
      const back = safeReturnPath(searchParams.get('to') ?? '', new URL(link).origin);
      const { id } = await workspace.database.kysely.selectFrom('comments').select('id').executeTakeFirstOrThrow();
      assert.equal(await follow(back, { cookie: `person=${bob.id}` }), `/p/WEB/t/1#comment-${id}`);
      assert.equal(
        await follow('/p/WEB/t/1?comment=%2F%2Fevil%0A.example', { cookie: `person=${bob.id}` }),
        '/p/WEB/t/1#comment-%2F%2Fevil%0A.example',
      );
    });

    test('what was read meanwhile is not mailed, nor what may not be seen any more, and one thing is told by its name', async () => {
      await using setting = await openSetting(engine);
      const { workspace, sink, alice, bob, clock, ask, make, round } = setting;
      await ask(bob, 'POST', '/me/notifications/read', {});
      await make('Call');
      clock.now += hourMs;
      await round();
      assert.equal((await sink.next()).subject, 'Call: Alice Example gave it to you');
      await make('Secret');
      await ask(alice, 'DELETE', '/projects/WEB/members/bob');
      clock.now += hourMs;
      await round();
      assert.equal(sink.mails.length, 1);
      assert.deepEqual(
        (await readQueue(workspace)).map(({ state }) => state),
        ['sent', 'dropped'],
      );
    });

    test('a comment is mailed in the words it has now, and one that was removed meanwhile not at all', async () => {
      await using setting = await openSetting(engine);
      const { workspace, sink, alice, bob, clock, make, round } = setting;
      await setting.ask(bob, 'PATCH', '/me/notification-settings', { ways: { comment: 'mail' } });
      await make('Call');
      await setting.ask(bob, 'POST', '/me/notifications/read', {});
      const path = '/projects/WEB/to-dos/1/comments';
      const said: string[] = [];
      for (const body of ['The key is hunter2', 'The door is red']) {
        const more = { creationKey: `comment-key-000${said.length}`, body };
        said.push((await workspace.ask(alice, 'POST', path, more)).body.comment?.id ?? '');
        await workspace.worker.settle();
      }
      await setting.ask(alice, 'PATCH', `${path}/${said[1]}`, { version: 1, body: 'The door is green' });
      await setting.ask(alice, 'DELETE', `${path}/${said[0]}`);
      clock.now += hourMs;
      await round();
      const mail = await sink.next();
      assert.equal(mail.subject, 'Call: Alice Example commented');
      assert.match(mail.text, /The door is green/);
      assert.doesNotMatch(mail.raw, /hunter2|red/);
    });

    test('a to-do that moved meanwhile is mailed where it is now, and only to whom may see that', async () => {
      await using setting = await openSetting(engine);
      const { sink, alice, bob, clock, ask, make, round } = setting;
      await ask(bob, 'POST', '/me/notifications/read', {});
      const moveAway = async (number: number, version: number): Promise<void> =>
        ask(alice, 'POST', `/projects/WEB/to-dos/${number}/transfer`, { version, projectKey: 'HRX' });
      await ask(alice, 'POST', '/projects', { creationKey: 'project-key-0001', name: 'People', key: 'HRX' });
      await make('Talk');
      await moveAway(1, 1);
      await ask(alice, 'PATCH', '/projects/HRX/to-dos/1', { version: 2, title: 'Secret' });
      clock.now += hourMs;
      await round();
      assert.equal(sink.mails.length, 0);
      await ask(alice, 'PUT', '/projects/HRX/members/bob', { role: null });
      await ask(bob, 'POST', '/me/notifications/read', {});
      await make('Call');
      await moveAway(2, 1);
      clock.now += hourMs;
      await round();
      assert.match((await sink.next()).text, /Call \(HRX-2 · People\).*\/p\/HRX\/t\/2/s);
    });

    test('who wants no mail gets none, also later of what happened before', async () => {
      await using setting = await openSetting(engine);
      const { workspace, sink, bob, clock, ask, make, round } = setting;
      await ask(bob, 'PATCH', '/me/notification-settings', { frequency: 'never' });
      await make('Call');
      clock.now += hourMs;
      await round();
      await ask(bob, 'PATCH', '/me/notification-settings', { frequency: 'hourly' });
      clock.now += hourMs;
      await round();
      assert.equal(sink.mails.length, 0);
      assert.deepEqual(await readQueue(workspace), []);
    });

    test('several processes that go their round at once send each mail once', async () => {
      await using setting = await openSetting(engine);
      const { sink, clock, make, round } = setting;
      await make('Call');
      clock.now += hourMs;
      await Promise.all([round(), round(), round()]);
      assert.equal(sink.mails.length, 1);
    });

    test('a mail that is not taken is tried again, later and later, and says why without an address', async () => {
      await using setting = await openSetting(engine);
      const { workspace, sink, clock, make, round, logged } = setting;
      await sink.stop();
      await make('Call');
      clock.now += hourMs;
      await round();
      await round();
      assert.deepEqual(
        (await readQueue(workspace)).map(({ state, attempts }) => [state, attempts]),
        [['waiting', 1]],
      );
      assert.equal(logged.length, 1);
      assert.match(logged[0] ?? '', /does not answer/);
      assert.doesNotMatch(logged.join(), /@example/);
      await using again = await startSmtpSink({ port: sink.port });
      clock.now += 60_000;
      await round();
      assert.equal(again.mails.length, 1);
      assert.deepEqual(
        (await readQueue(workspace)).map(({ state, attempts }) => [state, attempts]),
        [['sent', 2]],
      );
    });

    test('a mail that cannot be written keeps none of the others back, and is tried again later', async () => {
      await using setting = await openSetting(engine);
      const { workspace, sink, clock, make, round, logged, ask, alice } = setting;
      const dora = await workspace.addPerson('Dora Baker', 30);
      await ask(dora, 'PATCH', '/me/notification-settings', { frequency: 'hourly', timeZone: 'UTC' });
      await make('Call');
      const forDora = { creationKey: 'creation-key-for-dora', title: 'Water', assigneeIds: ['dora'] };
      await ask(alice, 'POST', '/projects/WEB/to-dos', forDora);
      clock.now += hourMs;
      await gatherMail(workspace.parts);
      const liveIn = (time_zone: string) =>
        workspace.database.kysely
          .updateTable('notification_people')
          .set({ time_zone })
          .where('person_id', '=', 'bob')
          .execute();
      await liveIn('Nowhere/At_all');
      await round();
      const states = async () =>
        (await readQueue(workspace)).map(({ person_id, state }) => `${person_id} ${state}`).toSorted();
      assert.deepEqual(await states(), ['bob waiting', 'dora sent']);
      assert.equal(sink.mails.length, 1);
      assert.match(logged.join(), /could not be written/);
      await liveIn('UTC');
      clock.now += 60_000;
      await round();
      assert.deepEqual(await states(), ['bob sent', 'dora sent']);
    });

    test('a mail of a process that ended before a server was there goes out once its claim has ended', async () => {
      await using setting = await openSetting(engine);
      const { workspace, sink, clock, make, round } = setting;
      await make('Call');
      clock.now += hourMs;
      await gatherMail(workspace.parts);
      const [queued] = await readQueue(workspace);
      assert.ok(await claim(workspace.parts, queued?.id ?? ''));
      await round();
      assert.equal(sink.mails.length, 0, 'while the claim goes on, nobody else sends it');
      clock.now += 6 * 60_000;
      await round();
      assert.equal(sink.mails.length, 1);
    });

    test('a mail of a process that ended while a server was taking it is not sent twice, and its news stay unread', async () => {
      await using setting = await openSetting(engine);
      const { workspace, sink, bob, clock, make, round, logged } = setting;
      await make('Call');
      clock.now += hourMs;
      await gatherMail(workspace.parts);
      const [queued] = await readQueue(workspace);
      const mine = await claim(workspace.parts, queued?.id ?? '');
      assert.ok(mine);
      await markHandedOver(workspace.parts, mine);
      await assert.rejects(markHandedOver(workspace.parts, mine), { code: 'mail-not-sent' });
      clock.now += 6 * 60_000;
      await round();
      assert.equal(sink.mails.length, 0);
      assert.match(logged.join(), /not sent again/);
      assert.deepEqual(
        (await readQueue(workspace)).map(({ state }) => state),
        ['unsure'],
      );
      assert.equal((await workspace.ask(bob, 'GET', '/me/notifications')).body.unread, 2);
    });
  });

describe('the way to the mail server', () => {
  const login = { username: 'projects', password: 'a secret' };
  const mail = {
    id: 'one',
    to: { name: 'Bob', address: 'bob@example.com' },
    subject: 'A title',
    text: 'Some text.\n',
    html: '<p>Some text.</p>',
  };
  const open = (settings: MailSettings): Mailer =>
    openMailer({ settings, siteName: 'Café', appUrl: 'https://projects.example.com', now: () => morning });
  const nothing = async (): Promise<void> => undefined;

  test('a login goes over STARTTLS, and not to a server that nobody vouches for, nor with a wrong password', async () => {
    await using folder = temporaryFolder('smtp');
    const certificates = makeCertificates(folder.path, []);
    await using sink = await startSmtpSink({ certificates, login });
    const strict = settingsFor(sink.port, { login, encryption: 'required' });
    await assert.rejects(open(strict).send(mail, nothing), { code: 'mail-not-sent' });
    assert.equal(sink.mails.length, 0);
    const lax = { ...strict, skipVerify: true };
    await open(lax).send(mail, nothing);
    assert.equal((await sink.next()).subject, 'A title');
    const wrong = { ...lax, login: { ...login, password: 'another' } };
    await assert.rejects(open(wrong).send(mail, nothing), (failure: Error) => {
      assert.match(failure.message, /LEAN_EMAIL_SMTP_PASSWORD/);
      assert.ok(!JSON.stringify([failure.message, String(failure.cause)]).includes('another'));
      return true;
    });
  });

  test('a server without STARTTLS gets nothing where encryption is required', async () => {
    await using sink = await startSmtpSink();
    await assert.rejects(open(settingsFor(sink.port, { encryption: 'required' })).send(mail, nothing), {
      code: 'mail-not-sent',
    });
    assert.equal(sink.mails.length, 0);
  });

  test('of several servers the next is asked when one does not answer', async () => {
    const gone = await startSmtpSink();
    await gone.stop();
    await using sink = await startSmtpSink();
    const servers = [gone, sink].map(({ port }) => ({ host: 'localhost', port }));
    await open(settingsFor(0, { servers })).send(mail, nothing);
    assert.equal(sink.mails.length, 1);
  });

  test('nothing is handed over when whoever sends says no at the last moment', async () => {
    await using sink = await startSmtpSink();
    const refuse = () => Promise.reject(new Error('no'));
    await assert.rejects(open(settingsFor(sink.port)).send(mail, refuse), { code: 'mail-not-sent' });
    assert.equal(sink.mails.length, 0);
  });
});
