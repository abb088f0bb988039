/**
 * A workspace with as much in it as wanted, on SQLite or on a PostgreSQL server of its own, and people who are signed in: its
 * database is filled and their sessions are begun before the process starts, by the application's own code. No provider is
 * asked.
 */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DatabaseLocation, type Dialect, openDatabase, unhurried } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { openVolatile } from '@gatehouse/storage/volatile/open-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { type Child, startChild } from '@gatehouse/testing/child.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { startPostgres } from '@gatehouse/testing/postgres.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { Hono } from 'hono';
import { sql } from 'kysely';
import type { Tables } from '../apps/projects/server/api/workspace.ts';
import { openSessions } from '../apps/projects/server/session/session.ts';
import {
  frameMigrations,
  frameNamespace,
  workspaceMigrations,
  workspaceNamespace,
} from '../apps/projects/server/storage/migrations.ts';
import { fillPeople, inBatches, issuer } from './workspace-people.ts';
import { dayPlanRows } from './workspace-plans.ts';
import { fillProject } from './workspace-project.ts';
import type { Placed } from './workspace-shape.ts';
import { notificationRows } from './workspace-talk.ts';

const main = fileURLToPath(new URL('../apps/projects/projects.js', import.meta.url));
const seed = fileURLToPath(new URL('../tests/seed/leantime.env', import.meta.url));
const sessionPassword = 'a session password of a benchmark';

export type WorkspaceSize = { readonly people: number; readonly projects: number; readonly toDosEach: number };

export type PreparedWorkspace = {
  readonly origin: string;
  readonly database: DatabaseLocation;
  readonly projectKeys: readonly string[];
  /** `Cookie` headers, one a person. */
  readonly cookies: readonly string[];
  start(): Promise<Child>;
  remove(): Promise<void>;
};

/** Names under `localhost`, so that a browser takes the cookie without https. */
export async function prepareWorkspace(size: WorkspaceSize, dialect: Dialect = 'sqlite'): Promise<PreparedWorkspace> {
  const folder = temporaryFolder('bench');
  copyFileSync(seed, join(folder.path, '.env'));
  const port = await freePort();
  const { location, environment, stop } = await openPlace(dialect, join(folder.path, 'projects.sqlite3'));
  const { projectKeys, cookies } = await fill(location, size);
  return {
    origin: `http://projects.localhost:${port}`,
    database: location,
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
          ...environment,
          HOST: '127.0.0.1',
          PORT: String(port),
        },
        ready: { port },
        // The first start may build the client.
        readyMsMax: 120_000,
      }),
    async remove() {
      await stop();
      await folder.remove();
    },
  };
}

type Place = {
  readonly location: DatabaseLocation;
  /** As the workspace is told of it. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
};

/** PostgreSQL with `fsync` and its own housekeeping, as in earnest. */
async function openPlace(dialect: Dialect, path: string): Promise<Place> {
  if (dialect === 'sqlite')
    return {
      location: { dialect, path },
      environment: { LEAN_DB_DEFAULT_CONNECTION: 'sqlite', LEAN_DB_PATH: path },
      stop: () => Promise.resolve(),
    };
  const server = await startPostgres({ fsync: true });
  const { host, port, database, schema, username, password } = server;
  return {
    location: { dialect, host, port, database, schema, username, password },
    environment: {
      LEAN_DB_DEFAULT_CONNECTION: 'pgsql',
      LEAN_DB_HOST: host,
      LEAN_DB_PORT: String(port),
      LEAN_DB_DATABASE: database,
      LEAN_DB_USER: username,
      LEAN_DB_PASSWORD: password,
    },
    stop: () => server.stop(),
  };
}

async function fill(location: DatabaseLocation, size: WorkspaceSize) {
  const database = await openDatabase<Tables>(unhurried(location));
  await migrate(database, frameNamespace, frameMigrations);
  await migrate(database, workspaceNamespace, workspaceMigrations);
  const people = await fillPeople(database.kysely, size.people);
  const places = Array.from(
    { length: size.projects },
    (_, index): Placed => ({ key: `P${String(index).padStart(3, '0')}`, index, people, toDos: size.toDosEach }),
  );
  for (const place of places) await database.kysely.transaction().execute((trx) => fillProject(trx, place));
  await database.kysely.transaction().execute(async (trx) => {
    for (const rows of inBatches(people.flatMap((id, nth) => notificationRows(id, nth, places))))
      await trx.insertInto('notifications').values(rows).execute();
    for (const rows of inBatches(people.flatMap((id, nth) => dayPlanRows(id, nth, places))))
      await trx.insertInto('day_plan').values(rows).execute();
  });
  // What a server does by itself within minutes; SQLite keeps no such figures.
  if (location.dialect === 'postgres') await sql`vacuum analyze`.execute(database.kysely);
  await database.close();
  return { projectKeys: places.map(({ key }) => key), cookies: await beginSessions(location, people) };
}

/** The application's own sessions, in the store the process will open. */
async function beginSessions(location: DatabaseLocation, people: readonly string[]): Promise<string[]> {
  const volatile = await openVolatile(location, Date.now);
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
