/** The cards of a column that a board does not begin with. */
import type { QueryClient } from '@tanstack/react-query';
import type { MoreCardsAnswer } from '../../../wire/more-cards.ts';
import type { BoardAnswer } from '../../../wire/to-do.ts';
import { addMore, lastRank } from './board-cache.ts';
import { callApi } from './client.ts';
import { keys } from './queries.ts';

/**
 * Brings at most `max` cards of a column that stand beyond those that are here. Answers whether the column ends elsewhere
 * than before, by what came or because the board was read anew meanwhile. If not, the same question has the same answer.
 */
export async function bringMore(cache: QueryClient, key: string, statusId: string, max: number): Promise<boolean> {
  const boardKey = keys.board(key);
  const endNow = (): string => lastRank(cache.getQueryData<BoardAnswer>(boardKey), statusId) ?? '';
  const afterRank = endNow();
  const query = new URLSearchParams({ statusId, afterRank, max: String(max) });
  const { cards } = await callApi<MoreCardsAnswer>('GET', `/projects/${key}/to-dos?${query.toString()}`);
  cache.setQueryData<BoardAnswer>(boardKey, (board) => board && addMore(board, statusId, afterRank, cards));
  return endNow() !== afterRank;
}
