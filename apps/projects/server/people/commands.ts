/**
 * Changes people as admins do: role, company, and whether they may come in. Each command is one transaction that holds the
 * person's row; of two owners demoted or put out at once one stays. Their sessions end with the change that puts them out.
 */
import { marked } from '@gatehouse/words/say.ts';
import type { EditPersonRequest } from '../../wire/people.ts';
import { roles } from '../../wire/roles.ts';
import { denied, invalid, isRefusal, lastOwner, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import { type Executor, locking, type Workspace } from '../api/workspace.ts';
import { clientExists } from '../clients/queries.ts';
import type { Viewer } from '../projects/policy.ts';
import { type Barrier, barrierTo, rolesToGive } from './policy.ts';
import type { PersonRow } from './present.ts';

export async function editPerson(
  workspace: Workspace,
  viewer: Viewer,
  personId: string,
  request: EditPersonRequest,
): Promise<PersonRow | Refusal> {
  const edited = await wholeOrNothing(workspace, async (trx) => {
    // Owners first and always in one order, so that two changes at once wait for each other instead of passing.
    const owners = await holdOwners(workspace, trx);
    const row = await trx.selectFrom('people').selectAll().where('id', '=', personId).executeTakeFirst();
    if (!row) return notFound('person');
    const refusal = await refuseEdit(trx, viewer, row, owners, request);
    if (refusal) return refusal;
    const { role = row.role, clientId = row.client_id, isActive = row.deactivated_at === null } = request;
    const deactivated_at = isActive ? null : (row.deactivated_at ?? workspace.now());
    return trx
      .updateTable('people')
      .set({ role, client_id: clientId, deactivated_at })
      .where('id', '=', personId)
      .returningAll()
      .executeTakeFirstOrThrow();
  });
  if (!isRefusal(edited) && edited.deactivated_at !== null) await workspace.endSessions(edited);
  return edited;
}

async function holdOwners(workspace: Workspace, trx: Executor): Promise<string[]> {
  const owners = trx
    .selectFrom('people')
    .select('id')
    .where('role', '=', roles.owner)
    .where('deactivated_at', 'is', null)
    .orderBy('id');
  return (await locking(workspace, owners).execute()).map(({ id }) => id);
}

async function refuseEdit(
  trx: Executor,
  viewer: Viewer,
  row: PersonRow,
  owners: readonly string[],
  { role, clientId, isActive }: EditPersonRequest,
): Promise<Refusal | undefined> {
  const changesStanding = (role !== undefined && role !== row.role) || isActive !== undefined;
  const barrier = barrierTo(viewer, row);
  // Which company one belongs to opens nothing to an admin that is not open already.
  if (barrier && (changesStanding || barrier === 'not-admin')) return refuseBarrier(barrier);
  if (role !== undefined && role !== row.role && !rolesToGive(viewer, row).includes(role))
    return denied(
      marked('You may not give a role above your own.'),
      marked('Only an owner makes an owner.'),
      marked('Ask an owner of the workspace.'),
    );
  const loses = (role !== undefined && role !== roles.owner) || isActive === false;
  if (loses && owners.length <= 1 && owners.includes(row.id)) return lastOwner();
  if (clientId && !(await clientExists(trx, clientId)))
    return invalid([{ path: 'clientId', message: 'There is no such company.' }]);
  return undefined;
}

function refuseBarrier(barrier: Barrier): Refusal {
  switch (barrier) {
    case 'not-admin':
      return denied(
        marked('You may not manage people.'),
        marked('That takes the role Admin.'),
        marked('Ask an admin of the workspace.'),
      );
    case 'yourself':
      return denied(
        marked('You may not change your own role.'),
        marked('Nobody changes their own place, so that no slip locks them out.'),
        marked('Ask another admin or owner.'),
      );
    case 'above-you':
      return denied(
        marked('You may not change this person.'),
        marked('Only an owner changes an owner.'),
        marked('Ask an owner of the workspace.'),
      );
  }
}
