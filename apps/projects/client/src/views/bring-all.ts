/** Brings all cards of some columns, piece by piece. */
import type { BoardColumn } from '../../../wire/to-do.ts';

type Columns = readonly BoardColumn[];

type Bringing = {
  /** As they are at that moment. */
  readonly columnsNow: () => Columns;
  readonly isEnough: (columns: Columns) => boolean;
  /** The next cards of a column. Answers whether asking goes on from elsewhere then. */
  readonly bring: (statusId: string) => Promise<boolean>;
  readonly readAnew: () => Promise<void>;
};

/**
 * Where a column counts more than come, the board is read anew once, and it goes on from there; a second time it ends, with
 * what was brought. Answers whether all came that was wanted.
 */
export async function bringAll({ columnsNow, isEnough, bring, readAnew }: Bringing): Promise<boolean> {
  let isReadAnew = false;
  for (let now = columnsNow(); !isEnough(now); now = columnsNow()) {
    const column = now.find(({ count, cards }) => cards.length < count);
    if (!column) return true;
    if (await bring(column.statusId)) continue;
    if (isReadAnew) return false;
    isReadAnew = true;
    await readAnew();
  }
  return true;
}
