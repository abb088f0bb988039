/** The API of companies: admins manage them; who gives a project to one sees their names. */
import { type Context, Hono } from 'hono';
import {
  type ClientAnswer,
  type ClientRefsAnswer,
  type ClientsAnswer,
  createClientRequest,
  editClientRequest,
  removeClientRequest,
} from '../../wire/client.ts';
import { type ApiEnv, answerRefusal, readBody } from '../api/json.ts';
import { isRefusal, notFound, type Refusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { createClient, editClient, removeClient } from './commands.ts';
import { findClient, listClientRefs, listClients } from './queries.ts';

export function clientRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db } = workspace;

  async function answerClient(
    c: Context<ApiEnv>,
    done: { id: string } | Refusal,
    status: 200 | 201 = 200,
  ): Promise<Response> {
    if (isRefusal(done)) return answerRefusal(c, done);
    const client = await findClient(db, done.id);
    return client ? c.json({ client } satisfies ClientAnswer, status) : answerRefusal(c, notFound('company'));
  }

  return new Hono<ApiEnv>()
    .get('/clients', async (c) => c.json({ clients: await listClients(db) } satisfies ClientsAnswer))
    .get('/client-names', async (c) => c.json({ clientRefs: await listClientRefs(db) } satisfies ClientRefsAnswer))
    .post('/clients', async (c) => {
      const read = await readBody(c, createClientRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      return answerClient(c, await createClient(workspace, c.get('person'), read.body), 201);
    })
    .patch('/clients/:clientId', async (c) => {
      const read = await readBody(c, editClientRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      return answerClient(c, await editClient(workspace, c.get('person'), c.req.param('clientId'), read.body));
    })
    .delete('/clients/:clientId', async (c) => {
      const read = await readBody(c, removeClientRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const removed = await removeClient(workspace, c.get('person'), c.req.param('clientId'), read.body.version);
      return isRefusal(removed) ? answerRefusal(c, removed) : c.body(null, 204);
    });
}
