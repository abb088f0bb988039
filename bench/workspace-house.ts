/**
 * A workspace with as much in it as wanted, and people who are signed in: its database is filled and their sessions are begun
 * before the process starts, by the application's own code. No provider is asked.
 */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { openVolatile } from '@gatehouse/storage/volatile/open-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { type Child, startChild } from '@gatehouse/testing/child.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { generateNKeysBetween } from 'fractional-indexing';
import { Hono } from 'hono';
import type { Tables } from '../apps/projects/server/api/workspace.ts';
import { defaultStatuses } from '../apps/projects/server/projects/schema.ts';
import { openSessions } from '../apps/projects/server/session/session.ts';
import {
  frameMigrations,
  frameNamespace,
  workspaceMigrations,
  workspaceNamespace,
} from '../apps/projects/server/storage/migrations.ts';
import { priorities } from '../apps/projects/wire/to-do.ts';

const main = fileURLToPath(new URL('../apps/projects/projects.js', import.meta.url));
const seed = fileURLToPath(new URL('../tests/seed/leantime.env', import.meta.url));
const sessionPassword = 'a session password of a benchmark';
const issuer = 'https://auth.example.com';
const beganAtMs = Date.UTC(2026, 0, 5);

export type WorkspaceSize = { readonly people: number; readonly projects: number; readonly toDosEach: number };

export type PreparedWorkspace = {
  readonly origin: string;
  readonly projectKeys: readonly string[];
  /** `Cookie` headers, one a person. */
  readonly cookies: readonly string[];
  start(): Promise<Child>;
  remove(): Promise<void>;
};

/** Names under `localhost`, so that a browser takes the cookie without https. */
export async function prepareWorkspace(size: WorkspaceSize): Promise<PreparedWorkspace> {
  const folder = temporaryFolder('bench');
  copyFileSync(seed, join(folder.path, '.env'));
  const port = await freePort();
  const path = join(folder.path, 'projects.sqlite3');
  const { projectKeys, cookies } = await fill(path, size);
  return {
    origin: `http://projects.localhost:${port}`,
    projectKeys,
    cookies,
    start: () =>
      startChild({
        name: 'projects',
        command: process.execPath,
        arguments: [main],
        folder: folder.path,
        environment: {
          LEAN_APP_URL: `http://projects.localhost:${port}`,
          LEAN_OIDC_PROVIDER_URL: issuer,
          LEAN_SESSION_PASSWORD: sessionPassword,
          LEAN_DB_DEFAULT_CONNECTION: 'sqlite',
          LEAN_DB_PATH: path,
          HOST: '127.0.0.1',
          PORT: String(port),
        },
        ready: { port },
        // The first start may build the client.
        readyMsMax: 120_000,
      }),
    remove: () => folder.remove(),
  };
}

async function fill(path: string, size: WorkspaceSize) {
  const database = await openDatabase<Tables>({ dialect: 'sqlite', path });
  await migrate(database, frameNamespace, frameMigrations);
  await migrate(database, workspaceNamespace, workspaceMigrations);
  const people = Array.from({ length: size.people }, (_, index) => `person-${index}`);
  await database.kysely
    .insertInto('people')
    .values(
      people.map((id, index) => ({
        id,
        issuer,
        subject: id,
        name: `Person ${index}`,
        email: `${id}@example.com`,
        role: 20 as const,
        first_name: '',
        last_name: '',
        phone: '',
        job_title: '',
        job_level: '',
        department: '',
        created_at: beganAtMs,
        last_sign_in_at: null,
        client_id: null,
        deactivated_at: null,
      })),
    )
    .execute();
  const projectKeys: string[] = [];
  for (let index = 0; index < size.projects; index++) {
    const key = `P${String(index).padStart(3, '0')}`;
    projectKeys.push(key);
    await fillProject(database.kysely, key, people, size.toDosEach);
  }
  await database.close();
  return { projectKeys, cookies: await beginSessions(path, people) };
}

async function fillProject(
  db: Awaited<ReturnType<typeof openDatabase<Tables>>>['kysely'],
  key: string,
  people: readonly string[],
  count: number,
): Promise<void> {
  const [first = ''] = people;
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('projects')
      .values({
        id: key,
        key,
        name: `Project ${key}`,
        description: '',
        state: 'open',
        visibility: 'all',
        client_id: null,
        starts_on: null,
        ends_on: null,
        next_number: count + 1,
        version: 1,
        created_by: first,
        creation_key: `creation-of-${key}`,
        created_at: beganAtMs,
        updated_at: beganAtMs,
      })
      .execute();
    const statuses = defaultStatuses.map((status, position) => ({
      id: `${key}-${position}`,
      project_id: key,
      name: status.name,
      report_type: status.reportType,
      tone: status.tone,
      position,
      wip_limit: null,
      on_board: 1 as const,
    }));
    await trx.insertInto('project_statuses').values(statuses).execute();
    const ranks = generateNKeysBetween(null, null, count);
    for (let start = 0; start < count; start += 500) {
      const numbers = Array.from({ length: Math.min(500, count - start) }, (_, index) => start + index + 1);
      await trx
        .insertInto('to_dos')
        .values(numbers.map((number) => toDoRow(key, number, ranks[number - 1] ?? '', first)))
        .execute();
      await trx
        .insertInto('to_do_assignees')
        .values(
          numbers.map((number) => ({
            to_do_id: `${key}-${number}`,
            person_id: people[number % people.length] ?? first,
          })),
        )
        .execute();
    }
  });
}

/** Half of them done, as in any project that has run for a while; the rest spread over the columns. */
function toDoRow(key: string, number: number, rank: string, author: string): Tables['to_dos'] {
  const column = number % 2 === 0 ? defaultStatuses.length - 1 : number % (defaultStatuses.length - 1);
  return {
    id: `${key}-${number}`,
    project_id: key,
    number,
    title: `${titles[number % titles.length]} ${number}`,
    description: 'What has to be done, and why, in a sentence or two that somebody wrote in a hurry.',
    status_id: `${key}-${column}`,
    due_on: number % 3 === 0 ? `2026-${String((number % 12) + 1).padStart(2, '0')}-15` : null,
    priority: priorities[number % 9] ?? null,
    rank,
    version: 1,
    created_by: author,
    creation_key: `creation-of-${key}-${number}`,
    created_at: beganAtMs,
    updated_at: beganAtMs,
    completed_at: number % 2 === 0 ? beganAtMs + number : null,
    type: 'task',
    effort: null,
    milestone_id: null,
    sprint_id: null,
    parent_id: null,
    work_start_on: null,
    work_end_on: null,
    planned_hours: null,
    remaining_hours: null,
    description_doc: null,
    deleted_at: null,
    deleted_by: null,
  };
}

const titles = [
  'Print the name cards',
  'Ask three caterers',
  'Fold the invitations',
  'Water the plants',
  'Call the mill',
];

/** The application's own sessions, in the store the process will open. */
async function beginSessions(path: string, people: readonly string[]): Promise<string[]> {
  const volatile = await openVolatile({ dialect: 'sqlite', path }, Date.now);
  const store = sealedVolatile(volatile, openSealer(sessionPassword));
  const sessions = openSessions({ store, nowMs: Date.now, minutes: 480, secure: false });
  const app = new Hono().get('/:subject', async (c) => {
    const subject = c.req.param('subject');
    await sessions.begin(c, { personId: subject, issuer, subject, idToken: null });
    return c.body(null);
  });
  const cookies: string[] = [];
  for (const subject of people) {
    const answer = await app.request(`/${subject}`);
    cookies.push((answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '');
  }
  await volatile.close();
  return cookies;
}
