/** The API of a project's tags. */
import { Hono } from 'hono';
import type { TagsAnswer } from '../../wire/tag.ts';
import { type ApiEnv, answerRefusal } from '../api/json.ts';
import { notFound } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { findProject } from '../projects/queries.ts';
import { listTags } from './queries.ts';

export function tagRoutes({ db }: Workspace): Hono<ApiEnv> {
  return new Hono<ApiEnv>().get('/projects/:key/tags', async (c) => {
    const project = await findProject(db, c.get('person'), c.req.param('key'));
    if (!project) return answerRefusal(c, notFound('project'));
    return c.json({ tags: await listTags(db, project.row.id) } satisfies TagsAnswer);
  });
}
