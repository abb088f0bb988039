/** The API of who can do what in a project. */
import { Hono } from 'hono';
import type { AccessAnswer } from '../../wire/access.ts';
import { peopleQuery } from '../../wire/project.ts';
import { projectOf } from '../api/enforce.ts';
import { type ApiEnv, answerRefusal, readQuery } from '../api/json.ts';
import { isRefusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { presentAccess } from './present.ts';
import { listCandidates } from './queries.ts';

export function accessRoutes({ db }: Workspace): Hono<ApiEnv> {
  return new Hono<ApiEnv>().get('/projects/:key/access', async (c) => {
    const project = projectOf(c);
    const read = readQuery(c, peopleQuery);
    if (isRefusal(read)) return answerRefusal(c, read);
    const { first: rows, more } = await listCandidates(db, project, read.body.name);
    const access = rows.flatMap((row) => presentAccess(project.facts, row) ?? []);
    return c.json({ access, more } satisfies AccessAnswer);
  });
}
