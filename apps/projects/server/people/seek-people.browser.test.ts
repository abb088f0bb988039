/** Pickers of people in a company of three thousand: whoever is in no list is found by letters of their name. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { intercept } from '@gatehouse/testing/network.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import { addTo, openHouse, saved, startOwnProject } from '../api/house.testing.ts';

const skip = needs('chromium');
const many = 3_000;
const rowsAtOnce = 200;

type House = Awaited<ReturnType<typeof openHouse>>;

/** Named so that of every list they are the first; Zora Last is in none. */
async function openCompany(width = 1280) {
  const house = await openHouse();
  const alice = await house.addPerson('Alice Example', 40);
  const { kysely } = house.database;
  const known = await kysely.selectFrom('people').selectAll().where('id', '=', alice.id).executeTakeFirstOrThrow();
  const rows = Array.from({ length: many }, (_, index) => ({
    ...known,
    ...{ id: `person-${index}`, name: `Aaron ${index}`, email: `person-${index}@example.com` },
    ...{ issuer: null, subject: null },
  }));
  for (let from = 0; from < many; from += rowsAtOnce)
    await kysely
      .insertInto('people')
      .values(rows.slice(from, from + rowsAtOnce))
      .execute();
  await house.addPerson('Zora Last', 20);
  const page = await house.visit(alice, '/', width);
  await startOwnProject(page);
  await kysely.updateTable('projects').set({ visibility: 'all' }).execute();
  await addTo(page, 'New', 'Water the plants');
  return { house, page };
}

test('a to-do is given by keys to somebody whom no list holds, and whoever has it stands first', { skip }, async () => {
  const { house, page } = await openCompany();
  await using _ = house;
  await page.goto(new URL('/p/ALI/t/1', page.url()).href);
  const asked: string[] = [];
  page.on('request', (request) => request.url().includes('/people?') && asked.push(new URL(request.url()).search));
  const given = page.getByRole('button', { name: /^Given to/ });
  await given.press('Enter');
  const field = page.getByRole('searchbox', { name: 'Type a name' });
  await field.and(page.locator(':focus')).waitFor();
  await page.getByText('Not everybody is listed.').waitFor();
  await page.keyboard.type('zo', { delay: 20 });
  await page.getByRole('menuitemcheckbox', { name: 'Zora Last' }).waitFor();
  // A slow hand may have been asked for after its first letter already.
  await becomes(async () => asked.at(-1), '?name=zo');
  await assertAccessible(page);
  await page.keyboard.press('ArrowDown');
  await saved(page, () => page.keyboard.press('Enter'));
  await given.filter({ hasText: 'Zora Last' }).waitFor();
  await given.click();
  await page.getByRole('menuitemcheckbox').first().filter({ hasText: 'Zora Last' }).waitFor();
  await page.keyboard.type('nobody of them');
  await page.getByText('Nobody of that name.').waitFor();
  assert.deepEqual(house.complaints, []);
});

test('somebody whom no list holds becomes a member', { skip }, async () => {
  const { house, page } = await openCompany();
  await using _ = house;
  await page.goto(new URL('/p/ALI/settings', page.url()).href);
  await page.getByRole('button', { name: 'Add somebody' }).first().click();
  await page.getByRole('searchbox', { name: 'Type a name' }).fill('last');
  await saved(page, () => page.getByRole('menuitemradio', { name: 'Zora Last' }).click());
  await page.getByRole('region', { name: 'Members' }).getByText('Zora Last').first().waitFor();
  assert.deepEqual(house.complaints, []);
});

test('somebody whom no list holds is named in a comment and in a line', { skip }, async () => {
  const { house, page } = await openCompany();
  await using _ = house;
  await page.goto(new URL('/p/ALI/t/1', page.url()).href);
  await page.getByRole('textbox', { name: 'New comment' }).click();
  await page.keyboard.type('Ask @zor');
  await page.getByRole('option', { name: 'Zora Last' }).waitFor();
  await page.keyboard.press('Enter');
  await saved(page, () => page.keyboard.press('Control+Enter'));
  await page.locator('.comment', { hasText: '@Zora Last' }).waitFor();
  await page.goto(new URL('/p/ALI/board', page.url()).href);
  await page.getByRole('button', { name: 'Add to New' }).click();
  await page.getByRole('textbox', { name: 'New to-do in New' }).pressSequentially('Call the baker @zor');
  await page.getByRole('option', { name: 'Zora Last' }).click();
  await saved(page, () => page.keyboard.press('Enter'));
  await page.locator('.card', { hasText: 'Call the baker' }).waitFor();
  const given = await house.database.kysely.selectFrom('to_do_assignees').select('person_id').execute();
  assert.deepEqual(
    given.map(({ person_id }) => person_id),
    ['zora'],
  );
  assert.deepEqual(house.complaints, []);
});

