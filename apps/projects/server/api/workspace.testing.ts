/**
 * The workspace for tests: the real app over a real database, with people who are signed in by a cookie that names them.
 * Only the sign-in is left out; it has tests of its own.
 */
import { randomUUID } from 'node:crypto';
import { openAnnouncements } from '@gatehouse/storage/announcements.ts';
import { type Database, type DatabaseLocation, openDatabase } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { requireSameOrigin } from '@gatehouse/web/same-origin.ts';
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import type { RoleNumber } from '../../wire/roles.ts';
import { type App, createApp } from '../app.ts';
import { calendarFeature } from '../calendar/routes.ts';
import { type ClientAssets, mountClient } from '../client-assets.ts';
import { openFiles } from '../files/files.ts';
import { folderStore } from '../files/folder-store.ts';
import { openHealth } from '../health/health.ts';
import { partsOf } from '../health/parts.ts';
import { healthFeature } from '../health/routes.ts';
import { sessionsWord } from '../live/hub.ts';
import { type Live, type LiveOptions, openLive } from '../live/live.ts';
import { liveFeature } from '../live/routes.ts';
import { commentLinksFeature } from '../mail/comment-links.ts';
import { countUnread } from '../notifications/queries.ts';
import { startWorker, type Worker } from '../notifications/worker.ts';
import { oldAddressesFeature } from '../old-addresses.ts';
import { openApiFeature } from '../openapi/routes.ts';
import type { Person, PersonTables } from '../people/person.ts';
import { findPerson } from '../people/settle.ts';
import { attributesOf, carriedLooks, looksFor } from '../preferences/looks.ts';
import { loadAssets } from '../sign-in/assets.ts';
import type { Look } from '../sign-in/pages.ts';
import { frameMigrations, frameNamespace, workspaceMigrations, workspaceNamespace } from '../storage/migrations.ts';
import { migratedPostgres } from '../storage/postgres.testing.ts';
import { openProgress } from '../to-dos/progress.ts';
import { type BearerOptions, readBearer, unlessBearer } from '../tokens/bearer.ts';
import { languageOf } from '../words/language-of.ts';
import { sayingIn } from '../words/say-of.ts';
import type { AnswerBody } from './answer-body.testing.ts';
import { workspaceApi } from './api.ts';
import { answerRefusal } from './json.ts';
import { foreignOrigin } from './refusal.ts';
import { changesChannel, type Tables, type Workspace } from './workspace.ts';

export const ownOrigin = 'http://projects.localhost';

export type Engine = 'SQLite' | 'PostgreSQL';

export type TestWorkspace = AsyncDisposable & {
  readonly app: App;
  readonly database: Database<Tables>;
  readonly live: Live;
  readonly worker: Worker;
  /** Where the bytes of files are. */
  readonly filesFolder: string;
  /** What the features share, for what a test sets off by itself. */
  readonly parts: Workspace;
  /** Makes a person with that role; the id is the name in small letters. */
  addPerson(name: string, role: RoleNumber): Promise<Person>;
  /** As if a session of theirs had ended. */
  signOut(person: Person): Promise<void>;
  /** Asks the API as that person. */
  ask(person: Person, method: string, path: string, body?: unknown): Promise<Answer>;
};

export type Answer = { readonly status: number; readonly body: AnswerBody };

export type TestOptions = {
  readonly origin?: string;
  readonly client?: ClientAssets;
  readonly now?: () => number;
  readonly live?: Partial<LiveOptions>;
  readonly bearer?: BearerOptions;
  readonly mailWorks?: boolean;
  readonly mayCallPrivate?: boolean;
  /** Default: an empty database of its own. */
  readonly location?: DatabaseLocation;
  /** Where the bytes of files are; default: a folder of its own. */
  readonly filesFolder?: string;
};

/** Read once: they are the same for every workspace. */
const assets = loadAssets();

