import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPortal, origin, type Visitor } from './portal.suite.ts';
import type { ConsentQuestion } from './sign-in/flow.ts';

const resume = `${origin}/api/oidc/authorization/flow1`;
const ask: ConsentQuestion = {
  kind: 'ask',
  lines: [{ claim: 'email', value: 'alice@example.com', optional: false }],
  mayRemember: true,
  offlineAccess: false,
  services: [],
};

async function givePassword(visitor: Visitor, username = 'alice', path = '/sign-in/flow1/password') {
  return visitor.post(path, { username, password: `${username}-password` });
}

function titleOf(text: string): string {
  return /<title>([^<]*)<\/title>/.exec(text)?.[1] ?? '';
}

test('password, code and consent lead to the application', async (t) => {
  const { state, code, visitor: open } = await openPortal(t);
  state.consent = ask;
  const visitor = open();
  const first = await visitor.get('/sign-in/flow1');
  assert.equal(titleOf(first.text), 'Sign in · Gatehouse');
  assert.match(first.text, /to continue to <b>Projects<\/b>/);
  const cookies = [];
  assert.equal((await givePassword(visitor)).location, '/sign-in/flow1/second-factor');
  cookies.push(visitor.jar.get('authelia_session'));
  assert.equal(titleOf((await visitor.get('/sign-in/flow1/second-factor')).text), 'Enter your code · Gatehouse');
  const second = await visitor.post('/sign-in/flow1/second-factor', { code: code() });
  assert.deepEqual([second.status, second.location], [303, '/sign-in/flow1/consent']);
  cookies.push(visitor.jar.get('authelia_session'));
  assert.equal(new Set(cookies).size, 2);
  const third = await visitor.get('/sign-in/flow1/consent');
  assert.equal(titleOf(third.text), 'Allow Projects · Gatehouse');
  assert.match(third.text, /alice@example\.com/);
  const done = await visitor.post('/sign-in/flow1/consent', {
    decision: 'accept',
    remember: 'true',
    username: 'alice',
  });
  assert.deepEqual([done.status, done.location], [303, resume]);
  assert.deepEqual(state.finished, ['alice remember=true']);
});

test('optional claims are ticked fields of the form, and what comes back ticked is what is shared', async (t) => {
  const { state, code, visitor: open } = await openPortal(t);
  const optional = (claim: string) => ({ claim, value: `the ${claim}`, optional: true });
  state.consent = { ...ask, lines: [...ask.lines, optional('nickname'), optional('groups')] };
  const visitor = open();
  await givePassword(visitor);
  await visitor.post('/sign-in/flow1/second-factor', { code: code() });
  const { text } = await visitor.get('/sign-in/flow1/consent');
  assert.deepEqual(
    [...text.matchAll(/name="claim" value="(\w+)" checked/g)].map((match) => match[1]),
    ['nickname', 'groups'],
  );
  await visitor.post('/sign-in/flow1/consent', { decision: 'accept', claim: 'groups' });
  assert.deepEqual(state.finished, ['alice remember=false +groups']);
});

test('attack 42: a consent form that says both yes and no is no answer', async (t) => {
  const { state, code, visitor: open } = await openPortal(t);
  state.consent = ask;
  const visitor = open();
  await givePassword(visitor);
  await visitor.post('/sign-in/flow1/second-factor', { code: code() });
  const answer = await visitor.post(
    '/sign-in/flow1/consent',
    new URLSearchParams([
      ['decision', 'deny'],
      ['decision', 'accept'],
    ]),
  );
  assert.equal(titleOf(answer.text), 'Allow Projects · Gatehouse');
  assert.deepEqual(state.finished, []);
});

