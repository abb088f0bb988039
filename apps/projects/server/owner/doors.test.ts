/** The first owner, local owners and groups of projects against the whole server and a provider: as people meet them. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDatabase } from '@gatehouse/storage/database.ts';
import type { Tables } from '../api/workspace.ts';
import { OwnerCommandRefused, runOwnerCommand } from '../cli/owner-command.ts';
import { type House, openHouse, type Somebody } from '../sign-in/sign-in.suite.ts';

const codeIn = (log: readonly string[]): string => /type: ([A-Z0-9-]{23})/.exec(log.join('\n'))?.[1] ?? '';

function send(
  { workspace }: House,
  person: Somebody,
  path: string,
  form: Record<string, string>,
  origin = workspace.url,
) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(origin).origin };
  const body = new URLSearchParams(form).toString();
  return person.visit(`${workspace.url}${path}`, { method: 'POST', headers, body, follow: false });
}

async function openTables({ folder }: House) {
  const database = await openDatabase<Tables>({ dialect: 'sqlite', path: join(folder, 'projects.sqlite3') });
  return { db: database.kysely, [Symbol.asyncDispose]: () => database.close() };
}

test('who is signed in and has read the log becomes the first owner, once', async (t) => {
  const house = await openHouse(t);
  const [alice, stranger] = [house.somebody(), house.somebody()];
  const code = codeIn(house.workspace.log);
  assert.notEqual(code, '');
  const turnedAway = await send(house, stranger, '/setup/owner', { code });
  assert.equal(turnedAway.status, 401);
  await alice.signIn('/setup/owner');
  assert.match((await alice.visit(`${house.workspace.url}/setup/owner`)).text, /<title>Become the owner/);
  assert.equal((await send(house, alice, '/setup/owner', { code }, 'https://evil.example.com')).status, 403);
  assert.equal((await send(house, alice, '/setup/owner', { code: 'WRONG' })).status, 400);
  assert.equal((await send(house, alice, '/setup/owner', { code })).status, 303);
  const me = await alice.visit(`${house.workspace.url}/api/v1/me`);
  assert.equal(JSON.parse(me.text).person.roleName, 'Owner');
  const closed = await alice.visit(`${house.workspace.url}/setup/owner`);
  assert.equal(closed.status, 404);
  assert.match(closed.text, /This workspace has an owner/);
});

test('what no database keeps is refused with a page wherever there is no session', async (t) => {
  const house = await openHouse(t);
  const { workspace, folder } = house;
  const person = house.somebody();
  const database = { dialect: 'sqlite', path: join(folder, 'projects.sqlite3') } as const;
  await runOwnerCommand({ database, appUrl: workspace.url }, ['local', 'create', 'glass']);
  const refused = await send(house, person, '/auth/local', { name: 'gl\0ass', password: 'x' });
  assert.equal(refused.status, 400);
  assert.match(refused.text, /A character in it cannot be kept/);
  for (const path of [
    '/auth/login?to=/%00',
    '/oidc/login?to=%00',
    '/oidc/callback?state=%00&code=%00',
    '/p/%00',
    '/%00',
  ])
    assert.equal((await person.visit(`${workspace.url}${path}`)).status, 400, path);
  const told = await send(house, person, '/oidc/backchannel-logout', { logout_token: 'a.\0.b' });
  assert.equal(told.status, 400);
});

test('the page of local owners is not there until a command has made one; then its password works once', async (t) => {
  const house = await openHouse(t);
  const { workspace, folder } = house;
  const person = house.somebody();
  const place = {
    database: { dialect: 'sqlite', path: join(folder, 'projects.sqlite3') },
    appUrl: workspace.url,
  } as const;
  assert.equal((await person.visit(`${workspace.url}/auth/local`)).status, 404);
  assert.equal((await send(house, person, '/auth/local', { name: 'glass', password: 'x' })).status, 404);
  assert.doesNotMatch((await person.visit(`${workspace.url}/auth/login`)).text, /auth\/local/);
  await assert.rejects(() => runOwnerCommand(place, ['local', 'create', 'Not A Name']), OwnerCommandRefused);
  await assert.rejects(() => runOwnerCommand(place, ['local']), OwnerCommandRefused);
  const printed = await runOwnerCommand(place, ['local', 'create', 'glass']);
  const password = /Password: (\S+)/.exec(printed)?.[1] ?? '';
  assert.match((await person.visit(`${workspace.url}/auth/login`)).text, /auth\/local/);
  const wrong = await send(house, person, '/auth/local', { name: 'glass', password: 'wrong' });
  assert.equal(wrong.status, 401);
  assert.equal((await send(house, person, '/auth/local', { name: 'glass', password })).status, 303);
  assert.equal(await person.whoAmI(), 'glass');
  const tries = JSON.parse((await person.visit(`${workspace.url}/api/v1/local-sign-ins`)).text);
  assert.deepEqual(
    tries.localSignIns.map(({ name, signedIn }: { name: string; signedIn: boolean }) => [name, signedIn]),
    [
      ['glass', true],
      ['glass', false],
    ],
  );
  assert.equal((await send(house, house.somebody(), '/auth/local', { name: 'glass', password })).status, 401);
  assert.ok(!workspace.log.some((line) => line.includes(password)), 'no password is in the log');
});

test('a command makes an owner of somebody who has signed in, and says what to do about others', async (t) => {
  const house = await openHouse(t);
  const alice = house.somebody();
  const place = {
    database: { dialect: 'sqlite', path: join(house.folder, 'projects.sqlite3') },
    appUrl: house.workspace.url,
  } as const;
  await assert.rejects(() => runOwnerCommand(place, ['grant', 'alice@example.com']), /let them do that first/);
  await alice.signIn();
  assert.match(await runOwnerCommand(place, ['grant', 'alice@example.com']), /Alice Example is an owner now/);
  const me = await alice.visit(`${house.workspace.url}/api/v1/me`);
  assert.equal(JSON.parse(me.text).person.roleName, 'Owner');
});

test('a group lets its people into a project and takes back what it gave, and nothing that a person gave', async (t) => {
  const assignment = {
    kitchen: { project: 'WEB', role: 20 },
    guests: [{ project: 'WEB', role: 5 }, { project: 'SHOP' }, { project: 'GONE' }],
  };
  const house = await openHouse(t, () => ({ LEAN_OIDC_PROJECT_ASSIGNMENT: JSON.stringify(assignment) }));
  await using tables = await openTables(house);
  for (const key of ['WEB', 'SHOP'])
    await tables.db
      .insertInto('projects')
      .values({
        ...{ id: key, key, name: key, description: '', state: 'open', visibility: 'restricted', next_number: 1 },
        ...{ version: 1, created_by: 'nobody', creation_key: randomUUID(), created_at: 1, updated_at: 1 },
      })
      .execute();
  const alice = house.somebody();
  const members = async () => {
    const rows = await tables.db.selectFrom('project_members').selectAll().orderBy('project_id').execute();
    return rows.map(({ project_id, role, given_by }) => `${project_id} ${role} ${given_by}`);
  };
  const signInWith = async (groups: string[]) => {
    house.provider.account = { ...house.provider.account, groups };
    await alice.signOut();
    await alice.signIn();
  };
  await signInWith(['kitchen', 'guests', 'choir']);
  assert.deepEqual(await members(), ['SHOP null group', 'WEB 20 group']);
  assert.ok(house.workspace.log.some((line) => line.includes('GONE')));
  await signInWith(['guests']);
  assert.deepEqual(await members(), ['SHOP null group', 'WEB 5 group']);
  await tables.db.updateTable('project_members').set({ given_by: 'person' }).where('project_id', '=', 'SHOP').execute();
  await signInWith([]);
  assert.deepEqual(await members(), ['SHOP null person']);
});

test('a page that was opened at another address than the workspace’s says so, and names the variable', async (t) => {
  const house = await openHouse(t);
  const { port } = new URL(house.workspace.url);
  const seen = await house.somebody().visit(`http://elsewhere.localhost:${port}/auth/login`);
  assert.match(seen.text, /LEAN_APP_URL/);
  assert.match(seen.text, new RegExp(`http://elsewhere.localhost:${port}`));
  const right = await house.somebody().visit(`${house.workspace.url}/auth/login`);
  assert.doesNotMatch(right.text, /LEAN_APP_URL/);
  const behindProxy = await house
    .somebody()
    .visit(`${house.workspace.url}/auth/login`, { headers: { 'x-forwarded-proto': 'https' } });
  assert.match(behindProxy.text, /X-Forwarded-Proto/);
});

test('somebody whose account was closed is told so at the door, and their old session is over', async (t) => {
  const house = await openHouse(t);
  await using tables = await openTables(house);
  const alice = house.somebody();
  await alice.signIn();
  await tables.db.updateTable('people').set({ deactivated_at: 1 }).execute();
  assert.equal(await alice.whoAmI(), undefined);
  const seen = await alice.signIn();
  assert.match(seen.text, /class="reference">deactivated</);
});
