/**
 * The gate of the API: finds the line of `permissions.ts` for the route that was asked for, and lets the viewer on or refuses
 * in words. It also finds the project of the route, once, and hands it on: a route asks `projectOf(c)`.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { matchedRoutes } from 'hono/route';
import { ownedBy, workspace as wholeWorkspace } from '../projects/policy.ts';
import { type Action, isProjectAction } from '../projects/policy-actions.ts';
import type { SeenProject } from '../projects/present.ts';
import { findAnyProject } from '../projects/queries.ts';
import { type ApiEnv, answerRefusal } from './json.ts';
import { permissions } from './permissions.ts';
import { refuseAny } from './permit.ts';
import { notFound, type Refusal } from './refusal.ts';
import type { Workspace } from './workspace.ts';

export const apiPath = '/api/v1';

export function enforcePermissions(workspace: Workspace): MiddlewareHandler<ApiEnv> {
  return createMiddleware<ApiEnv>(async function enforce(c, next) {
    // What stands for every method is no route of a feature: this gate, the limits, the answer that there is nothing here.
    const route = matchedRoutes(c).find(({ method }) => method !== 'ALL');
    if (!route) return next();
    const pattern = route.path.slice(apiPath.length);
    const action = permissions[`${route.method} ${pattern}`];
    if (!action) throw new TypeError(`'${route.method} ${pattern}' has no line in permissions.ts`);
    const refusal = isProjectAction(action)
      ? await refuseInProject(c, workspace, action, pattern)
      : refuseAny(c.get('person'), action, wholeWorkspace);
    return refusal ? answerRefusal(c, refusal) : next();
  });
}

async function refuseInProject(
  c: Context<ApiEnv>,
  { db }: Workspace,
  action: Action,
  pattern: string,
): Promise<Refusal | undefined> {
  const viewer = c.get('person');
  const project = await findAnyProject(db, viewer, keyIn(pattern, c.req.path));
  if (!project) return notFound('project');
  c.set('project', project);
  return refuseAny(viewer, action, ownedBy(viewer.id, project.facts));
}

/** The segment that stands where the pattern has `:key`. A middleware is not told the parameters of the route behind it. */
function keyIn(pattern: string, path: string): string {
  const index = pattern.split('/').indexOf(':key');
  if (index < 0) throw new TypeError(`the path '${pattern}' names no project`);
  return path.slice(apiPath.length).split('/')[index] ?? '';
}

/** The project of the route, which the viewer may see. */
export function projectOf(c: Context<ApiEnv>): SeenProject {
  const project = c.get('project');
  if (!project) throw new TypeError(`${c.req.path} is no route of a project`);
  return project;
}
