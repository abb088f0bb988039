/** The API of saved views. Every change answers with the whole list, as the pick of views needs it. */
import { type Context, Hono } from 'hono';
import {
  createViewRequest,
  deleteViewRequest,
  editViewRequest,
  type SavedViewsAnswer,
  setOpeningViewRequest,
} from '../../wire/saved-view.ts';
import { projectOf } from '../api/enforce.ts';
import { type ApiEnv, answerRefusal, readBody } from '../api/json.ts';
import { isRefusal, type Refusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { createView, deleteView, editView, setOpeningView } from './commands.ts';
import { presentView } from './present.ts';
import { listViews } from './queries.ts';

export function savedViewRoutes(workspace: Workspace): Hono<ApiEnv> {
  async function answerViews(c: Context<ApiEnv>, done: object | Refusal, status: 200 | 201): Promise<Response> {
    if (isRefusal(done)) return answerRefusal(c, done);
    const { row, facts } = projectOf(c);
    const viewer = c.get('person');
    const views = (await listViews(workspace.db, row.id, viewer)).map((view) => presentView(viewer, facts, view));
    return c.json({ views } satisfies SavedViewsAnswer, status);
  }

  return new Hono<ApiEnv>()
    .get('/projects/:key/views', (c) => answerViews(c, {}, 200))
    .post('/projects/:key/views', async (c) => {
      const read = await readBody(c, createViewRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      return answerViews(c, await createView(workspace, c.get('person'), projectOf(c), read.body), 201);
    })
    .patch('/projects/:key/views/:id', async (c) => {
      const read = await readBody(c, editViewRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const { id } = c.req.param();
      return answerViews(c, await editView(workspace, c.get('person'), projectOf(c), id, read.body), 200);
    })
    .delete('/projects/:key/views/:id', async (c) => {
      const read = await readBody(c, deleteViewRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const { id } = c.req.param();
      return answerViews(c, await deleteView(workspace, c.get('person'), projectOf(c), id, read.body.version), 200);
    })
    .put('/projects/:key/opening-views/:page', async (c) => {
      const read = await readBody(c, setOpeningViewRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const { page } = c.req.param();
      const set = await setOpeningView(workspace, c.get('person'), projectOf(c), page, read.body.viewId);
      return answerViews(c, set, 200);
    });
}
