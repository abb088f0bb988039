/** The workspace follows the portal's session to its end, whoever brings it about: a whole house, told by the back channel. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../../browser/verbs.ts';
import { type House, openHouse } from '../../house/house.ts';
import { HttpPerson } from '../../house/http-person.ts';

const endedMsMax = 30_000;
const inactivity = '6 seconds';

let house: House;
before(async () => {
  house = await openHouse({
    changeClients: (yaml) =>
      `session:\n  inactivity: '${inactivity}'\n${yaml
        .replace("authorization_policy: 'two_factor'", "authorization_policy: 'one_factor'")
        .replace(
          "        client_secret: '",
          "        backchannel_logout_uri: 'https://leantime.example.com/oidc/backchannel-logout'\n        client_secret: '",
        )}`,
  });
});
after(() => house.close());

type Visit = { readonly portal: HttpPerson; readonly workspace: HttpPerson; isIn(): Promise<boolean> };

async function signIn(person: Person): Promise<Visit> {
  const portal = new HttpPerson(house.identityPort);
  const workspace = new HttpPerson(house.projectsPort, 'leantime.example.com');
  after(() => {
    portal.close();
    workspace.close();
  });
  const began = await workspace.get('/oidc/login');
  const { pathname, search } = new URL(began.headers.location ?? '');
  const callback = await portal.authorize(person, { path: `${pathname}${search}`, verifier: '', state: '' });
  const arrived = await workspace.get(`${callback.pathname}${callback.search}`);
  assert.equal(arrived.status, 303, arrived.body);
  const isIn = async (): Promise<boolean> => (await workspace.get('/api/v1/me')).status === 200;
  assert.ok(await isIn());
  return { portal, workspace, isIn };
}

const seeEnd = ({ isIn }: Visit): Promise<void> => until(async () => !(await isIn()));

test('a sign-out at the portal ends the workspace’s session', async () => {
  const visit = await signIn(house.people.bob);
  assert.equal((await visit.portal.post('/logout', {})).status, 303);
  await seeEnd(visit);
});

test('a sign-out at the workspace ends the portal’s session without a question', async () => {
  const visit = await signIn(house.people.bob);
  const left = await visit.workspace.post('/auth/logout', {});
  const { pathname, search } = new URL(left.headers.location ?? '');
  const done = await visit.portal.get(`${pathname}${search}`);
  assert.equal(done.status, 303);
  assert.match((await visit.portal.get('/')).headers.location ?? '', /^\/sign-in/);
});

test('an administrator’s ending ends the workspace’s session', async () => {
  const visit = await signIn(house.people.bob);
  assert.match(house.gatehouse('storage', 'user', 'sessions', 'list', 'bob'), /\texample\.com\t/);
  assert.match(house.gatehouse('storage', 'user', 'sessions', 'end', 'bob'), /^Ended \d+ sessions? of 'bob'\.$/m);
  await seeEnd(visit);
});

test('a session that is idle for too long ends the workspace’s session', async () => {
  const visit = await signIn(house.people.bob);
  await seeEnd(visit);
});

test('what the workspace could not be told while it was away it is told when it is back, though the provider was killed', async () => {
  const visit = await signIn(house.people.bob);
  await house.projects().stop();
  await visit.portal.post('/logout', {});
  await until(async () => house.identity().output().includes('could not be told of a sign-out'));
  await house.identity().kill();
  await house.startProjects();
  assert.ok(await visit.isIn());
  // The first pause is half a minute; the workspace takes a minute's difference between clocks.
  await house.startIdentity({ clockAheadMs: 45_000 });
  await seeEnd(visit);
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const limit = Date.now() + endedMsMax;
  while (!(await isSo())) {
    assert.ok(Date.now() < limit, 'it did not come about');
    await pause(100);
  }
}
