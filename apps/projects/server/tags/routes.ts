/** The API of a project's tags. */
import { type Context, Hono } from 'hono';
import { editTagRequest, type TagsAnswer } from '../../wire/tag.ts';
import { type ApiEnv, answerRefusal, readBody } from '../api/json.ts';
import { isRefusal, notFound } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import type { SeenProject } from '../projects/present.ts';
import { findProject } from '../projects/queries.ts';
import { editTag, removeTag } from './manage.ts';
import { listTags } from './queries.ts';

export function tagRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db } = workspace;
  const answerTags = async (c: Context<ApiEnv>, project: SeenProject): Promise<Response> =>
    c.json({ tags: await listTags(db, project.row.id) } satisfies TagsAnswer);
  return new Hono<ApiEnv>()
    .get('/projects/:key/tags', async (c) => {
      const project = await findProject(db, c.get('person'), c.req.param('key'));
      return project ? answerTags(c, project) : answerRefusal(c, notFound('project'));
    })
    .patch('/projects/:key/tags/:tagId', async (c) => {
      const project = await findProject(db, c.get('person'), c.req.param('key'));
      if (!project) return answerRefusal(c, notFound('project'));
      const read = await readBody(c, editTagRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const edited = await editTag(workspace, c.get('person'), project, c.req.param('tagId'), read.body);
      return isRefusal(edited) ? answerRefusal(c, edited) : answerTags(c, project);
    })
    .delete('/projects/:key/tags/:tagId', async (c) => {
      const project = await findProject(db, c.get('person'), c.req.param('key'));
      if (!project) return answerRefusal(c, notFound('project'));
      const removed = await removeTag(workspace, c.get('person'), project, c.req.param('tagId'));
      return isRefusal(removed) ? answerRefusal(c, removed) : answerTags(c, project);
    });
}
