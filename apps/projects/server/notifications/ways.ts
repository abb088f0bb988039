/** How each person is told, if at all: what they chose, and what they may see at this moment. */
import type { Executor } from '../api/workspace.ts';
import { readAudience } from '../live/audience.ts';
import { defaultWays, passesMute, type Told } from './rules.ts';

/** Leaves out who may not see the project, who silenced it, and who does not want to hear of such things. */
export async function chooseWays<T extends Told & { readonly projectId: string }>(
  trx: Executor,
  told: readonly T[],
): Promise<(T & { readonly way: 'mail' | 'app' })[]> {
  if (told.length === 0) return [];
  const personIds = [...new Set(told.map(({ personId }) => personId))];
  const projectIds = [...new Set(told.map(({ projectId }) => projectId))];
  const audience = await readAudience(trx, projectIds, personIds);
  const muted = await trx
    .selectFrom('notification_mutes')
    .selectAll()
    .where('project_id', 'in', projectIds)
    .where('person_id', 'in', personIds)
    .execute();
  const mutes = new Set(muted.map(({ person_id, project_id }) => `${person_id} ${project_id}`));
  const rows = await trx.selectFrom('notification_ways').selectAll().where('person_id', 'in', personIds).execute();
  const ways = new Map(rows.map((row) => [`${row.person_id} ${row.kind}`, row.way]));
  return told.flatMap((each) => {
    const { personId, projectId, kind } = each;
    const way = ways.get(`${personId} ${kind}`) ?? defaultWays[kind];
    const isSilent = way === 'none' || (mutes.has(`${personId} ${projectId}`) && !passesMute(kind));
    return isSilent || !audience.maySee(personId, projectId) ? [] : [{ ...each, way }];
  });
}
