/**
 * The workspace for tests: the real app over a real database, with people who are signed in by a cookie that names them.
 * Only the sign-in is left out; it has tests of its own.
 */
import { randomUUID } from 'node:crypto';
import { openAnnouncements } from '@gatehouse/storage/announcements.ts';
import { type Database, type DatabaseLocation, openDatabase } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import { startPostgres } from '@gatehouse/testing/postgres.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { requireSameOrigin } from '@gatehouse/web/same-origin.ts';
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import type { AccessAnswer } from '../../wire/access.ts';
import type { ClientAnswer, ClientRefsAnswer, ClientsAnswer } from '../../wire/client.ts';
import type { CommentAnswer, CommentsAnswer } from '../../wire/comment.ts';
import type { FileAnswer, FilesAnswer } from '../../wire/file.ts';
import type { GoalAnswer, GoalsAnswer, GoalValuesAnswer } from '../../wire/goal.ts';
import type { Me } from '../../wire/me.ts';
import type { MilestoneAnswer, TimelineAnswer } from '../../wire/milestone.ts';
import type { NotificationSettingsAnswer, NotificationsAnswer } from '../../wire/notification.ts';
import type { OverviewAnswer, StatusUpdateAnswer } from '../../wire/overview.ts';
import type { ManagedPeopleAnswer, ManagedPersonAnswer, ProfileAnswer } from '../../wire/people.ts';
import type { ProblemBody } from '../../wire/problem.ts';
import type { PeopleAnswer, ProjectAnswer, ProjectsAnswer, StatusesAnswer } from '../../wire/project.ts';
import type { RoleNumber } from '../../wire/roles.ts';
import type { SearchAnswer } from '../../wire/search.ts';
import type { BurndownAnswer, PlanToDosAnswer, SprintCardsAnswer, SprintsAnswer } from '../../wire/sprint.ts';
import type { TagsAnswer } from '../../wire/tag.ts';
import type {
  BoardAnswer,
  CardAnswer,
  Changed,
  ChangeSeveralAnswer,
  MoreCardsAnswer,
  MovedTo,
  MyWorkAnswer,
  ToDoAnswer,
  TrashAnswer,
} from '../../wire/to-do.ts';
import type { CalendarFeedAnswer, NewTokenAnswer, TokensAnswer } from '../../wire/token.ts';
import { type App, createApp } from '../app.ts';
import { calendarFeature } from '../calendar/routes.ts';
import { type ClientAssets, mountClient } from '../client-assets.ts';
import { openFiles } from '../files/files.ts';
import { folderStore } from '../files/folder-store.ts';
import { sessionsWord } from '../live/hub.ts';
import { type Live, type LiveOptions, openLive } from '../live/live.ts';
import { liveFeature } from '../live/routes.ts';
import { countUnread } from '../notifications/queries.ts';
import { startWorker, type Worker } from '../notifications/worker.ts';
import { openApiFeature } from '../openapi/routes.ts';
import type { Person, PersonTables } from '../people/person.ts';
import { findPerson } from '../people/settle.ts';
import { frameMigrations, frameNamespace, workspaceMigrations, workspaceNamespace } from '../storage/migrations.ts';
import { type BearerOptions, readBearer, unlessBearer } from '../tokens/bearer.ts';
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
  /** What the features share, for what a test sets off by itself. */
  readonly parts: Workspace;
  /** Makes a person with that role; the id is the name in small letters. */
  addPerson(name: string, role: RoleNumber): Promise<Person>;
  /** As if a session of theirs had ended. */
  signOut(person: Person): Promise<void>;
  /** Asks the API as that person. */
  ask(person: Person, method: string, path: string, body?: unknown): Promise<Answer>;
};

type PlanningAnswers = MilestoneAnswer &
  TimelineAnswer &
  SprintsAnswer &
  SprintCardsAnswer &
  BurndownAnswer &
  PlanToDosAnswer &
  GoalAnswer &
  GoalsAnswer &
  GoalValuesAnswer &
  OverviewAnswer &
  StatusUpdateAnswer;

/** What any answer of the API may hold; a test says by its asserts what it expects. */
export type AnswerBody = Partial<
  Me &
    ProjectsAnswer &
    ProjectAnswer &
    PeopleAnswer &
    StatusesAnswer &
    ClientAnswer &
    ClientsAnswer &
    ClientRefsAnswer &
    ManagedPeopleAnswer &
    ManagedPersonAnswer &
    ProfileAnswer &
    AccessAnswer &
    BoardAnswer &
    MoreCardsAnswer &
    CardAnswer &
    ToDoAnswer &
    Changed &
    ChangeSeveralAnswer &
    TagsAnswer &
    TrashAnswer &
    MovedTo &
    CommentsAnswer &
    CommentAnswer &
    FilesAnswer &
    FileAnswer &
    MyWorkAnswer &
    SearchAnswer &
    PlanningAnswers &
    NotificationsAnswer &
    TokensAnswer &
    NewTokenAnswer &
    CalendarFeedAnswer &
    NotificationSettingsAnswer &
    ProblemBody
>;
export type Answer = { readonly status: number; readonly body: AnswerBody };

export type TestOptions = {
  readonly origin?: string;
  readonly client?: ClientAssets;
  readonly now?: () => number;
  readonly live?: Partial<LiveOptions>;
  readonly bearer?: BearerOptions;
};

export async function openTestWorkspace(engine: Engine, options: TestOptions = {}): Promise<TestWorkspace> {
  await using opened = new AsyncDisposableStack();
  const location = await locate(engine, opened);
  const database = await openDatabase<Tables>(location);
  opened.defer(() => database.close());
  await migrate(database, frameNamespace, frameMigrations);
  await migrate(database, workspaceNamespace, workspaceMigrations);
  const announcements = await openAnnouncements(location, database, changesChannel);
  opened.defer(() => announcements.close());
  const people = new Map<string, Person>();
  const now = options.now ?? Date.now;
  const folder = opened.use(temporaryFolder('files'));
  const files = openFiles({
    store: folderStore(folder.path),
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
    mailWorks: false,
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
  const live = openLive(workspace, log, { countUnread: (ids) => countUnread(database.kysely, ids), ...options.live });
  opened.defer(() => live.close());
  const worker = startWorker(workspace, log);
  opened.defer(() => worker.stop());
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
    isHealthy: async () => true,
    onFailure: (error) => {
      throw error;
    },
    onMissing: (c) => c.text('nothing here', 404),
    features: [
      liveFeature(live, identify),
      calendarFeature(workspace),
      openApiFeature(workspace),
      (app) => app.route('/api/v1', workspaceApi(workspace, log)),
      (app) => options.client && mountClient(app, options.client),
    ],
  });
  const everything = opened.move();
  return {
    app,
    database,
    live,
    worker,
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

async function locate(engine: Engine, opened: AsyncDisposableStack): Promise<DatabaseLocation> {
  if (engine === 'SQLite') return { dialect: 'sqlite', path: ':memory:' };
  const { host, port, database, schema, username, password } = opened.use(await startPostgres());
  return { dialect: 'postgres', host, port, database, schema, username, password };
}
