/**
 * The cards of one column, or of one column in one lane, as a grid list, so that arrow keys, selection, drag and drop and
 * screen readers all know them. A card that is dropped here takes on the column's status and what the lane stands for.
 */
import { GridList } from 'react-aria-components/GridList';
import { useDragAndDrop } from 'react-aria-components/useDragAndDrop';
import { useNavigate } from 'react-router';
import type { Project, Status } from '../../../wire/project.ts';
import type { Card, LaneChange } from '../../../wire/to-do.ts';
import { useMoveToDo } from '../api/changes.ts';
import { toDoPath, useOver } from '../shell/places.ts';
import { useSelection } from '../views/selection.tsx';
import { useSay } from '../words/say.ts';
import { CardItem } from './card-item.tsx';
import { afterNumberAt } from './drop-place.ts';
import { useGrowing } from './growing.ts';

const cardType = 'application/x-gatehouse-card';

type ColumnCardsProps = {
  readonly project: Project;
  readonly status: Status;
  readonly cards: readonly Card[];
  /** What the lane changes of a card from elsewhere; undefined where cards of other lanes cannot be put. */
  readonly change: LaneChange | undefined;
  readonly label: string;
};

export function ColumnCards({ project, status, cards, change, label }: ColumnCardsProps) {
  const say = useSay();
  const navigate = useNavigate();
  const over = useOver();
  const move = useMoveToDo();
  const { numbers: selected, select } = useSelection();
  const { shown, sentinel } = useGrowing(cards);
  const { key } = project;
  const mine = cards.map(({ number }) => number);
  const mayEdit = project.may.editToDo;

  function moveTo(numbers: readonly number[], afterNumber: (moved: number) => number | null): void {
    let before: number | undefined;
    for (const number of numbers) {
      const isFromHere = mine.includes(number);
      if (!isFromHere && change === undefined) continue;
      const request = { key, number, statusId: status.id, afterNumber: before ?? afterNumber(number) };
      move.mutate(isFromHere || Object.keys(change ?? {}).length === 0 ? request : { ...request, change });
      before = number;
    }
  }

  const { dragAndDropHooks } = useDragAndDrop({
    isDisabled: !mayEdit,
    getItems: (keys) =>
      [...keys].map((number) => ({ [cardType]: `${key}-${number}`, 'text/plain': `${key}-${number}` })),
    acceptedDragTypes: [cardType],
    getDropOperation: () => 'move',
    onReorder({ keys, target }) {
      moveTo([...keys].map(Number), (moved) => afterNumberAt(cards, moved, Number(target.key), target.dropPosition));
    },
    async onInsert({ items, target }) {
      const numbers = await readNumbers(items, key);
      moveTo(numbers, (moved) => afterNumberAt(cards, moved, Number(target.key), target.dropPosition));
    },
    async onRootDrop({ items }) {
      moveTo(await readNumbers(items, key), () => cards.at(-1)?.number ?? null);
    },
  });

  return (
    <>
      <GridList
        className="cards"
        aria-label={label}
        items={shown}
        dependencies={[project]}
        selectionMode={mayEdit ? 'multiple' : 'none'}
        selectedKeys={mine.filter((number) => selected.has(number))}
        onSelectionChange={(keys) => select(mine, keys === 'all' ? mine : [...keys].map(Number))}
        // Selecting everything is for the bar below; Esc clears it there too, and closes nothing on the way.
        escapeKeyBehavior="none"
        dragAndDropHooks={dragAndDropHooks}
        onAction={(number) => void navigate(toDoPath(key, Number(number)), { state: { over } })}
        renderEmptyState={() => <p className="column-empty">{mayEdit ? say('Drop a card here') : say('Empty')}</p>}
      >
        {(card) => <CardItem id={card.number} card={card} project={project} isDone={status.reportType === 'done'} />}
      </GridList>
      <div ref={sentinel} />
    </>
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
