/** A card on the board: what it says, a handle for the keyboard, and a menu with every move a pointer could make. */
import { useQueryClient } from '@tanstack/react-query';
import { memo } from 'react';
import { Button } from 'react-aria-components/Button';
import { Checkbox } from 'react-aria-components/Checkbox';
import { GridListItem } from 'react-aria-components/GridList';
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components/Menu';
import { dayOf } from '../../../wire/days.ts';
import type { Project } from '../../../wire/project.ts';
import type { BoardAnswer, Card } from '../../../wire/to-do.ts';
import { useMoveToDo } from '../api/changes.ts';
import { keys } from '../api/queries.ts';
import { Avatars } from '../kit/avatar.tsx';
import { Icon } from '../kit/icon.tsx';
import { useComplete } from '../to-do/complete.ts';
import { DueWords } from '../to-do/due-words.tsx';
import { priorityName } from '../to-do/names.ts';
import { Tone } from '../to-do/to-do-fields.tsx';
import { useSay } from '../words/say.ts';

type CardProps = {
  readonly id: number;
  readonly card: Card;
  readonly project: Project;
  readonly isDone: boolean;
};

export function CardItem({ id, card, project, isDone }: CardProps) {
  return (
    <GridListItem
      id={id}
      data-roam
      textValue={`${card.projectKey}-${card.number} ${card.title}`}
      className={isDone ? 'card card-done' : 'card'}
    >
      <CardFace card={card} isDone={isDone} />
      {project.may.editToDo && (
        <div className="card-tools">
          <Button slot="drag" className="icon-button card-grip" aria-label="Move this card">
            <Icon name="grip" />
          </Button>
          <CardMenu card={card} project={project} />
          <Checkbox slot="selection" className="card-select" />
        </div>
      )}
    </GridListItem>
  );
}

const CardFace = memo(function CardFace({ card, isDone }: { card: Card; isDone: boolean }) {
  const say = useSay();
  const { priority, subtasks, openBlockers, comments } = card;
  return (
    <>
      {card.tags.length > 0 && (
        <p className="card-tags">
          {card.tags.map((tag) => (
            <span key={tag.id} className={`tag tag-${tag.tone}`}>
              {tag.name}
            </span>
          ))}
        </p>
      )}
      <p className="card-title">{card.title}</p>
      <div className="card-facts">
        <span>
          {card.projectKey}-{card.number}
        </span>
        {priority !== null && priority <= 2 && <span className="tag">{priorityName(say, priority)}</span>}
        {openBlockers > 0 && !isDone && <span className="card-waits">{say('Waits')}</span>}
        {card.dueOn && <DueWords day={card.dueOn} today={dayOf(new Date())} done={isDone} />}
        {subtasks.total > 0 && (
          <span className="card-count">
            <Icon name="check" />
            <span className="visually-hidden">{say('Subtasks done:')} </span>
            {subtasks.done}/{subtasks.total}
          </span>
        )}
        {comments > 0 && (
          <span className="card-count">
            <Icon name="comment" />
            <span className="visually-hidden">{say('Comments:')} </span>
            {comments}
          </span>
        )}
        <Avatars people={card.assignees} />
      </div>
    </>
  );
});

function CardMenu({ card, project }: { card: Card; project: Project }) {
  return (
    <MenuTrigger>
      <Button className="icon-button card-more" aria-label={`More for ${card.projectKey}-${card.number}`}>
        <Icon name="more" />
      </Button>
      <Popover className="popover" placement="bottom end">
        <CardMenuItems card={card} project={project} />
      </Popover>
    </MenuTrigger>
  );
}

function CardMenuItems({ card, project }: { card: Card; project: Project }) {
  const move = useMoveToDo();
  const complete = useComplete();
  const cache = useQueryClient();
  const { projectKey: key, number, statusId } = card;
  const done = project.statuses.find(({ reportType }) => reportType === 'done');
  const others = (): number[] =>
    cache
      .getQueryData<BoardAnswer>(keys.board(key))
      ?.columns.find((column) => column.statusId === statusId)
      ?.cards.map((each) => each.number) ?? [];
  function moveBy(steps: -1 | 1): void {
    const column = others();
    const index = column.indexOf(number) + steps;
    if (index < 0 || index >= column.length) return;
    const without = column.filter((each) => each !== number);
    move.mutate({ key, number, statusId, afterNumber: without[index - 1] ?? null });
  }
  return (
    <Menu className="menu" aria-label={`${key}-${number}`}>
      <MenuSection>
        <Header className="menu-header">Move to</Header>
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
                  : move.mutate({ key, number, statusId: status.id, afterNumber: null })
              }
            >
              <span className="menu-words">
                <Tone status={status} />
                {status.name}
              </span>
            </MenuItem>
          ))}
      </MenuSection>
      <MenuSection aria-label="Within this column">
        <MenuItem className="menu-item" onAction={() => moveBy(-1)}>
          Move up
        </MenuItem>
        <MenuItem className="menu-item" onAction={() => moveBy(1)}>
          Move down
        </MenuItem>
        <MenuItem className="menu-item" onAction={() => move.mutate({ key, number, statusId, afterNumber: null })}>
          Move to the top
        </MenuItem>
      </MenuSection>
    </Menu>
  );
}
