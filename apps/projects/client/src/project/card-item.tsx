/** A card on the board: what it says, a handle for the keyboard, and a menu with every move a pointer could make. */
import { memo } from 'react';
import { Button } from 'react-aria-components/Button';
import { Checkbox } from 'react-aria-components/Checkbox';
import { GridListItem } from 'react-aria-components/GridList';
import type { Project } from '../../../wire/project.ts';
import type { Card } from '../../../wire/to-do.ts';
import { isUnsent } from '../api/pending.ts';
import { Avatars } from '../kit/avatar.tsx';
import { Icon } from '../kit/icon.tsx';
import { lazyAhead } from '../kit/lazy.ts';
import { Opener } from '../kit/opener.tsx';
import { DueWords } from '../to-do/due-words.tsx';
import { priorityName } from '../to-do/names.ts';
import { PartOf } from '../to-do/part-of.tsx';
import { useSay } from '../words/say.ts';

const CardMenu = lazyAhead(async () => ({ default: (await import('./card-menu.tsx')).CardMenu }));

type CardProps = {
  readonly id: number;
  readonly card: Card;
  readonly project: Project;
  readonly isDone: boolean;
};

export function CardItem({ id, card, project, isDone }: CardProps) {
  const say = useSay();
  return (
    <GridListItem
      id={id}
      data-roam={`${card.projectKey}-${id}`}
      data-number={id}
      textValue={isUnsent(card) ? card.title : `${card.projectKey}-${card.number} ${card.title}`}
      className={isDone ? 'card card-done' : 'card'}
    >
      <CardFace card={card} isDone={isDone} />
      {project.may.editToDo && (
        <div className="card-tools">
          <Button slot="drag" className="icon-button card-grip" aria-label={say('Move this card')}>
            <Icon name="grip" />
          </Button>
          <MoreButton card={card} project={project} />
          {!isUnsent(card) && <Checkbox slot="selection" className="card-select" />}
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
      <div className="card-foot">
        <div className="card-facts">
          {isUnsent(card) ? (
            <span className="card-unsent">{say('Waits to be sent')}</span>
          ) : (
            <span>
              {card.projectKey}-{card.number}
            </span>
          )}
          {card.parentNumber !== null && <PartOf card={card} />}
          {priority !== null && priority <= 2 && <span className="tag">{priorityName(say, priority)}</span>}
          {openBlockers > 0 && !isDone && <span className="card-waits">{say('Waits')}</span>}
          {card.dueOn && <DueWords day={card.dueOn} done={isDone} />}
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
        </div>
        <Avatars people={card.assignees} />
      </div>
    </>
  );
});

function MoreButton({ card, project }: { card: Card; project: Project }) {
  const say = useSay();
  return (
    <Opener
      className="icon-button card-more"
      aria-label={say('More for {toDo}', { toDo: isUnsent(card) ? card.title : `${card.projectKey}-${card.number}` })}
      popup={(opened) => <CardMenu opened={opened} card={card} project={project} />}
    >
      <Icon name="more" />
    </Opener>
  );
}
