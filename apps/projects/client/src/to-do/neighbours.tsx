/** The to-dos before and after this one, in the order of the board. */
import { Link } from 'react-router';
import type { ToDo } from '../../../wire/to-do.ts';
import { useBoard } from '../api/use-board.ts';
import { toDoPath } from '../shell/places.ts';
import { useSay } from '../words/say.ts';

export function Neighbours({ toDo, over }: { toDo: ToDo; over: string }) {
  const say = useSay();
  const cards = useBoard(toDo.projectKey).data?.columns.flatMap((column) => column.cards) ?? [];
  const index = cards.findIndex(({ number }) => number === toDo.number);
  if (index < 0) return null;
  const links = [
    { name: say('Previous to-do'), sign: '‹', card: cards[index - 1] },
    { name: say('Next to-do'), sign: '›', card: cards[index + 1] },
  ];
  return (
    <>
      {links.map(
        ({ name, sign, card }) =>
          card && (
            <Link
              key={sign}
              className="icon-button"
              aria-label={name}
              title={card.title}
              to={toDoPath(toDo.projectKey, card.number)}
              state={{ over }}
              replace
            >
              {sign}
            </Link>
          ),
      )}
    </>
  );
}
