/**
 * People beside the one who is seeded: they are put into the database, for a house has as many as sign in, and what they do
 * they do through the API with a token of their own. Gives the workspace companies, files and a webhook, too.
 */
import { createHash } from 'node:crypto';
import { openDatabase } from '@gatehouse/storage/database.ts';
import type { Page } from 'playwright-core';
import { workspace } from '../start/first-run.ts';
import { call, dayFromToday } from './sample-work.ts';

const team = [
  { id: 'ana', name: 'Ana Beck', role: 30, job: 'Head of events' },
  { id: 'boris', name: 'Boris Lind', role: 20, job: 'Kitchen' },
  { id: 'chiara', name: 'Chiara Novak', role: 20, job: 'Design' },
  { id: 'dilan', name: 'Dilan Aydin', role: 10, job: 'Music' },
  { id: 'eva', name: 'Eva Moreau', role: 5, job: 'Manager of the hall' },
] as const;
type Mate = (typeof team)[number]['id'];

const tokenOf = (id: string): string => `token-of-${id}-for-the-pictures`;

type Rows = {
  people: Record<string, string | number | null>;
  access_tokens: Record<string, string | number | null>;
};

/** Who they are. `path`: the workspace's SQLite file. */
export async function addTeam(path: string): Promise<void> {
  const database = await openDatabase<Rows>({ dialect: 'sqlite', path });
  const at = Date.now() - 40 * 86_400_000;
  try {
    for (const { id, name, role, job } of team) {
      const [first_name = '', last_name = ''] = name.split(' ');
      const told = { email: `${id}@example.com`, phone: '', job_title: job, job_level: '', department: '' };
      await database.kysely
        .insertInto('people')
        .values({
          ...{ id, name, role, first_name, last_name, ...told },
          ...{ issuer: 'http://auth.localhost:9091', subject: id, created_at: at, last_sign_in_at: Date.now() },
        })
        .execute();
      const token = tokenOf(id);
      await database.kysely
        .insertInto('access_tokens')
        .values({
          ...{ id: `token-${id}`, person_id: id, name: 'Pictures', hint: token.slice(-4) },
          ...{ digest: createHash('sha256').update(token).digest('hex'), scopes: '["read","write","manage"]' },
          ...{ created_at: at, expires_at: null, last_used_at: null },
        })
        .execute();
    }
  } finally {
    await database.close();
  }
}

/** What they do in the sample project, and what is set up around it by whoever is signed in. */
export async function addTeamwork(page: Page, key: string): Promise<void> {
  const at = `/projects/${key}`;
  const { person } = (await call(page, 'GET', '/me')) as { person: { id: string; name: string } };
  const as = (id: Mate, method: string, path: string, body: object): Promise<unknown> =>
    call(page, method, path, body, tokenOf(id));
  const newKey = (): { creationKey: string } => ({ creationKey: crypto.randomUUID() });

  await addCompanies(page);
  for (const { id } of team) await call(page, 'PUT', `${at}/members/${id}`, { role: id === 'chiara' ? 30 : null });
  for (const [number, ...assigneeIds] of [
    [2, person.id, 'boris'],
    [4, 'dilan', 'chiara'],
    [7, 'ana'],
    [9, 'ana'],
  ] as const)
    await edit(page, at, number, { assigneeIds });

  const webhook = { url: 'https://chat.example.com/hooks/party', kinds: ['toDo.created', 'toDo.changed'] };
  await call(page, 'POST', `${at}/webhooks`, { ...newKey(), ...webhook });
  await as('ana', 'POST', `${at}/to-dos/3/comments`, {
    ...newKey(),
    body: mention(person, 'the hall is free on Saturday. Shall I sign?'),
  });
  await as('chiara', 'POST', `${at}/to-dos/1/comments`, { ...newKey(), body: 'A first draft is in the files.' });
  await as('dilan', 'POST', `${at}/to-dos/4/comments`, {
    ...newKey(),
    body: 'Two friends of mine would play for cake.',
  });
  await as('boris', 'POST', `${at}/to-dos`, {
    ...newKey(),
    title: 'Bring the long tables',
    assigneeIds: [person.id],
    dueOn: dayFromToday(4),
  });
  for (const [number, name, text] of [
    [1, 'invitation.txt', 'Come as you are.'],
    [4, 'songs.txt', 'Twelve songs.'],
    [2, 'trays.csv', 'what,how many'],
  ] as const)
    await upload('chiara', `${at}/to-dos/${number}/files`, name, text);
  await call(page, 'POST', `${at}/views`, {
    ...newKey(),
    name: 'What is late',
    page: 'list',
    query: 'due=overdue',
    isShared: true,
  });
  await call(page, 'POST', `${at}/views`, {
    ...newKey(),
    name: 'Mine, by priority',
    page: 'board',
    query: `who=${person.id}&group=priority`,
    isShared: false,
  });
  for (const [number, startMinute, minutes] of [
    [1, 9 * 60, 90],
    [2, 11 * 60, 45],
  ] as const)
    await call(page, 'POST', '/me/day-plan', {
      ...newKey(),
      projectKey: key,
      number,
      day: dayFromToday(0),
      startMinute,
      minutes,
    });
}

async function addCompanies(page: Page): Promise<void> {
  const ids: string[] = [];
  for (const name of ['Riverside Hall', 'Lindner Bakery']) {
    const made = (await call(page, 'POST', '/clients', { creationKey: crypto.randomUUID(), name })) as {
      client: { id: string };
    };
    ids.push(made.client.id);
  }
  await call(page, 'PATCH', '/people/eva', { clientId: ids[0] });
}

async function edit(page: Page, at: string, number: number, change: object): Promise<void> {
  const { toDo } = (await call(page, 'GET', `${at}/to-dos/${number}`)) as { toDo: { version: number } };
  await call(page, 'PATCH', `${at}/to-dos/${number}`, { version: toDo.version, ...change });
}

function mention({ id, name }: { id: string; name: string }, text: string): object {
  const content = [
    { type: 'mention', attrs: { id, label: name } },
    { type: 'text', text: ` ${text}` },
  ];
  return { type: 'doc', content: [{ type: 'paragraph', content }] };
}

async function upload(id: Mate, path: string, name: string, text: string): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${workspace.port}/api/v1${path}`, {
    method: 'POST',
    headers: {
      ...{ authorization: `Bearer ${tokenOf(id)}`, 'content-type': 'application/octet-stream' },
      ...{ 'x-file-name': name, 'x-creation-key': crypto.randomUUID() },
    },
    body: text,
  });
  if (!answer.ok) throw new Error(`${name} was not taken: ${answer.status}`);
}
