/**
 * The API of the workspace, to be mounted at `/api/v1` behind what reads the session and refuses foreign origins: who may
 * ask, how much, what they may, then the features. Every answer is JSON, the failures too.
 */
import type { Log } from '@gatehouse/web/log.ts';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Problem, ProblemBody } from '../../wire/problem.ts';
import { accessRoutes } from '../access/routes.ts';
import { clientRoutes } from '../clients/routes.ts';
import { commentRoutes } from '../comments/routes.ts';
import { fileRoutes } from '../files/routes.ts';
import { goalRoutes } from '../goals/routes.ts';
import { milestoneRoutes } from '../milestones/routes.ts';
import { myWorkRoutes } from '../my-work/routes.ts';
import { notificationRoutes } from '../notifications/routes.ts';
import { overviewRoutes } from '../overview/routes.ts';
import { peopleRoutes } from '../people/routes.ts';
import { projectRoutes } from '../projects/routes.ts';
import { searchRoutes } from '../search/routes.ts';
import { requirePerson } from '../session/person.ts';
import { sprintRoutes } from '../sprints/routes.ts';
import { statusRoutes } from '../statuses/routes.ts';
import { tagRoutes } from '../tags/routes.ts';
import { toDoRoutes } from '../to-dos/routes.ts';
import { trashRoutes } from '../to-dos/trash-routes.ts';
import { tokenRoutes } from '../tokens/routes.ts';
import { enforcePermissions } from './enforce.ts';
import { type ApiEnv, answerRefusal } from './json.ts';
import { notFound, tooLarge } from './refusal.ts';
import type { Workspace } from './workspace.ts';

/** The longest description, every character escaped, and the rest beside it. */
const bodyKilobytesMax = 160;

export function workspaceApi(workspace: Workspace, log: Log): Hono<ApiEnv> {
  const api = new Hono<ApiEnv>();
  api.use(requirePerson);
  const limitBody = bodyLimit({
    maxSize: bodyKilobytesMax * 1024,
    onError: (c) => answerRefusal(c, tooLarge(bodyKilobytesMax)),
  });
  // A file has a limit of its own, and is never held in memory.
  api.use((c, next) => (isUpload(c.req.method, c.req.path) ? next() : limitBody(c, next)));
  api.use(enforcePermissions(workspace));
  api.route('/', myWorkRoutes(workspace));
  api.route('/', searchRoutes(workspace));
  api.route('/', peopleRoutes(workspace));
  api.route('/', clientRoutes(workspace));
  api.route('/', projectRoutes(workspace));
  api.route('/', accessRoutes(workspace));
  api.route('/', statusRoutes(workspace));
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
  api.all('*', (c) => answerRefusal(c, notFound('address')));
  api.onError((error, c) => {
    log.error({ err: error, method: c.req.method, route: c.req.path }, 'the API failed');
    return c.json({ error: failed } satisfies ProblemBody, 500);
  });
  return api;
}

function isUpload(method: string, path: string): boolean {
  return method === 'POST' && /\/to-dos\/\d+\/files$/.test(path);
}

const failed: Problem = {
  code: 'server.failed',
  what: 'Something went wrong on our side.',
  why: 'The cause is in the log of the server.',
  do: 'Try again. If it stays, tell whoever runs this site when it happened.',
};
