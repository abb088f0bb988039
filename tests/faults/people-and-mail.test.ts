/**
 * What knows the people or carries the mail fails while people sign in: the LDAP server stops and starts, or hangs and goes on,
 * the users file is broken, gone and mended, the mail server hangs up or takes no mail. Pages say which it is, nobody is told that their password is wrong,
 * nobody is banned for it, and who was in stays in.
 */
import assert from 'node:assert/strict';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { type Slapd, startSlapd } from '@gatehouse/testing/slapd.ts';
import { type SmtpSink, startSmtpSink } from '@gatehouse/testing/smtp-sink.ts';
import type { Person } from '../browser/verbs.ts';
import { ldapDirectory } from '../house/configuration.ts';
import { type Answer, authorizationRequest, exchange, HttpPerson } from '../house/http-person.ts';
import { entryOf, person } from '../house/people.ts';
import { type RunningIdentity, signIn, startIdentity, userinfo } from '../integration/reload/running-identity.ts';

/** What a sign-in with the right password may come to. Anything else is told as it is. */
type Outcome = 'in' | 'unavailable' | 'sent back' | 'wrong password' | string;

const names = ['alice', 'alice-1', 'alice-2', 'alice-3'];

async function attempt(identity: RunningIdentity, { username, password }: Person): Promise<Outcome> {
  const visitor = new HttpPerson(identity.port);
  try {
    const asked = authorizationRequest({ scope: 'openid' });
    let path = asked.path;
    let answer = await visitor.get(path);
    for (let step = 0; answer.headers.location !== undefined; step++) {
      assert.ok(step < 8, `redirects do not end: ${answer.headers.location}`);
      path = new URL(answer.headers.location, 'https://auth.example.com').pathname;
      answer = await visitor.get(path);
    }
    const action = /<form[^>]*action="([^"]+)"/.exec(answer.body)?.[1] ?? path;
    answer = await visitor.post(action, { username, password });
    while (answer.headers.location !== undefined) {
      const next = new URL(answer.headers.location, 'https://auth.example.com');
      if (next.host !== 'auth.example.com') {
        // Gone between the password and the code: the application is told that it may ask again.
        if (next.searchParams.get('error') === 'temporarily_unavailable') return 'sent back';
        return next.searchParams.has('code') ? 'in' : next.href;
      }
      answer = await visitor.get(`${next.pathname}${next.search}`);
    }
    if (answer.status === 503 && /Nothing is wrong with yours/.test(answer.body)) return 'unavailable';
    return answer.status === 401 ? 'wrong password' : `${answer.status} ${/<title>([^<]*)/.exec(answer.body)?.[1]}`;
  } finally {
    visitor.close();
  }
}

