/** The API of who can do what in a project. */
import { Hono } from 'hono';
import type { AccessAnswer } from '../../wire/access.ts';
import { projectOf } from '../api/enforce.ts';
import type { ApiEnv } from '../api/json.ts';
import type { Workspace } from '../api/workspace.ts';
import { presentAccess } from './present.ts';
import { listCandidates } from './queries.ts';

export function accessRoutes({ db }: Workspace): Hono<ApiEnv> {
  return new Hono<ApiEnv>().get('/projects/:key/access', async (c) => {
    const project = projectOf(c);
    const { rows, more } = await listCandidates(db, project);
    const access = rows.flatMap((row) => presentAccess(project.facts, row) ?? []);
    return c.json({ access, more } satisfies AccessAnswer);
  });
}
