/** Brings the next cards of a column that is longer than what is shown of it. */
import type { BoardColumn } from '../../../wire/to-do.ts';
import { useShowMore } from '../api/changes.ts';
import { ActButton } from '../kit/act-button.tsx';
import { useSay } from '../words/say.ts';

const piece = 50;

/** `column` with all its loaded cards, whatever a filter shows of them. */
export function ShowMore({ projectKey, column }: { projectKey: string; column: BoardColumn }) {
  const say = useSay();
  const showMore = useShowMore();
  const hidden = column.count - column.cards.length;
  if (hidden <= 0) return null;
  return (
    <ActButton
      type="button"
      className="column-more"
      onClick={() => showMore.mutate({ key: projectKey, statusId: column.statusId, max: piece })}
      isPending={showMore.isPending}
    >
      {say('Show {count} more', { count: Math.min(hidden, piece) })}
    </ActButton>
  );
}