test('attack 16: a wrong password keeps the name, and says the same for everybody', async (t) => {
  const visitor = (await openPortal(t)).visitor();
  const wrong = (username: string) => visitor.post('/sign-in/flow1/password', { username, password: 'nonsense' });
  const [known, unknown, disabled] = [await wrong('alice'), await wrong('mallory'), await wrong('carol')];
  assert.equal(known.status, 401);
  assert.match(known.text, /role="alert"[^>]*>.*That name and password do not match\./);
  assert.match(known.text, /value="alice"/);
  assert.match(known.text, /aria-describedby="notice"/);
  assert.doesNotMatch(known.text, /nonsense/);
  for (const [name, other] of [
    ['mallory', unknown],
    ['carol', disabled],
  ] as const) {
    assert.equal(other.text.replaceAll(name, 'alice'), known.text);
    assert.equal(other.status, known.status);
    assert.deepEqual([...other.headers], [...known.headers]);
  }
  assert.equal(
    (await visitor.post('/sign-in/flow1/password', { username: 'carol', password: 'carol-password' })).status,
    401,
  );
});

test('a banned person sees the ordinary failure, even with the right password', async (t) => {
  const { state, visitor: open } = await openPortal(t);
  const visitor = open();
  let wrong = '';
  for (let time = 0; time < 3; time += 1)
    wrong = (await visitor.post('/sign-in/flow1/password', { username: 'alice', password: 'no' })).text;
  // By now no failure is recent enough to count; the ban alone stands.
  state.nowMs += 200_000;
  const banned = await givePassword(visitor);
  assert.deepEqual([banned.status, banned.text, visitor.jar.size], [401, wrong, 0]);
  state.nowMs += 100_000;
  assert.equal((await givePassword(visitor)).status, 303);
});

test('attack 17: sign-ins that fail at one address are limited, whoever they are for, a burst at once too', async (t) => {
  const { visitor: open, state } = await openPortal(t);
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      open().post('/sign-in/flow1/password', { username: `nobody${index}`, password: 'a guess' }),
    ),
  );
  assert.equal(answers.filter(({ status }) => status === 401).length, 20);
  const limited = answers.filter(({ status }) => status === 429);
  assert.equal(limited.length, 180);
  assert.match(limited[0]?.text ?? '', /Try again in some minutes/);
  assert.equal(limited[0]?.headers.get('retry-after'), '60');
  assert.equal((await givePassword(open())).status, 429);
  state.nowMs += 60_000;
  for (let time = 0; time < 25; time++)
    assert.equal((await givePassword(open())).status, 303, 'what succeeds counts not');
});

test('an office behind one address signs in at once, far more people than may fail there', async (t) => {
  const { visitor: open } = await openPortal(t);
  const answers = await Promise.all(
    Array.from({ length: 64 }, (_, index) => {
      const username = index % 2 ? 'alice' : 'bob';
      return open().post('/sign-in/flow1/password', { username, password: `${username}-password` });
    }),
  );
  assert.deepEqual(
    answers.map(({ status }) => status),
    Array(64).fill(303),
  );
});

test('attack 17: a second factor that is guessed wrong three times closes the account, also for the right password', async (t) => {
  const { visitor: open, code, state } = await openPortal(t);
  const visitor = open();
  await givePassword(visitor);
  for (const guess of ['000000', '111111', '222222'])
    assert.equal((await visitor.post('/sign-in/flow1/second-factor', { code: guess })).status, 401);
  const right = await visitor.post('/sign-in/flow1/second-factor', { code: code() });
  assert.equal(right.status, 429);
  assert.match(right.text, /closed for some minutes/);
  assert.equal((await givePassword(open())).status, 401);
  state.nowMs += 300_000;
  const later = open();
  await givePassword(later);
  assert.equal((await later.post('/sign-in/flow1/second-factor', { code: code() })).status, 303);
});

test('a directory that cannot answer is not a wrong password', async (t) => {
  const { state, visitor: open } = await openPortal(t);
  state.directoryDown = true;
  const answer = await givePassword(open());
  assert.equal(answer.status, 503);
  assert.match(answer.text, /We cannot check passwords right now/);
});

test('a wrong, a malformed and a used code each say so in place', async (t) => {
  const { state, code, visitor: open } = await openPortal(t);
  const [visitor, other] = [open(), open()];
  await givePassword(visitor);
  await givePassword(other);
  const wrong = code() === '000000' ? '000001' : '000000';
  assert.match((await visitor.post('/sign-in/flow1/second-factor', { code: wrong })).text, /That code does not match/);
  assert.match((await visitor.post('/sign-in/flow1/second-factor', { code: '12' })).text, /A code has 6 digits/);
  assert.equal((await visitor.post('/sign-in/flow1/second-factor', { code: code() })).location, resume);
  assert.match((await other.post('/sign-in/flow1/second-factor', { code: code() })).text, /That code was already used/);
  state.nowMs += 30_000;
  assert.equal((await other.post('/sign-in/flow1/second-factor', { code: code() })).location, resume);
});

