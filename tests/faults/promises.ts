/** Whether a promise was kept: what an answer said before a crash is so after it, and what was spent is spent. */
import assert from 'node:assert/strict';
import { freshCode, type Person } from '../browser/verbs.ts';
import { type Answer, authorizationRequest, exchange, HttpPerson } from '../house/http-person.ts';
import type { Exchange, Visitor } from './visitor.ts';

/** The portal session holds its factors, and the consent that was remembered is not asked for again. */
export async function assertSessionKept(visitor: Visitor): Promise<void> {
  const { portal, level, consented, unanswered } = visitor;
  // A rise replaces the session: unanswered, the browser may hold the secret of either.
  if (level === 0 || unanswered.rise) return;
  const { username } = visitor.person;
  const overview = await portal.get('/');
  assert.equal(overview.status, 200, `the portal session of ${username} is gone`);
  assert.match(overview.body, new RegExp(`<b>${username}</b>`));
  if (level < 2) return;
  let answer = await portal.get(authorizationRequest().path);
  if (
    answer.headers.location?.startsWith('/sign-in/') ||
    answer.headers.location?.includes('auth.example.com/sign-in/')
  )
    answer = await portal.get(new URL(answer.headers.location, 'https://auth.example.com').pathname);
  assert.doesNotMatch(answer.body, /name="(password|code)"/, `a factor of ${username} is gone`);
  if (consented) assert.doesNotMatch(answer.body, /name="decision"/, `the consent of ${username} is gone`);
}

/** The workspace knows the person under the same id, and the session there lives. */
export async function assertPersonKept(visitor: Visitor): Promise<void> {
  if (visitor.personId === undefined) return;
  const me = await visitor.workspace.get('/api/v1/me');
  assert.equal(me.status, 200, `the workspace session of ${visitor.person.username} is gone`);
  assert.equal(JSON.parse(me.body).person.id, visitor.personId);
}

/** A one-time code that was accepted is refused; one whose answer never came is good once at most. */
export async function assertCodesSpent({ person, portal, spentCodes, unanswered }: Visitor): Promise<void> {
  for (const code of spentCodes) {
    const answer = await tryCode(portal.port, person, code);
    assert.equal(answer.status, 401, `a used code of ${person.username} works again`);
    // Another key may have taken the place of the one that this code was made with.
    if (!unanswered.key) assert.match(answer.body, /already used/);
  }
  const { code, key } = unanswered;
  if (code === undefined || key !== undefined) return;
  const tries = [await tryCode(portal.port, person, code), await tryCode(portal.port, person, code)];
  assert.ok(tries.filter(({ status }) => status === 303).length <= 1, `a code of ${person.username} works twice`);
}

/** A key that was confirmed is the person's factor; of one whose answer never came, the old or the new is. */
export async function assertFactorKept({ person, portal, unanswered }: Visitor): Promise<void> {
  const keys = unanswered.key ? [person, unanswered.key] : [person];
  const answers = [];
  for (const each of keys) answers.push(await tryCode(portal.port, each, freshCode(each)));
  assert.equal(answers.filter(({ status }) => status === 303).length, 1, `${person.username} has lost their factor`);
}

/** An authorization code that brought tokens brings none again; one whose answer never came brings them once at most. */
export async function assertExchangesSpent({ portal, exchanged, unanswered }: Visitor): Promise<void> {
  for (const one of exchanged) assert.equal((await redeem(portal.port, one)).status, 400, 'a used code works again');
  const { exchange: open } = unanswered;
  if (!open) return;
  const tries = [await redeem(portal.port, open), await redeem(portal.port, open)];
  assert.ok(tries.filter(({ status }) => status === 200).length <= 1, 'a code works twice');
}

async function redeem(port: number, { code, verifier }: Exchange): Promise<Answer> {
  const asker = new HttpPerson(port);
  try {
    return await exchange(asker, code, verifier);
  } finally {
    asker.close();
  }
}

/** In a new browser: the password, then this code. */
async function tryCode(port: number, person: Person, code: string): Promise<Answer> {
  const browser = new HttpPerson(port);
  const { username, password } = person;
  try {
    const signedIn = await browser.post('/sign-in/portal/password?level=two_factor', { username, password });
    assert.equal(signedIn.status, 303, signedIn.body);
    return await browser.post('/sign-in/portal/second-factor?level=two_factor', { username, code });
  } finally {
    browser.close();
  }
}
