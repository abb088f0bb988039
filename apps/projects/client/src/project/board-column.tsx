/** One column: its cards as a grid list, so that arrow keys, drag and drop and screen readers all know it. */

import { GridList } from 'react-aria-components/GridList';
import { useDragAndDrop } from 'react-aria-components/useDragAndDrop';
import { useLocation, useNavigate } from 'react-router';
import type { Project, Status } from '../../../wire/project.ts';
import type { BoardColumn as Column } from '../../../wire/to-do.ts';
import { useMoveToDo, useShowMore } from '../api/changes.ts';
import { toDoPath } from '../shell/places.ts';
import { Tone } from '../to-do/to-do-fields.tsx';
import { AddToColumn } from './add-to-column.tsx';
import { CardItem } from './card-item.tsx';
import { afterNumberAt } from './drop-place.ts';
import { useGrowing } from './growing.ts';

const cardType = 'application/x-gatehouse-card';

type ColumnProps = { readonly project: Project; readonly status: Status; readonly column: Column };

export function BoardColumn({ project, status, column }: ColumnProps) {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const move = useMoveToDo();
  const showMore = useShowMore();
  const { shown, sentinel } = useGrowing(column.cards);
  const { key } = project;

  const moveTo = (numbers: readonly number[], afterNumber: (moved: number) => number | null): void => {
    for (const number of numbers) move.mutate({ key, number, statusId: status.id, afterNumber: afterNumber(number) });
  };
  const { dragAndDropHooks } = useDragAndDrop({
    isDisabled: !project.may.editToDo,
    getItems: (keys) =>
      [...keys].map((number) => ({ [cardType]: `${key}-${number}`, 'text/plain': `${key}-${number}` })),
    acceptedDragTypes: [cardType],
    getDropOperation: () => 'move',
    onReorder({ keys, target }) {
      moveTo([...keys].map(Number), (moved) =>
        afterNumberAt(column.cards, moved, Number(target.key), target.dropPosition),
      );
    },
    async onInsert({ items, target }) {
      const numbers = await readNumbers(items, key);
      moveTo(numbers, (moved) => afterNumberAt(column.cards, moved, Number(target.key), target.dropPosition));
    },
    async onRootDrop({ items }) {
      moveTo(await readNumbers(items, key), () => column.cards.at(-1)?.number ?? null);
    },
  });

  const last = column.cards.at(-1);
  const hidden = column.count - column.cards.length;
  return (
    <section className="column" aria-labelledby={`column-${status.id}`}>
      <h2 id={`column-${status.id}`}>
        <Tone status={status} /> {status.name} <em>{column.count}</em>
      </h2>
      <GridList
        className="cards"
        aria-label={status.name}
        items={shown}
        dependencies={[project]}
        dragAndDropHooks={dragAndDropHooks}
        onAction={(number) => void navigate(toDoPath(key, Number(number)), { state: { over: pathname } })}
        renderEmptyState={() => <p className="column-empty">{project.may.editToDo ? 'Drop a card here' : 'Empty'}</p>}
      >
        {(card) => <CardItem id={card.number} card={card} project={project} isDone={status.reportType === 'done'} />}
      </GridList>
      <div ref={sentinel} />
      {hidden > 0 && last && (
        <button
          type="button"
          className="column-more"
          onClick={() => showMore.mutate({ key, statusId: status.id, afterRank: last.rank })}
          disabled={showMore.isPending}
        >
          Show {Math.min(hidden, 50)} more
        </button>
      )}
      {project.may.createToDo && status.reportType !== 'done' && <AddToColumn projectKey={key} status={status} />}
    </section>
  );
}

type Dropped = { readonly kind: string; readonly types?: unknown; getText?(type: string): Promise<string> };

/** The numbers of the dropped cards that belong to this project; what was dragged from elsewhere is nothing to us. */
async function readNumbers(items: readonly Dropped[], projectKey: string): Promise<number[]> {
  const texts = await Promise.all(items.map((item) => item.getText?.(cardType)));
  return texts.flatMap((text) => {
    const [key, number] = text?.split('-') ?? [];
    return key === projectKey && number ? [Number(number)] : [];
  });
}
