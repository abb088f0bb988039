/**
 * The API of the workspace, to be mounted at `/api/v1`: who asks, from where, how much, then the features. Knows no
 * cookie and no session: whoever mounts it says how to find the person.
 */

import type { Log } from '@gatehouse/web/log.ts';
import { requireSameOrigin } from '@gatehouse/web/same-origin.ts';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Problem, ProblemBody } from '../../wire/problem.ts';
import { myWorkRoutes } from '../my-work/routes.ts';
import { projectRoutes } from '../projects/routes.ts';
import { toDoRoutes } from '../to-dos/routes.ts';
import { type ApiEnv, type ApiPerson, answerRefusal } from './json.ts';
import { foreignOrigin, notFound, tooLarge } from './refusal.ts';
import type { Workspace } from './workspace.ts';

/** The longest description, every character escaped, and the rest beside it. */
const bodyKilobytesMax = 160;

export type ApiOptions = {
  readonly workspace: Workspace;
  /** Such as `https://projects.example.com`. */
  readonly ownOrigin: string;
  readonly log: Log;
  /** The signed-in person of this request, or undefined. */
  personOf(c: Context): Promise<ApiPerson | undefined>;
};

export function workspaceApi(options: ApiOptions): Hono<ApiEnv> {
  return new Hono<ApiEnv>()
    .use(async function noStore(c, next) {
      await next();
      c.header('Cache-Control', 'no-store');
    })
    .use(
      requireSameOrigin({
        ownOrigin: () => options.ownOrigin,
        onRefused: (c) => answerRefusal(c, foreignOrigin()),
      }),
    )
    .use(async function requirePerson(c, next) {
      const person = await options.personOf(c);
      if (!person) return c.json({ error: signedOut } satisfies ProblemBody, 401);
      c.set('person', person);
      await next();
    })
    .use(
      bodyLimit({
        maxSize: bodyKilobytesMax * 1024,
        onError: (c) => answerRefusal(c, tooLarge(bodyKilobytesMax)),
      }),
    )
    .route('/', myWorkRoutes(options.workspace))
    .route('/', projectRoutes(options.workspace))
    .route('/', toDoRoutes(options.workspace))
    .all('*', (c) => answerRefusal(c, notFound('address')))
    .onError((error, c) => {
      options.log.error({ err: error, method: c.req.method, route: c.req.path }, 'the API failed');
      return c.json({ error: failed } satisfies ProblemBody, 500);
    });
}

const signedOut: Problem = {
  code: 'session.missing',
  what: 'You are signed out.',
  why: 'The session ended or was never begun.',
  do: 'Sign in again.',
};

const failed: Problem = {
  code: 'server.failed',
  what: 'Something went wrong on our side.',
  why: 'The cause is in the log of the server.',
  do: 'Try again. If it stays, tell whoever runs this site when it happened.',
};
