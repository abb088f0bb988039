/**
 * While something is looked for: brings the cards of the columns that are not here yet, and says how many those are. Where they
 * are too many, or do not come, it goes on when it is asked to.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { moreCardsMax } from '../../../wire/more-cards.ts';
import type { BoardAnswer, BoardColumn } from '../../../wire/to-do.ts';
import { bringMore } from '../api/bring-more.ts';
import { keys } from '../api/queries.ts';
import { useSay } from '../words/say.ts';
import { bringAll } from './bring-all.ts';

/** As many cards as a page holds without being asked: each is looked at with every letter that is typed. */
const heldMax = 4_000;

export function LookThrough({ projectKey, columns }: { projectKey: string; columns: readonly BoardColumn[] }) {
  const say = useSay();
  const cache = useQueryClient();
  const [upTo, setUpTo] = useState(heldMax);
  const [isRefused, setRefused] = useState(false);
  const { held, left } = tally(columns);
  const isLooking = left > 0 && held < upTo && !isRefused;
  const places = columns.map(({ statusId }) => statusId).join();
  useEffect(() => {
    if (!isLooking) return;
    let isOver = false;
    const columnsNow = (): readonly BoardColumn[] =>
      cache
        .getQueryData<BoardAnswer>(keys.board(projectKey))
        ?.columns.filter(({ statusId }) => places.split(',').includes(statusId)) ?? [];
    const refuse = (): void => {
      if (!isOver) setRefused(true);
    };
    bringAll({
      columnsNow,
      isEnough: (now) => isOver || tally(now).held >= upTo,
      bring: (statusId) => bringMore(cache, projectKey, statusId, moreCardsMax),
      readAnew: () => cache.invalidateQueries({ queryKey: keys.board(projectKey) }),
    }).then((isAll) => isAll || refuse(), refuse);
    return () => {
      isOver = true;
    };
  }, [cache, projectKey, places, upTo, isLooking]);
  function goOn(): void {
    setRefused(false);
    setUpTo(held + heldMax);
  }
  if (left <= 0) return null;
  return (
    <div className="filter-left">
      <p role="status">
        {isLooking
          ? say('{count, plural, one {# more is being looked through} other {# more are being looked through}}', {
              count: left,
            })
          : say('{count, plural, one {# to-do was not looked through} other {# to-dos were not looked through}}', {
              count: left,
            })}
      </p>
      {!isLooking && (
        <Button className="button filter-clear" onPress={goOn}>
          {say('Look through more')}
        </Button>
      )}
    </div>
  );
}

/** How many of their cards are here, and how many are not. */
function tally(columns: readonly BoardColumn[]): { held: number; left: number } {
  const held = columns.reduce((sum, { cards }) => sum + cards.length, 0);
  return { held, left: columns.reduce((sum, column) => sum + column.count, 0) - held };
}
