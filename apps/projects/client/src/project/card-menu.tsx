/** The menu of a card: every move that a pointer could make, and what can be done to it as a whole. */
import { useQueryClient } from '@tanstack/react-query';
import { use } from 'react';
import { Header, MenuItem, MenuSection } from 'react-aria-components/Menu';
import type { Project } from '../../../wire/project.ts';
import type { Card } from '../../../wire/to-do.ts';
import { cardBefore } from '../api/board-cache.ts';
import { useMoveToDo } from '../api/changes.ts';
import { isUnsent } from '../api/pending.ts';
import { boardNow } from '../api/use-board.ts';
import { MenuPopover } from '../kit/menu-popover.tsx';
import type { Opened } from '../kit/opener.tsx';
import { useOver } from '../shell/places.ts';
import { useComplete } from '../to-do/complete.ts';
import { Tone } from '../to-do/to-do-fields.tsx';
import { useWhole } from '../to-do/use-whole.ts';
import { WholeSection } from '../to-do/whole-section.tsx';
import { useSay } from '../words/say.ts';
import { afterNumberAt } from './drop-place.ts';
import { ShownCards } from './shown-cards.ts';

type CardMenuProps = { readonly opened: Opened; readonly card: Card; readonly project: Project };

export function CardMenu({ opened, card, project }: CardMenuProps) {
  const say = useSay();
  const cache = useQueryClient();
  const move = useMoveToDo();
  const complete = useComplete();
  const shownCards = use(ShownCards);
  const over = useOver();
  const acts = useWhole(card, over, opened.triggerRef);
  const { projectKey: key, number, statusId } = card;
  const done = project.statuses.find(({ reportType }) => reportType === 'done');
  const board = boardNow(cache, key);
  const isTop = board !== undefined && cardBefore(board, number) === null;
  /** The card that is seen above or below: what a filter hides, or another lane holds, is not stepped over. */
  function neighbour(steps: -1 | 1): Card | undefined {
    const cards = shownCards();
    return cards[cards.findIndex((each) => each.number === number) + steps];
  }
  function moveBy(steps: -1 | 1): void {
    const target = neighbour(steps);
    if (!target) return;
    const cards = shownCards();
    const afterNumber = afterNumberAt(cards, number, target.number, steps === -1 ? 'before' : 'after');
    void move({ key, number, statusId, afterNumber });
  }
  return (
    <>
      <MenuPopover opened={opened} placement="bottom end" aria-label={isUnsent(card) ? card.title : `${key}-${number}`}>
        <MenuSection>
          <Header className="menu-header">{say('Move to')}</Header>
          {project.statuses
            .filter(({ id }) => id !== statusId)
            .map((status) => (
              <MenuItem
                key={status.id}
                className="menu-item"
                textValue={status.name}
                onAction={() =>
                  status.id === done?.id
                    ? complete(card, status.id)
                    : void move({ key, number, statusId: status.id, afterNumber: null })
                }
              >
                <span className="menu-words">
                  <Tone status={status} />
                  {status.name}
                </span>
              </MenuItem>
            ))}
        </MenuSection>
        <MenuSection aria-label={say('Within this column')}>
          <MenuItem className="menu-item" isDisabled={!neighbour(-1)} onAction={() => moveBy(-1)}>
            {say('Move up')}
          </MenuItem>
          <MenuItem className="menu-item" isDisabled={!neighbour(1)} onAction={() => moveBy(1)}>
            {say('Move down')}
          </MenuItem>
          <MenuItem
            className="menu-item"
            isDisabled={isTop}
            onAction={() => void move({ key, number, statusId, afterNumber: null })}
          >
            {say('Move to the top')}
          </MenuItem>
        </MenuSection>
        {!isUnsent(card) && <WholeSection toDo={card} acts={acts} over={over} may={project.may} />}
      </MenuPopover>
      {acts.byHand}
    </>
  );
}