/** Everybody signs in again and again until `stop`, or until each has come to what is waited for. */
function crowd(identity: RunningIdentity, people: readonly Person[]) {
  const seen = new Map<string, number>();
  const waiting = new Set<() => void>();
  const last = new Map<string, Outcome>();
  let isOver = false;
  const all = Promise.all(
    people.map(async (each) => {
      while (!isOver) {
        const outcome = await attempt(identity, each);
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
        last.set(each.username, outcome);
        for (const tell of [...waiting]) tell();
      }
    }),
  );
  return {
    /** Everybody's newest sign-in, begun since this was asked or before, came to this. */
    everybody(outcome: Outcome): Promise<void> {
      last.clear();
      return new Promise((resolve, reject) => {
        all.catch(reject);
        const look = (): void => {
          if (!people.every(({ username }) => last.get(username) === outcome)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
      });
    },
    async stop(): Promise<readonly Outcome[]> {
      isOver = true;
      await all;
      return [...seen.keys()].toSorted();
    },
  };
}

const ldapPeople = names.map(person);

const ldif = ldapPeople
  .map(
    ({ username, password }) => `dn: uid=${username},ou=people,dc=example,dc=com
objectClass: inetOrgPerson
uid: ${username}
cn: ${username}
sn: Adams
displayName: Alice
userPassword: ${password}
`,
  )
  .join('\n');

const outages: readonly { what: string; timeout?: string; begin(slapd: Slapd): unknown; end(slapd: Slapd): unknown }[] =
  [
    { what: 'stops and starts', begin: (slapd) => slapd.stop(), end: (slapd) => slapd.start() },
    { what: 'hangs and goes on', timeout: '1s', begin: (slapd) => slapd.pause(), end: (slapd) => slapd.resume() },
  ];

for (const { what, timeout, begin, end } of outages)
  test(`slapd ${what} while people sign in: they are told so, keep what they have and get in again`, {
    skip: needs('slapd', 'openssl'),
  }, async () => {
    await using slapd = await startSlapd({ ldif });
    await using identity = await startIdentity({ directory: ldapDirectory(slapd, undefined, timeout) });
    const tokens = await signIn(identity, { scope: 'openid profile' });
    const signing = crowd(identity, ldapPeople);
    await signing.everybody('in');
    for (let round = 0; round < 2; round++) {
      await begin(slapd);
      await signing.everybody('unavailable');
      const asked = await userinfo(identity, tokens.access_token);
      assert.deepEqual([asked.status, JSON.parse(asked.body).error], [503, 'temporarily_unavailable']);
      await end(slapd);
      await signing.everybody('in');
      assert.equal((await userinfo(identity, tokens.access_token)).status, 200, 'what was granted before holds');
    }
    const outcomes = await signing.stop();
    assert.deepEqual(
      outcomes.filter((each) => each !== 'sent back'),
      ['in', 'unavailable'],
    );
    const alice = ldapPeople[0] ?? assert.fail();
    assert.equal(await attempt(identity, { ...alice, password: 'another' }), 'wrong password');
    assert.equal(await attempt(identity, alice), 'in', 'nobody was banned for what the server did');
  });

test('the users file is broken, gone and mended while people sign in: nobody notices but the administrator', async () => {
  await using identity = await startIdentity({ further: 'log:\n  level: info\n' });
  const path = join(identity.folder, 'users_database.yml');
  const people = [identity.people.alice, identity.people.bob];
  const mended = (extra: string): string =>
    `users:\n${people.map((each) => entryOf(each)).join('')}${entryOf(person('carol'))}${extra}`;
  const replace = (text: string): void => {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  };
  const signing = crowd(identity, people);
  await signing.everybody('in');
  replace('users:\n  alice: [');
  assert.match((await identity.next(/users file/)).msg, /cannot be used and the people read before stay in force/);
  await signing.everybody('in');
  rmSync(path);
  assert.match((await identity.next(/users file/)).msg, /There is no users file/);
  await signing.everybody('in');
  replace(mended('# mended\n'));
  await identity.next(/users file read again/);
  assert.equal(await attempt(identity, person('carol')), 'in', 'an edit counts again');
  await signing.everybody('in');
  assert.deepEqual(await signing.stop(), ['in']);
});

/** A portal that mails to this server. */
function startMailing(sink: SmtpSink): Promise<RunningIdentity> {
  const smtp = `  smtp:
    address: 'smtp://127.0.0.1:${sink.port}'
    sender: 'portal@example.com'
    disable_require_tls: true
    disable_starttls: true
    timeout: '5s'
`;
  return startIdentity({ replace: (yaml) => yaml.replace(/ {2}filesystem:\n.*\n/, smtp) });
}

/** Everybody who asks for a link reads the same, whether anybody has the name and whether the mail goes out. */
async function askForLinks(identity: RunningIdentity): Promise<void> {
  const answers = await Promise.all(
    ['alice', 'nobody'].map((username) => identity.visitor().post('/reset-password', { username })),
  );
  assert.deepEqual(
    answers.map(({ status, headers, body }) => [status, headers.location, body]),
    answers.map(() => [303, '/reset-password/sent', '']),
  );
}

const addOneTimeCode = (visitor: HttpPerson): Promise<Answer> =>
  visitor.post('/settings/two-factor/one-time-code', { action: 'add' });

test('a mail server that hangs up is told to whoever waits for a mail, and to nobody whether a name is known', async () => {
  const sink = await startSmtpSink();
  await using identity = await startMailing(sink);
  const visitor = identity.visitor();
  const asked = authorizationRequest({ scope: 'openid' });
  const code = (await visitor.authorize(identity.people.alice, asked)).searchParams.get('code') ?? '';
  await sink.stop();

  const down = await addOneTimeCode(visitor);
  assert.equal(down.status, 503);
  assert.match(down.body, /We could not send the mail/);
  await askForLinks(identity);
  assert.match((await identity.next(/could not be mailed/)).msg, /could not be mailed/);
  assert.equal(await attempt(identity, identity.people.bob), 'in', 'signing in needs no mail');
  assert.equal((await exchange(visitor, code, asked.verifier)).status, 200);

  await using again = await startSmtpSink({ port: sink.port });
  const sent = await addOneTimeCode(visitor);
  assert.equal(sent.status, 303, sent.body.slice(0, 300));
  assert.match((await again.next()).text, /[A-Z0-9]{6,}/);
  assert.match((await again.next()).text, /reset-password\/new\?token=/, 'what was asked for meanwhile comes too');
});

test('a mail server that takes no mail, for now or for good, is told to whoever waits for one, and nothing else fails', async () => {
  await using sink = await startSmtpSink();
  await using identity = await startMailing(sink);
  const visitor = identity.visitor();
  await visitor.authorize(identity.people.alice, authorizationRequest({ scope: 'openid' }));
  for (const command of ['MAIL', 'RCPT', 'DATA'] as const)
    for (const code of [451, 554]) {
      sink.refuse(command, code);
      const down = await addOneTimeCode(visitor);
      assert.equal(down.status, 503, `${command} ${code}`);
      assert.match(down.body, /We could not send the mail/);
      assert.doesNotMatch(down.body, /not now|127\.0\.0\.1|@example\.com/, 'the server’s words are for the log');
      assert.equal(await attempt(identity, identity.people.bob), 'in', 'signing in needs no mail');
    }
  await askForLinks(identity);
  await identity.next(/A link for a new password could not be mailed yet/);
  sink.accept();
  const sent = await addOneTimeCode(visitor);
  assert.equal(sent.status, 303, 'failures took nothing from the mails that a person gets');
  const mails = [await sink.next(), await sink.next()];
  assert.match(mails[0]?.text ?? '', /[A-Z0-9]{6,}/);
  const link = /\/reset-password\/new\?token=\S+/.exec(mails[1]?.text ?? '')?.[0] ?? assert.fail(mails[1]?.text);
  assert.equal((await visitor.get(link)).status, 200, 'what was asked for meanwhile comes too, and works');
  assert.doesNotMatch(identity.child().output(), /@example\.com/, 'no address of a person is in the log');
});