test('a code that is refused is told to the log with the person and the address, a malformed one is no guess', async (t) => {
  const told: unknown[] = [];
  const services = { onRefusedCode: (attempt: unknown) => void told.push(attempt) };
  const { code, visitor: open } = await openPortal(t, { services });
  const [visitor, other] = [open(), open()];
  await givePassword(visitor);
  await givePassword(other);
  await visitor.post('/sign-in/flow1/second-factor', { code: '12' });
  const wrong = code() === '000000' ? '000001' : '000000';
  await visitor.post('/sign-in/flow1/second-factor', { code: wrong });
  await visitor.post('/sign-in/flow1/second-factor', { code: code() });
  await other.post('/sign-in/flow1/second-factor', { code: code() });
  assert.deepEqual(told, [
    { username: 'alice', address: '', reason: 'wrong' },
    { username: 'alice', address: '', reason: 'used' },
  ]);
});

test('attack 19: no step is skipped: consent and the bare address lead back to the second factor', async (t) => {
  const { state, visitor: open } = await openPortal(t);
  state.consent = ask;
  const visitor = open();
  for (const attempt of [
    () => visitor.get('/sign-in/flow1/consent'),
    () => visitor.post('/sign-in/flow1/consent', { decision: 'accept' }),
    () => visitor.post('/sign-in/flow1/second-factor', { code: '123456' }),
  ])
    assert.equal((await attempt()).location, '/sign-in/flow1/password');
  await givePassword(visitor);
  assert.equal(
    (await visitor.post('/sign-in/flow1/consent', { decision: 'accept' })).location,
    '/sign-in/flow1/second-factor',
  );
  assert.equal(titleOf((await visitor.get('/sign-in/flow1')).text), 'Enter your code · Gatehouse');
  assert.deepEqual(state.finished, []);
});

test('attack 19: the account cannot be switched between the factors', async (t) => {
  const { code, visitor: open } = await openPortal(t);
  const visitor = open();
  await givePassword(visitor);
  await givePassword(visitor, 'bob', '/sign-in/flow1/password?another=yes');
  const answer = await visitor.post('/sign-in/flow1/second-factor', { code: code(), username: 'alice' });
  assert.equal(answer.location, '/sign-in/flow1/enrol');
  assert.match((await visitor.get('/sign-in/flow1/enrol')).text, /then=%2Fsign-in%2Fflow1/);
});

test('consent counts only for the person it was shown to', async (t) => {
  const { state, visitor: open } = await openPortal(t);
  Object.assign(state, { consent: ask, requiredLevel: 'one_factor' });
  const visitor = open();
  await givePassword(visitor);
  await givePassword(visitor, 'bob', '/sign-in/flow1/password?another=yes');
  const answer = await visitor.post('/sign-in/flow1/consent', { decision: 'accept', username: 'alice' });
  assert.equal(answer.status, 200);
  assert.match(answer.text, /Signed in as <b>bob<\/b>/);
  assert.deepEqual(state.finished, []);
});

test('a denied consent and a denying policy end at the application', async (t) => {
  const { state, visitor: open } = await openPortal(t);
  Object.assign(state, { consent: ask, requiredLevel: 'one_factor' });
  const visitor = open();
  await givePassword(visitor);
  assert.equal((await visitor.post('/sign-in/flow1/consent', { decision: 'deny' })).location, resume);
  state.requiredLevel = 'deny';
  assert.equal((await visitor.get('/sign-in/flow1')).location, resume);
  assert.deepEqual(state.finished, ['consent-denied', 'policy-denied']);
});

