/** The API of a project's webhooks. For its managers: the gate asks `webhook.manage` for every route. */
import { Hono } from 'hono';
import {
  createWebhookRequest,
  type DeliveriesAnswer,
  type DeliveryAnswer,
  editWebhookRequest,
  type NewWebhookAnswer,
  type WebhookAnswer,
  type WebhooksAnswer,
} from '../../wire/webhook.ts';
import { projectOf } from '../api/enforce.ts';
import { type ApiEnv, answerRefusal, readBody } from '../api/json.ts';
import { isRefusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { createWebhook, editWebhook, removeWebhook, renewSecret, sendAgain, sendPing } from './commands.ts';
import { presentDelivery, presentWebhook } from './present.ts';
import { listDeliveries, listWebhooks } from './queries.ts';

export function webhookRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db } = workspace;
  return new Hono<ApiEnv>()
    .get('/projects/:key/webhooks', async (c) => {
      const rows = await listWebhooks(db, projectOf(c).row.id);
      return c.json({ webhooks: rows.map(presentWebhook) } satisfies WebhooksAnswer);
    })
    .post('/projects/:key/webhooks', async (c) => {
      const read = await readBody(c, createWebhookRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const made = await createWebhook(workspace, c.get('person').id, projectOf(c).row.id, read.body);
      if (isRefusal(made)) return answerRefusal(c, made);
      return c.json({ webhook: presentWebhook(made.row), secret: made.secret } satisfies NewWebhookAnswer, 201);
    })
    .patch('/projects/:key/webhooks/:webhookId', async (c) => {
      const read = await readBody(c, editWebhookRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const edited = await editWebhook(workspace, projectOf(c).row.id, c.req.param('webhookId'), read.body);
      if (isRefusal(edited)) return answerRefusal(c, edited);
      return c.json({ webhook: presentWebhook(edited) } satisfies WebhookAnswer);
    })
    .delete('/projects/:key/webhooks/:webhookId', async (c) => {
      const removed = await removeWebhook(workspace, projectOf(c).row.id, c.req.param('webhookId'));
      return isRefusal(removed) ? answerRefusal(c, removed) : c.body(null, 204);
    })
    .post('/projects/:key/webhooks/:webhookId/secret', async (c) => {
      const renewed = await renewSecret(workspace, projectOf(c).row.id, c.req.param('webhookId'));
      if (isRefusal(renewed)) return answerRefusal(c, renewed);
      return c.json({ webhook: presentWebhook(renewed.row), secret: renewed.secret } satisfies NewWebhookAnswer);
    })
    .post('/projects/:key/webhooks/:webhookId/ping', async (c) => {
      const sent = await sendPing(workspace, c.get('person'), projectOf(c), c.req.param('webhookId'));
      if (isRefusal(sent)) return answerRefusal(c, sent);
      return c.json({ delivery: presentDelivery(sent) } satisfies DeliveryAnswer, 201);
    })
    .get('/projects/:key/webhooks/:webhookId/deliveries', async (c) => {
      const rows = await listDeliveries(db, projectOf(c).row.id, c.req.param('webhookId'));
      if (isRefusal(rows)) return answerRefusal(c, rows);
      return c.json({ deliveries: rows.map(presentDelivery) } satisfies DeliveriesAnswer);
    })
    .post('/projects/:key/webhooks/:webhookId/deliveries/:deliveryId/again', async (c) => {
      const { webhookId, deliveryId } = c.req.param();
      const sent = await sendAgain(workspace, projectOf(c).row.id, webhookId, deliveryId);
      if (isRefusal(sent)) return answerRefusal(c, sent);
      return c.json({ delivery: presentDelivery(sent) } satisfies DeliveryAnswer);
    });
}
