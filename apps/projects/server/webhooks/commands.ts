/** Makes, changes and removes webhooks of a project, and sends again what did not arrive. The gate has asked who may. */
import { isIP } from 'node:net';
import { reachOf } from '@gatehouse/web/network-reach.ts';
import type { CreateWebhookRequest, EditWebhookRequest } from '../../wire/webhook.ts';
import { invalid, isRefusal, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import type { SeenProject } from '../projects/present.ts';
import { writeBody } from './body.ts';
import { insertDeliveries } from './enqueue.ts';
import type { DeliveryRow, WebhookRow } from './present.ts';
import { makeWebhookSecret } from './signature.ts';

const webhooksMax = 20;

type NewWebhook = { readonly row: WebhookRow; readonly secret: string };

/** The same creation key again answers with what it made the first time. */
export async function createWebhook(
  workspace: Workspace,
  personId: string,
  projectId: string,
  { creationKey, url, kinds }: CreateWebhookRequest,
): Promise<NewWebhook | Refusal> {
  const refusal = refuseAddress(workspace, url);
  if (refusal) return refusal;
  const id = workspace.newId();
  const secret = makeWebhookSecret();
  return wholeOrNothing(workspace, async (trx) => {
    if ((await countOf(trx, projectId)) >= webhooksMax)
      return invalid([
        { path: 'url', message: 'At most {max} webhooks; remove one first.', values: { max: webhooksMax } },
      ]);
    const row = await trx
      .insertInto('webhooks')
      .values({
        id,
        project_id: projectId,
        url,
        kinds: JSON.stringify([...new Set(kinds)]),
        secret: seal(workspace, id, secret),
        state: 'on',
        failures: 0,
        failing_since: null,
        created_by: personId,
        created_at: workspace.now(),
        creation_key: creationKey,
      })
      .onConflict((conflict) => conflict.column('creation_key').doNothing())
      .returningAll()
      .executeTakeFirst();
    if (row) return { row, secret };
    const earlier = await trx
      .selectFrom('webhooks')
      .selectAll()
      .where('creation_key', '=', creationKey)
      .where('project_id', '=', projectId)
      .executeTakeFirst();
    return earlier ? { row: earlier, secret: openSecret(workspace, earlier) } : notFound('webhook');
  });
}

export async function editWebhook(
  workspace: Workspace,
  projectId: string,
  webhookId: string,
  { url, kinds, on }: EditWebhookRequest,
): Promise<WebhookRow | Refusal> {
  const refusal = url === undefined ? undefined : refuseAddress(workspace, url);
  if (refusal) return refusal;
  const found = await findWebhook(workspace.db, projectId, webhookId);
  if (isRefusal(found)) return found;
  const given = {
    ...(url !== undefined && { url }),
    ...(kinds !== undefined && { kinds: JSON.stringify([...new Set(kinds)]) }),
    ...(on !== undefined && { state: on ? ('on' as const) : ('off' as const), failures: 0, failing_since: null }),
  };
  if (Object.keys(given).length === 0) return found;
  const row = await workspace.db
    .updateTable('webhooks')
    .set(given)
    .where('id', '=', webhookId)
    .returningAll()
    .executeTakeFirst();
  return row ?? notFound('webhook');
}

/** What waits is signed with the new one too. */
export async function renewSecret(
  workspace: Workspace,
  projectId: string,
  webhookId: string,
): Promise<NewWebhook | Refusal> {
  const secret = makeWebhookSecret();
  const row = await workspace.db
    .updateTable('webhooks')
    .set({ secret: seal(workspace, webhookId, secret) })
    .where('id', '=', webhookId)
    .where('project_id', '=', projectId)
    .returningAll()
    .executeTakeFirst();
  return row ? { row, secret } : notFound('webhook');
}

export async function removeWebhook(
  { db }: Workspace,
  projectId: string,
  webhookId: string,
): Promise<{ done: true } | Refusal> {
  const gone = await db
    .deleteFrom('webhooks')
    .where('id', '=', webhookId)
    .where('project_id', '=', projectId)
    .returning('id')
    .executeTakeFirst();
  return gone ? { done: true } : notFound('webhook');
}

/** Something to try the other side with, which nothing in the project sets off. */
export async function sendPing(
  workspace: Workspace,
  person: { readonly id: string; readonly displayName: string },
  { row: project }: SeenProject,
  webhookId: string,
): Promise<DeliveryRow | Refusal> {
  const found = await findWebhook(workspace.db, project.id, webhookId);
  if (isRefusal(found)) return found;
  const id = workspace.newId();
  const body = writeBody({
    id,
    sequence: null,
    kind: 'ping',
    at: workspace.now(),
    project: { key: project.key, name: project.name },
    by: { id: person.id, name: person.displayName },
    subjectId: project.id,
    facts: {},
    appUrl: workspace.appUrl,
  });
  await insertDeliveries(workspace, workspace.db, [{ id, webhookId, changeId: null, kind: 'ping', body }]);
  return findDelivery(workspace.db, webhookId, id);
}

/** The same message under the same id: a receiver that had it can tell. */
export async function sendAgain(
  workspace: Workspace,
  projectId: string,
  webhookId: string,
  deliveryId: string,
): Promise<DeliveryRow | Refusal> {
  const found = await findWebhook(workspace.db, projectId, webhookId);
  if (isRefusal(found)) return found;
  await workspace.db
    .updateTable('webhook_deliveries')
    .set({ state: 'waiting', attempts: 0, due_at: workspace.now(), ended_at: null })
    .where('id', '=', deliveryId)
    .where('webhook_id', '=', webhookId)
    .where('state', 'in', ['delivered', 'failed', 'waiting'])
    .execute();
  return findDelivery(workspace.db, webhookId, deliveryId);
}

/** Throws `SealBroken` once the key of the workspace is another. */
export function openSecret({ sealer }: Workspace, { id, secret }: WebhookRow): string {
  return Buffer.from(sealer.open({ ...place, row: id }, secret)).toString();
}

const place = { table: 'webhooks', column: 'secret' };

function seal({ sealer }: Workspace, id: string, secret: string): Uint8Array {
  return sealer.seal({ ...place, row: id }, Buffer.from(secret));
}

/** What a written address shows at once; where a name leads is judged when it is called. */
function refuseAddress({ webhooks }: Workspace, url: string): Refusal | undefined {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const reach = isIP(host) === 0 ? 'public' : reachOf(host);
  if (reach === 'public' || (reach === 'private' && webhooks.mayCallPrivate)) return undefined;
  return invalid([{ path: 'url', message: 'This address is in a private network, and nothing is sent there.' }]);
}

export async function findWebhook(db: Executor, projectId: string, webhookId: string): Promise<WebhookRow | Refusal> {
  const row = await db
    .selectFrom('webhooks')
    .selectAll()
    .where('id', '=', webhookId)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  return row ?? notFound('webhook');
}

async function findDelivery(db: Executor, webhookId: string, deliveryId: string): Promise<DeliveryRow | Refusal> {
  const row = await db
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('id', '=', deliveryId)
    .where('webhook_id', '=', webhookId)
    .executeTakeFirst();
  return row ?? notFound('delivery');
}

async function countOf(trx: Executor, projectId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('webhooks')
    .where('project_id', '=', projectId)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