test('late tabs and the back button go on to what comes next', async (t) => {
  const { code, visitor: open } = await openPortal(t);
  const visitor = open();
  await givePassword(visitor);
  assert.equal((await givePassword(visitor)).location, '/sign-in/flow1/second-factor');
  assert.equal((await visitor.get('/sign-in/flow1/password')).location, '/sign-in/flow1/second-factor');
  await visitor.post('/sign-in/flow1/second-factor', { code: code() });
  for (const path of ['/sign-in/flow1/password', '/sign-in/flow1/second-factor', '/sign-in/flow1/consent'])
    assert.equal((await visitor.get(path)).location, resume);
  assert.equal((await visitor.post('/sign-in/flow1/second-factor', { code: code() })).location, resume);
});

test('an expired sign-in has a way onward, for a form too', async (t) => {
  const { state, visitor: open } = await openPortal(t);
  state.flowOpen = false;
  for (const answer of [await open().get('/sign-in/flow1'), await givePassword(open())]) {
    assert.equal(answer.status, 410);
    assert.match(answer.text, /This sign-in is over/);
    assert.match(answer.text, /href="\/"/);
  }
});

test('an older password is asked for again, and the second factor stays', async (t) => {
  const { state, code, visitor: open } = await openPortal(t);
  const visitor = open();
  await givePassword(visitor);
  await visitor.post('/sign-in/flow1/second-factor', { code: code() });
  state.nowMs += 1000;
  state.about = { ...state.about, notBeforeMs: state.nowMs };
  const page = await visitor.get('/sign-in/flow1');
  assert.equal(titleOf(page.text), 'Confirm it is you · Gatehouse');
  assert.match(page.text, /Use another account/);
  assert.equal((await givePassword(visitor)).location, resume);
});

test('who is to choose an account gets an empty field, and may be somebody else', async (t) => {
  const { state, visitor: open } = await openPortal(t);
  state.requiredLevel = 'one_factor';
  const visitor = open();
  await givePassword(visitor);
  state.nowMs += 1000;
  state.about = { ...state.about, notBeforeMs: state.nowMs, choosesAccount: true };
  const page = await visitor.get('/sign-in/flow1');
  assert.equal(titleOf(page.text), 'Sign in · Gatehouse');
  assert.doesNotMatch(page.text, /value="alice"/);
  assert.equal((await givePassword(visitor, 'bob')).location, resume);
  assert.match(state.finished.at(-1) ?? '', /^bob/);
});

