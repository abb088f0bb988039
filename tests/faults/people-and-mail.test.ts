/**
 * What knows the people or carries the mail fails while people sign in: the LDAP server stops and starts, the users file is
 * broken, gone and mended, the mail server hangs up. Pages say which it is, nobody is told that their password is wrong,
 * nobody is banned for it, and who was in stays in.
 */
import assert from 'node:assert/strict';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { startSlapd } from '@gatehouse/testing/slapd.ts';
import { startSmtpSink } from '@gatehouse/testing/smtp-sink.ts';
import type { Person } from '../browser/verbs.ts';
import { ldapDirectory } from '../house/configuration.ts';
import { authorizationRequest, exchange, HttpPerson } from '../house/http-person.ts';
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

test('slapd stops and starts while people sign in: they are told so, keep what they have and get in again', {
  skip: needs('slapd', 'openssl'),
}, async () => {
  const people = names.map(person);
  const ldif = people.map(
    ({ username, password }) => `dn: uid=${username},ou=people,dc=example,dc=com
objectClass: inetOrgPerson
uid: ${username}
cn: ${username}
sn: Adams
displayName: Alice
userPassword: ${password}
`,
  );
  await using slapd = await startSlapd({ ldif: ldif.join('\n') });
  await using identity = await startIdentity({ directory: ldapDirectory(slapd) });
  const tokens = await signIn(identity, { scope: 'openid profile' });
  const signing = crowd(identity, people);
  await signing.everybody('in');
  for (let round = 0; round < 2; round++) {
    await slapd.stop();
    await signing.everybody('unavailable');
    const asked = await userinfo(identity, tokens.access_token);
    assert.deepEqual([asked.status, JSON.parse(asked.body).error], [503, 'temporarily_unavailable']);
    await slapd.start();
    await signing.everybody('in');
    assert.equal((await userinfo(identity, tokens.access_token)).status, 200, 'what was granted before holds');
  }
  const outcomes = await signing.stop();
  assert.deepEqual(
    outcomes.filter((each) => each !== 'sent back'),
    ['in', 'unavailable'],
  );
  const alice = people[0] ?? assert.fail();
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

test('a mail server that hangs up is told to whoever waits for a mail, and to nobody whether a name is known', {
  skip: needs('openssl'),
}, async () => {
  const sink = await startSmtpSink();
  const smtp = `  smtp:
    address: 'smtp://127.0.0.1:${sink.port}'
    sender: 'portal@example.com'
    disable_require_tls: true
    disable_starttls: true
    timeout: '5s'
`;
  await using identity = await startIdentity({
    replace: (yaml) => yaml.replace(/ {2}filesystem:\n.*\n/, smtp),
  });
  const visitor = identity.visitor();
  const asked = authorizationRequest({ scope: 'openid' });
  const code = (await visitor.authorize(identity.people.alice, asked)).searchParams.get('code') ?? '';
  await sink.stop();

  const add = () => visitor.post('/settings/two-factor/one-time-code', { action: 'add' });
  const down = await add();
  assert.equal(down.status, 503);
  assert.match(down.body, /We could not send the mail/);
  const answers = await Promise.all(
    ['alice', 'nobody'].map((username) => identity.visitor().post('/reset-password', { username })),
  );
  assert.deepEqual(
    answers.map(({ status, body }) => [status, /Check your mail/.test(body)]),
    answers.map(() => [answers[0]?.status, /Check your mail/.test(answers[0]?.body ?? '')]),
  );
  assert.match((await identity.next(/could not be mailed/)).msg, /could not be mailed/);
  assert.equal(await attempt(identity, identity.people.bob), 'in', 'signing in needs no mail');
  assert.equal((await exchange(visitor, code, asked.verifier)).status, 200);

  await using again = await startSmtpSink({ port: sink.port });
  const sent = await add();
  assert.equal(sent.status, 303, sent.body.slice(0, 300));
  assert.match((await again.next()).text, /[A-Z0-9]{6,}/);
});