async function letAllIn(house: House): Promise<void> {
  const { kysely } = house.database;
  const { id: project_id } = await kysely.selectFrom('projects').select('id').executeTakeFirstOrThrow();
  const people = await kysely.selectFrom('people').select('id').where('id', '!=', 'alice').execute();
  const rows = people.map(({ id: person_id }) => ({ project_id, person_id, role: null, created_at: 1 }));
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await kysely
      .insertInto('project_members')
      .values(rows.slice(from, from + rowsAtOnce))
      .execute();
}

test('in a project of three thousand members each is found, given a role, and shown with what they may do', {
  skip,
}, async () => {
  const { house, page } = await openCompany(360);
  await using _ = house;
  await letAllIn(house);
  await page.goto(new URL('/p/ALI/people', page.url()).href);
  await page.getByText('Not everybody is listed.').waitFor();
  assert.equal(await page.getByText('Zora Last').count(), 0);
  await page.getByRole('searchbox', { name: 'Search people' }).fill('zor');
  await page.locator('.person', { hasText: 'Zora Last' }).getByText('Member, with the role they have').waitFor();
  await becomes(() => page.locator('.person').count(), 1);
  await page.getByRole('searchbox', { name: 'Search people' }).fill('nobody of them');
  await page.getByText('Nobody of that name.').waitFor();
  await assertAccessible(page);

  await page.goto(new URL('/p/ALI/settings', page.url()).href);
  const members = page.getByRole('region', { name: 'Members' });
  await members.getByRole('searchbox', { name: 'Search people' }).fill('last');
  await becomes(() => members.locator('.member').count(), 1);
  await members.getByRole('button', { name: 'Role of Zora Last' }).click();
  await saved(page, () => page.getByRole('menuitemradio', { name: 'Commenter' }).click());
  await members.getByRole('button', { name: 'Role of Zora Last' }).getByText('Commenter').waitFor();
  await assertAccessible(page);
  // Offered still, for no list holds her; but whoever is a member keeps their role.
  await members.getByRole('button', { name: 'Add somebody' }).click();
  await page.getByRole('searchbox', { name: 'Type a name' }).fill('last');
  await page.getByRole('menuitemradio', { name: 'Zora Last' }).click();
  await page.getByText('Zora Last is in this project already.').waitFor();
  await members.getByRole('button', { name: 'Role of Zora Last' }).getByText('Commenter').waitFor();
  await saved(page, () => members.getByRole('button', { name: 'Take Zora Last out of the project' }).click());
  await members.getByText('Nobody of that name.').waitFor();
  await members.getByRole('searchbox', { name: 'Search people' }).fill('');
  await members.getByText('Aaron 0', { exact: true }).waitFor();
  assert.deepEqual(house.complaints, []);
});

test('while a name is asked for nothing is said of the one before', { skip }, async () => {
  const { house, page } = await openCompany();
  await using _ = house;
  await letAllIn(house);
  for (const [place, address] of [
    ['people', '**/access?name=zor'],
    ['settings', '**/members?name=zor'],
  ] as const) {
    await page.goto(new URL(`/p/ALI/${place}`, page.url()).href);
    const { promise: isTime, resolve: letAnswer } = Promise.withResolvers<void>();
    await intercept(page, address, (route) => isTime.then(() => route.continue()));
    const field = page.getByRole('searchbox', { name: 'Search people' });
    await field.fill('nobody of them');
    await page.getByText('Nobody of that name.').waitFor();
    const isAsked = page.waitForRequest(address);
    await field.fill('zor');
    await isAsked;
    await page.getByText('Nobody of that name.').waitFor({ state: 'detached' });
    letAnswer();
    await page.getByRole('main').getByText('Zora Last').first().waitFor();
  }
  assert.deepEqual(house.complaints, []);
});

test('marks do not matter where people are looked for: in a pick, a comment and a line', {
  skip,
}, async () => {
  const { house, page } = await openCompany();
  await using _ = house;
  await house.addPerson('José Zúñiga', 20);
  await house.database.kysely.updateTable('people').set({ id: 'jose' }).where('id', '=', 'josé').execute();
  await page.goto(new URL('/p/ALI/t/1', page.url()).href);
  await page.getByRole('button', { name: /^Given to/ }).click();
  await page.getByRole('searchbox', { name: 'Type a name' }).fill('jose');
  await page.getByRole('menuitemcheckbox', { name: 'José Zúñiga' }).waitFor();
  await page.getByRole('searchbox', { name: 'Type a name' }).fill('zuni');
  await page.getByRole('menuitemcheckbox', { name: 'José Zúñiga' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'New comment' }).click();
  await page.keyboard.type('Ask @jose');
  await page.getByRole('option', { name: 'José Zúñiga' }).waitFor();
  await page.keyboard.press('Enter');
  await saved(page, () => page.keyboard.press('Control+Enter'));
  await page.locator('.comment', { hasText: '@José Zúñiga' }).waitFor();
  await page.goto(new URL('/p/ALI/board', page.url()).href);
  await page.getByRole('button', { name: 'Add to New' }).click();
  await page.getByRole('textbox', { name: 'New to-do in New' }).pressSequentially('Call the baker @jose');
  await page.getByRole('option', { name: 'José Zúñiga' }).waitFor();
  assert.deepEqual(house.complaints, []);
});
