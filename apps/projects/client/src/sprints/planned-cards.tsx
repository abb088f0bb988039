/** The to-dos of a sprint or of the backlog as lines with a tick box, so that many can be moved at once. */
import type { PlannedCard } from '../../../wire/sprint.ts';
import { Avatars } from '../kit/avatar.tsx';
import { Problem } from '../kit/problem.tsx';
import { StayInList } from '../kit/stay-in-list.tsx';
import { useOver } from '../shell/places.ts';
import { ToDoLink } from '../shell/to-do-link.tsx';
import { DueWords } from '../to-do/due-words.tsx';
import { PartOf } from '../to-do/part-of.tsx';
import { RowMore } from '../to-do/row-more.tsx';
import { useSay } from '../words/say.ts';
import { useSprintCards } from './use-sprints.ts';

type CardsProps = {
  readonly projectKey: string;
  readonly sprintId: string | null;
  readonly chosen: ReadonlySet<number>;
  readonly onChoose: (number: number) => void;
  readonly mayMove: boolean;
  readonly hidesSubtasks: boolean;
  /** How many there are, shown or hidden. */
  readonly count: number;
  /** What to say when there is nothing. */
  readonly empty: string;
};

export function PlannedCards({
  projectKey,
  sprintId,
  chosen,
  onChoose,
  mayMove,
  hidesSubtasks,
  count,
  empty,
}: CardsProps) {
  const say = useSay();
  const found = useSprintCards(projectKey, sprintId, hidesSubtasks);
  const cards = found.data?.pages.flatMap((page) => page.cards) ?? [];
  if (found.error) return <Problem error={found.error} />;
  return (
    <StayInList>
      {found.data && cards.length === 0 && (
        <p className="fact-note">
          {hidesSubtasks && count > 0 ? say('Only subtasks are here, and they are hidden.') : empty}
        </p>
      )}
      <ul className="rows">
        {cards.map((card) => (
          <li
            key={card.number}
            data-roam={`${card.projectKey}-${card.number}`}
            className={card.done ? 'row row-done' : 'row'}
          >
            {mayMove && (
              <label className="check-label">
                <span className="visually-hidden">{say('Choose {title}', { title: card.title })}</span>
                <input
                  type="checkbox"
                  className="tick-box"
                  checked={chosen.has(card.number)}
                  onChange={() => onChoose(card.number)}
                />
              </label>
            )}
            <CardFace card={card} />
            <RowMore toDo={card} />
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <button
          type="button"
          className="column-more"
          onClick={() => void found.fetchNextPage()}
          disabled={found.isFetchingNextPage}
        >
          {say('Show more')}
        </button>
      )}
    </StayInList>
  );
}

function CardFace({ card }: { card: PlannedCard }) {
  const say = useSay();
  const over = useOver();
  return (
    <>
      <span className="row-id">
        {card.projectKey}-{card.number}
      </span>
      <ToDoLink className="row-title" projectKey={card.projectKey} number={card.number} over={over}>
        {card.done && <span className="visually-hidden">{say('Done:')} </span>}
        {card.title}
      </ToDoLink>
      <span className="row-facts">
        {card.parentNumber !== null && <PartOf card={card} />}
        {card.done && <span className="tag">{say('Done')}</span>}
        {card.effort !== null && <span className="tag">{say('Effort {effort}', { effort: card.effort })}</span>}
        {card.dueOn && <DueWords day={card.dueOn} done={card.done} />}
        <Avatars people={card.assignees} />
      </span>
    </>
  );
}
