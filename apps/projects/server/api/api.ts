/**
 * The API of the workspace, to be mounted at `/api/v1` behind what reads the session and refuses foreign origins: who may
 * ask, how much, what they may, then the features. Every answer is JSON, the failures too.
 */
import type { Log } from '@gatehouse/web/log.ts';
import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { every } from 'hono/combine';
import type { Problem, ProblemBody } from '../../wire/problem.ts';
import { accessRoutes } from '../access/routes.ts';
import { clientRoutes } from '../clients/routes.ts';
import { commentRoutes } from '../comments/routes.ts';
import { dayPlanRoutes } from '../day-plan/routes.ts';
import { fileRoutes } from '../files/routes.ts';
import { FileStoreFailed } from '../files/store.ts';
import { goalRoutes } from '../goals/routes.ts';
import { milestoneRoutes } from '../milestones/routes.ts';
import { myWorkRoutes } from '../my-work/routes.ts';
import { notificationRoutes } from '../notifications/routes.ts';
import { overviewRoutes } from '../overview/routes.ts';
import { peopleRoutes } from '../people/routes.ts';
import { preferenceRoutes } from '../preferences/routes.ts';
import { projectRoutes } from '../projects/routes.ts';
import { projectTrashRoutes } from '../projects/trash-routes.ts';
import { routeOf } from '../route-of.ts';
import { savedViewRoutes } from '../saved-views/routes.ts';
import { searchRoutes } from '../search/routes.ts';
import { requirePerson } from '../session/person.ts';
import { sprintRoutes } from '../sprints/routes.ts';
import { statusRoutes } from '../statuses/routes.ts';
import { tagRoutes } from '../tags/routes.ts';
import { toDoRoutes } from '../to-dos/routes.ts';
import { trashRoutes } from '../to-dos/trash-routes.ts';
import { tokenRoutes } from '../tokens/routes.ts';
import { transferRoutes } from '../transfer/routes.ts';
import { webhookRoutes } from '../webhooks/routes.ts';
import { limitAtOnce } from './at-once.ts';
import { compressAnswers } from './compress.ts';
import { enforcePermissions } from './enforce.ts';
import { type ApiEnv, answerRefusal } from './json.ts';
import { refuseNul } from './keepable.ts';
import {
  csvTooLarge,
  filesAway,
  notFound,
  projectTooLarge,
  type Refusal,
  tooLarge,
  tooManyImports,
} from './refusal.ts';
import type { Workspace } from './workspace.ts';

/** The longest description, every character escaped, and the rest beside it. */
const bodyKilobytesMax = 160;
/** A whole CSV file inside JSON; a project with the contents of its files. */
const importKilobytesMax = { csv: 6_000, project: 48_000 };
const projectImportsAtOnce = 2;

export function workspaceApi(workspace: Workspace, log: Log): Hono<ApiEnv> {
  const api = new Hono<ApiEnv>();
  api.use(compressAnswers);
  api.use(requirePerson);
  api.use(refuseNul);
  const limitBody = limitTo(bodyKilobytesMax, tooLarge);
  const limitCsv = limitTo(importKilobytesMax.csv, csvTooLarge);
  const limitProject = every(
    limitAtOnce(projectImportsAtOnce, tooManyImports),
    limitTo(importKilobytesMax.project, projectTooLarge),
  );
  api.use((c, next) => {
    // A file has a limit of its own, and is never held in memory.
    if (isUpload(c.req.method, c.req.path)) return next();
    if (/\/imports\/to-dos(\/preview)?$/.test(c.req.path)) return limitCsv(c, next);
    if (/\/imports\/projects(\/preview)?$/.test(c.req.path)) return limitProject(c, next);
    return limitBody(c, next);
  });
  api.use(enforcePermissions(workspace));
  api.route('/', myWorkRoutes(workspace));
  api.route('/', dayPlanRoutes(workspace));
  api.route('/', preferenceRoutes(workspace));
  api.route('/', searchRoutes(workspace));
  api.route('/', peopleRoutes(workspace));
  api.route('/', clientRoutes(workspace));
  api.route('/', projectRoutes(workspace));
  api.route('/', projectTrashRoutes(workspace));
  api.route('/', accessRoutes(workspace));
  api.route('/', statusRoutes(workspace));
  api.route('/', savedViewRoutes(workspace));
  api.route('/', toDoRoutes(workspace));
  api.route('/', milestoneRoutes(workspace));
  api.route('/', sprintRoutes(workspace));
  api.route('/', goalRoutes(workspace));
  api.route('/', overviewRoutes(workspace));
  api.route('/', trashRoutes(workspace));
  api.route('/', tagRoutes(workspace));
  api.route('/', commentRoutes(workspace));
  api.route('/', fileRoutes(workspace));
  api.route('/', notificationRoutes(workspace));
  api.route('/', tokenRoutes(workspace));
  api.route('/', transferRoutes(workspace));
  api.route('/', webhookRoutes(workspace));
  api.all('*', (c) => answerRefusal(c, notFound('address')));
  api.onError((error, c) => {
    if (error instanceof FileStoreFailed) {
      log.error(
        { reason: error.message, cause: reasonOf(error.cause), route: routeOf(c) },
        'The store of files failed',
      );
      return answerRefusal(c, filesAway());
    }
    log.error({ err: error, method: c.req.method, route: routeOf(c) }, 'the API failed');
    return c.json({ error: failed } satisfies ProblemBody, 500);
  });
  return api;
}

/** Undici keeps the system's words one level below. */
function reasonOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}

function limitTo(kilobytes: number, refusal: (kilobytes: number) => Refusal): MiddlewareHandler {
  return bodyLimit({ maxSize: kilobytes * 1024, onError: (c) => answerRefusal(c, refusal(kilobytes)) });
}

/** Of a project or of one of its to-dos. */
function isUpload(method: string, path: string): boolean {
  return method === 'POST' && /\/projects\/[^/]+(\/to-dos\/\d+)?\/files$/.test(path);
}

const failed: Problem = {
  code: 'server.failed',
  what: 'Something went wrong on our side.',
  why: 'The cause is in the log of the server.',
  do: 'Try again. If it stays, tell whoever runs this site when it happened.',
};
