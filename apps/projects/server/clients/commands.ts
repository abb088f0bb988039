/** Makes, changes and removes companies. Each command is one transaction; whether the viewer may is asked first. */
import type { CreateClientRequest, EditClientRequest } from '../../wire/client.ts';
import { refuse } from '../api/permit.ts';
import { changedMeanwhile, nameTaken, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { type Viewer, workspace as wholeWorkspace } from '../projects/policy.ts';

/** The same creation key again answers with the company that it made the first time. */
export async function createClient(
  workspace: Workspace,
  viewer: Viewer,
  { creationKey, name, note = '' }: CreateClientRequest,
): Promise<{ id: string } | Refusal> {
  const refusal = refuse(viewer, 'clients.manage', wholeWorkspace);
  if (refusal) return refusal;
  const { db } = workspace;
  const made = await db
    .insertInto('clients')
    .values({
      id: workspace.newId(),
      name,
      name_key: nameKeyOf(name),
      note,
      version: 1,
      creation_key: creationKey,
      created_at: workspace.now(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made) return made;
  const earlier = await db
    .selectFrom('clients')
    .select('id')
    .where('creation_key', '=', creationKey)
    .executeTakeFirst();
  return earlier ?? nameTaken(name);
}

export async function editClient(
  workspace: Workspace,
  viewer: Viewer,
  id: string,
  { version, name, note }: EditClientRequest,
): Promise<{ id: string } | Refusal> {
  const refusal = refuse(viewer, 'clients.manage', wholeWorkspace);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    if (name !== undefined && (await isTaken(trx, id, name))) return nameTaken(name);
    const edited = await trx
      .updateTable('clients')
      .set({
        version: version + 1,
        ...(name === undefined ? {} : { name, name_key: nameKeyOf(name) }),
        ...(note === undefined ? {} : { note }),
      })
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('id')
      .executeTakeFirst();
    return edited ?? whyNot(trx, id);
  });
}

/** Its people and projects stay, of no company; a project that was open to its people is open to its members. */
export async function removeClient(
  workspace: Workspace,
  viewer: Viewer,
  id: string,
  version: number,
): Promise<{ id: string } | Refusal> {
  const refusal = refuse(viewer, 'clients.manage', wholeWorkspace);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    const removed = await trx
      .deleteFrom('clients')
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('id')
      .executeTakeFirst();
    if (!removed) return whyNot(trx, id);
    await trx.updateTable('people').set({ client_id: null }).where('client_id', '=', id).execute();
    const open = trx.updateTable('projects').where('client_id', '=', id).where('visibility', '=', 'clients');
    await open.set((set) => ({ visibility: 'restricted', version: set('version', '+', 1) })).execute();
    await trx.updateTable('projects').set({ client_id: null }).where('client_id', '=', id).execute();
    return removed;
  });
}

function nameKeyOf(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

async function isTaken(trx: Executor, id: string, name: string): Promise<boolean> {
  const holder = await trx
    .selectFrom('clients')
    .select('id')
    .where('name_key', '=', nameKeyOf(name))
    .where('id', '!=', id)
    .executeTakeFirst();
  return holder !== undefined;
}

async function whyNot(trx: Executor, id: string): Promise<Refusal> {
  const row = await trx.selectFrom('clients').select('id').where('id', '=', id).executeTakeFirst();
  return row ? changedMeanwhile('company') : notFound('company');
}