export async function openTestWorkspace(engine: Engine, options: TestOptions = {}): Promise<TestWorkspace> {
  await using opened = new AsyncDisposableStack();
  const location: DatabaseLocation =
    options.location ?? (engine === 'SQLite' ? { dialect: 'sqlite', path: ':memory:' } : await migratedPostgres());
  const database = await openDatabase<Tables>(location);
  opened.defer(() => database.close());
  await migrate(database, frameNamespace, frameMigrations);
  await migrate(database, workspaceNamespace, workspaceMigrations);
  const announcements = await openAnnouncements(location, database, changesChannel);
  opened.defer(() => announcements.close());
  const people = new Map<string, Person>();
  const now = options.now ?? Date.now;
  const filesFolder = options.filesFolder ?? opened.use(temporaryFolder('files')).path;
  const files = openFiles({
    store: folderStore(filesFolder),
    fileBytesMax: 1_000_000,
    projectBytesMax: 2_500_000,
    onFailure: (error) => {
      throw error;
    },
  });
  const workspace: Workspace = {
    db: database.kysely,
    dialect: database.dialect,
    siteName: 'Riverside Café',
    appUrl: options.origin ?? ownOrigin,
    announcements,
    files,
    progress: openProgress(database.kysely),
    sealer: openSealer('a key for tests'),
    webhooks: { mayCallPrivate: options.mayCallPrivate ?? false },
    mailWorks: options.mailWorks ?? false,
    now,
    // Without sessions there are none to end: who may not come in is not found.
    endSessions: async () => undefined,
    newId: randomUUID,
  };
  const identify = async (c: Context): Promise<Person | undefined> => {
    const known = people.get(getCookie(c, 'person') ?? '');
    return known && findPerson(database.kysely.withTables<PersonTables>(), known.id);
  };
  const log = openLog({ level: 'error', format: 'text' });
  const lookOf = (c: Context): Look => ({
    siteName: workspace.siteName,
    stylesheet: assets.stylesheet,
    mark: assets.mark,
    say: sayingIn(languageOf(c)),
    attributes: attributesOf(carriedLooks(c)),
  });
  const live = openLive(workspace, log, { countUnread: (ids) => countUnread(database.kysely, ids), ...options.live });
  opened.defer(() => live.close());
  const worker = startWorker(workspace, log);
  opened.defer(() => worker.stop());
  const health = openHealth({ parts: partsOf({ workspace, provider: undefined }), log, now });
  const app = createApp({
    contentSecurityPolicy:
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    sameOrigin: unlessBearer(
      requireSameOrigin({
        ownOrigin: () => options.origin ?? ownOrigin,
        onRefused: (c) => answerRefusal(c, foreignOrigin()),
      }),
    ),
    readPerson: readBearer(
      workspace,
      async (c, next) => {
        const person = await identify(c);
        if (person) c.set('person', person);
        await next();
      },
      options.bearer,
    ),
    refuseNul: (_, next) => next(),
    health: healthFeature(health),
    onFailure: (error) => {
      throw error;
    },
    onMissing: (c) => c.text('nothing here', 404),
    features: [
      liveFeature(live, identify),
      calendarFeature(workspace),
      (app) => options.client && assets.mount(app),
      openApiFeature(workspace, lookOf),
      oldAddressesFeature(workspace),
      commentLinksFeature,
      (app) => app.route('/api/v1', workspaceApi(workspace, log)),
      (app) => options.client && mountClient(app, options.client, looksFor(workspace)),
    ],
  });
  const everything = opened.move();
  return {
    app,
    database,
    live,
    worker,
    filesFolder,
    parts: workspace,
    async addPerson(name, role) {
      const id = name.toLowerCase().split(' ')[0] ?? name;
      const person: Person = { id, displayName: name, email: `${id}@example.com`, role, clientId: null };
      const blank = { first_name: '', last_name: '', phone: '', job_title: '', job_level: '', department: '' };
      const row = { id, name, email: person.email, role, ...blank, issuer: null, subject: null };
      await database.kysely
        .insertInto('people')
        .values({ ...row, created_at: now(), last_sign_in_at: null })
        .execute();
      people.set(id, person);
      return person;
    },
    async signOut(person) {
      people.delete(person.id);
      await announcements.announce(database.kysely.withTables<never>(), sessionsWord);
    },
    async ask(person, method, path, body) {
      const headers = { 'content-type': 'application/json', cookie: `person=${person.id}`, origin: ownOrigin };
      const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
      const response = await app.request(`/api/v1${path}`, init);
      const text = await response.text();
      return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as AnswerBody };
    },
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}
