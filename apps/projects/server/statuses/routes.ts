/** The API of a project's columns. Every change answers with the whole list, as the board needs it. */
import { type Context, Hono } from 'hono';
import {
  createStatusRequest,
  editStatusRequest,
  orderStatusesRequest,
  removeStatusRequest,
  type StatusesAnswer,
} from '../../wire/project.ts';
import { projectOf } from '../api/enforce.ts';
import { type ApiEnv, answerRefusal, readBody } from '../api/json.ts';
import { isRefusal, type Refusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { presentStatus } from '../projects/present.ts';
import { listStatuses } from '../projects/queries.ts';
import { createStatus, editStatus, orderStatuses, removeStatus } from './commands.ts';

export function statusRoutes(workspace: Workspace): Hono<ApiEnv> {
  async function answerStatuses(c: Context<ApiEnv>, done: { done: true } | Refusal): Promise<Response> {
    if (isRefusal(done)) return answerRefusal(c, done);
    const statuses = await listStatuses(workspace.db, projectOf(c).row.id);
    return c.json({ statuses: statuses.map(presentStatus) } satisfies StatusesAnswer);
  }

  return new Hono<ApiEnv>()
    .post('/projects/:key/statuses', async (c) => {
      const read = await readBody(c, createStatusRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      return answerStatuses(c, await createStatus(workspace, c.get('person'), projectOf(c), read.body));
    })
    .put('/projects/:key/statuses', async (c) => {
      const read = await readBody(c, orderStatusesRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const ordered = await orderStatuses(workspace, c.get('person'), projectOf(c), read.body.statusIds);
      return answerStatuses(c, ordered);
    })
    .patch('/projects/:key/statuses/:statusId', async (c) => {
      const read = await readBody(c, editStatusRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const { statusId } = c.req.param();
      return answerStatuses(c, await editStatus(workspace, c.get('person'), projectOf(c), statusId, read.body));
    })
    .delete('/projects/:key/statuses/:statusId', async (c) => {
      const read = await readBody(c, removeStatusRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const { statusId } = c.req.param();
      const removed = await removeStatus(workspace, c.get('person'), projectOf(c), statusId, read.body.moveToId);
      return answerStatuses(c, removed);
    });
}