test('attack 23: forms from elsewhere are refused: sign-in, consent, sign-out', async (t) => {
  const { visitor: open } = await openPortal(t);
  const visitor = open();
  await givePassword(visitor);
  const paths = ['/sign-in/flow1/password', '/sign-in/flow1/consent', '/logout'];
  const elsewhere = [
    { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
    { origin: 'https://app.example.com', 'sec-fetch-site': 'same-site' },
    { origin: '', 'sec-fetch-site': '', 'content-type': 'text/plain' },
  ];
  for (const path of paths)
    for (const headers of elsewhere) {
      const answer = await visitor.post(path, { decision: 'accept' }, headers);
      assert.equal(answer.status, 403, `${path} ${headers.origin}`);
    }
  assert.match((await visitor.get('/')).text, /You are signed in as <b>alice<\/b>/);
});

test('attack 24: what others wrote is escaped', async (t) => {
  const { state, visitor: open } = await openPortal(t);
  const evil = '"><script>alert(1)</script>';
  state.about = { application: { clientId: 'x', name: evil, host: evil }, loginHint: evil };
  state.requiredLevel = 'one_factor';
  state.consent = {
    ...ask,
    lines: [false, true].map((optional) => ({ claim: evil, value: evil, optional })),
  };
  const visitor = open();
  const pages = [(await visitor.get('/sign-in/flow1')).text];
  await givePassword(visitor);
  pages.push((await visitor.get('/sign-in/flow1/consent')).text);
  pages.push((await visitor.get('/logout?rd=%22%3E%3Cscript%3Ealert(1)%3C/script%3E')).text);
  for (const page of pages) assert.doesNotMatch(page, /<script/);
});

test('attack 24: pages carry the headers that keep others out', async (t) => {
  const { headers } = await (await openPortal(t)).visitor().get('/sign-in/portal');
  const policy = headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'.*frame-ancestors 'none'.*base-uri 'none'/);
  assert.doesNotMatch(policy, /unsafe|script-src/);
  assert.equal(headers.get('x-frame-options'), 'DENY');
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.equal(headers.get('cache-control'), 'no-store');
});

test('a proxy sends people here and they go back to the page they wanted', async (t) => {
  const { visitor: open } = await openPortal(t);
  const visitor = open();
  const rd = 'https://app.example.com/page?x=1';
  const start = await visitor.get(`/?${new URLSearchParams({ rd, rm: 'GET' })}`);
  assert.equal(start.status, 303);
  const page = await visitor.get(start.location ?? '');
  assert.match(page.text, /to continue to <b>app\.example\.com<\/b>/);
  const action = /action="([^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  assert.equal((await givePassword(visitor, 'alice', action)).location, rd);
});

test('a page of the portal asks for the second factor and gets its visitor back', async (t) => {
  const { code, visitor: open } = await openPortal(t);
  const visitor = open();
  await givePassword(visitor, 'alice', '/sign-in/portal/password');
  const query = new URLSearchParams({ return: '/settings/two-factor?action=add', level: 'two_factor' });
  const page = await visitor.get(`/sign-in/portal?${query}`);
  assert.equal(titleOf(page.text), 'Enter your code · Gatehouse');
  const action = /action="([^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  assert.equal((await visitor.post(action, { code: code() })).location, '/settings/two-factor?action=add');
});

test('attack 1: a page outside of the house is never gone to', async (t) => {
  const { visitor: open } = await openPortal(t);
  const visitor = open();
  await givePassword(visitor, 'alice', '/sign-in/portal/password');
  for (const rd of [
    'https://evil.test',
    '//evil.test',
    'https://auth.example.com@evil.test',
    'http://app.example.com',
  ]) {
    const answer = await visitor.get(`/sign-in/portal?${new URLSearchParams({ rd })}`);
    assert.deepEqual([answer.status, answer.location], [400, null]);
    assert.match(answer.text, /We will not send you there/);
  }
  const out = await visitor.post('/logout', { rd: 'https://evil.test' });
  assert.equal(out.location, '/logout');
});

test('signing out ends the session and clears the cookie', async (t) => {
  const { visitor: open } = await openPortal(t);
  const visitor = open();
  await givePassword(visitor, 'alice', '/sign-in/portal/password');
  const copy = visitor.jar.get('authelia_session') ?? '';
  assert.match((await visitor.get('/logout')).text, /Sign out\?/);
  await visitor.post('/logout', {});
  assert.equal(visitor.jar.size, 0);
  assert.match((await visitor.get('/logout')).text, /You are signed out/);
  const replayed = await visitor.get('/', { cookie: `authelia_session=${copy}` });
  assert.equal(replayed.location, '/sign-in/portal');
});

test('attack 28: someone the directory no longer knows is signed out', async (t) => {
  const { state, visitor: open } = await openPortal(t);
  const visitor = open();
  await givePassword(visitor, 'alice', '/sign-in/portal/password');
  state.gone.add('alice');
  assert.equal((await visitor.get('/')).location, '/sign-in/portal');
});

test('other names, unknown pages and health are answered', async (t) => {
  const visitor = (await openPortal(t)).visitor();
  assert.equal((await visitor.get('/', { host: 'elsewhere.test' })).status, 421);
  assert.equal((await visitor.get('/nowhere')).status, 404);
  assert.equal((await visitor.get('/api/health', { host: '10.0.0.1' })).text, '{"status":"OK"}');
  assert.equal((await visitor.post('/sign-in/portal/password', { username: 'x'.repeat(70_000) })).status, 413);
});

test('what no database keeps is refused with a page, in addresses and in forms', async (t) => {
  const { visitor: open } = await openPortal(t);
  const visitor = open();
  const refused = await givePassword(visitor, 'ali\0ce');
  assert.equal(refused.status, 400);
  assert.match(refused.text, /no keyboard makes/);
  for (const path of ['/?lang=%00', '/sign-in/flow%001', '/settings?a%00=b'])
    assert.equal((await visitor.get(path)).status, 400, path);
  assert.equal((await givePassword(visitor)).status, 303);
});
