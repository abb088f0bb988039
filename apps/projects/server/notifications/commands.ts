/** What people do with their own notifications: read them, say how they want to be told, silence a project. */
import type { ReadNotificationsRequest, SetNotificationsRequest } from '../../wire/notification.ts';
import { notificationKinds } from '../../wire/notification.ts';
import type { Workspace } from '../api/workspace.ts';
import { bellWordFor } from '../live/hub.ts';
import { defaultPerson } from './present.ts';

/** The other open pages of the person learn of it. */
export async function markRead(
  workspace: Workspace,
  personId: string,
  { ids, toDo }: ReadNotificationsRequest,
): Promise<void> {
  if (ids?.length === 0) return;
  await workspace.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('notifications')
      .set({ read_at: workspace.now() })
      .where('person_id', '=', personId)
      .where('read_at', 'is', null)
      .$if(ids !== undefined, (query) => query.where('id', 'in', ids ?? []))
      .$if(toDo !== undefined, (query) =>
        query.where('to_do_id', 'in', ({ selectFrom }) =>
          selectFrom('to_dos')
            .innerJoin('projects', 'projects.id', 'to_dos.project_id')
            .select('to_dos.id')
            .where('projects.key', '=', toDo?.projectKey ?? '')
            .where('to_dos.number', '=', toDo?.number ?? 0),
        ),
      )
      .executeTakeFirstOrThrow();
    if (numUpdatedRows > 0n) await workspace.announcements.announce(trx.withTables<never>(), bellWordFor(personId));
  });
}

export async function setNotifications(
  { db }: Workspace,
  personId: string,
  { ways = {}, frequency, hour, timeZone }: SetNotificationsRequest,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const kind of notificationKinds) {
      const way = ways[kind];
      if (way === undefined) continue;
      await trx
        .insertInto('notification_ways')
        .values({ person_id: personId, kind, way })
        .onConflict((conflict) => conflict.columns(['person_id', 'kind']).doUpdateSet({ way }))
        .execute();
    }
    const given = {
      ...(frequency !== undefined && { frequency }),
      ...(hour !== undefined && { hour }),
      ...(timeZone !== undefined && { time_zone: timeZone }),
    };
    if (Object.keys(given).length === 0) return;
    await trx
      .insertInto('notification_people')
      .values({ ...defaultPerson, ...given, person_id: personId })
      .onConflict((conflict) => conflict.column('person_id').doUpdateSet(given))
      .execute();
  });
}

export async function muteProject(
  { db }: Workspace,
  personId: string,
  projectId: string,
  muted: boolean,
): Promise<void> {
  if (muted)
    await db
      .insertInto('notification_mutes')
      .values({ person_id: personId, project_id: projectId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  else
    await db
      .deleteFrom('notification_mutes')
      .where('person_id', '=', personId)
      .where('project_id', '=', projectId)
      .execute();
}
