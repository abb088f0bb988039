/**
 * Where a card stands: finds the two ranks between which a moved or new card goes. One order for the whole project, so a
 * rank is never taken twice and moving a card writes that card alone. The caller holds the project's row.
 */
import { generateKeyBetween } from 'fractional-indexing';
import type { Executor } from '../api/workspace.ts';

export type Place = { readonly projectId: string; readonly toDoId: string; readonly statusId: string };

/** After everything else in the project. */
export async function rankAtEnd(trx: Executor, projectId: string): Promise<string> {
  return generateKeyBetween(await lastRank(trx, projectId), null);
}

export async function lastRank(trx: Executor, projectId: string): Promise<string | null> {
  const last = await trx
    .selectFrom('to_dos')
    .select('rank')
    .where('project_id', '=', projectId)
    .orderBy('rank', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.rank ?? null;
}

/** Before the first other card of the column; undefined when the column holds no other card, so any rank will do. */
export async function rankAtTop(trx: Executor, place: Place): Promise<string | undefined> {
  const first = await trx
    .selectFrom('to_dos')
    .select('rank')
    .where('status_id', '=', place.statusId)
    .where('id', '!=', place.toDoId)
    .orderBy('rank')
    .limit(1)
    .executeTakeFirst();
  if (!first) return undefined;
  const before = await neighbour(trx, place, '<', first.rank);
  return generateKeyBetween(before, first.rank);
}

/**
 * Right after the card with that number, wherever it stands by now. A card that is gone counts as the end of the
 * column: the drop is kept rather than refused.
 */
export async function rankAfter(trx: Executor, place: Place, afterNumber: number): Promise<string> {
  const anchor = await rankOf(trx, place, afterNumber);
  if (anchor === undefined) return rankAtEnd(trx, place.projectId);
  return generateKeyBetween(anchor, await neighbour(trx, place, '>', anchor));
}

/** Right before the card with that number; as `rankAfter` when it is gone. */
export async function rankBefore(trx: Executor, place: Place, beforeNumber: number): Promise<string> {
  const anchor = await rankOf(trx, place, beforeNumber);
  if (anchor === undefined) return rankAtEnd(trx, place.projectId);
  return generateKeyBetween(await neighbour(trx, place, '<', anchor), anchor);
}

async function rankOf(trx: Executor, place: Place, number: number): Promise<string | undefined> {
  const row = await trx
    .selectFrom('to_dos')
    .select('rank')
    .where('project_id', '=', place.projectId)
    .where('number', '=', number)
    .where('id', '!=', place.toDoId)
    .executeTakeFirst();
  return row?.rank;
}

async function neighbour(trx: Executor, place: Place, side: '<' | '>', rank: string): Promise<string | null> {
  const row = await trx
    .selectFrom('to_dos')
    .select('rank')
    .where('project_id', '=', place.projectId)
    .where('id', '!=', place.toDoId)
    .where('rank', side, rank)
    .orderBy('rank', side === '<' ? 'desc' : 'asc')
    .limit(1)
    .executeTakeFirst();
  return row?.rank ?? null;
}
