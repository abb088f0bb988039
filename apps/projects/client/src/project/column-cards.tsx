/**
 * The cards of one column, or of one column in one lane, as a grid list, so that arrow keys, selection, drag and drop and
 * screen readers all know them. A card that is dropped here takes on the column's status and what the lane stands for.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { GridList } from 'react-aria-components/GridList';
import { useDragAndDrop } from 'react-aria-components/useDragAndDrop';
import { useNavigate } from 'react-router';
import type { Project, Status } from '../../../wire/project.ts';
import type { Card, LaneChange } from '../../../wire/to-do.ts';
import { useMoveToDo } from '../api/changes.ts';
import { isUnsent } from '../api/pending.ts';
import { showDone } from '../kit/toast.tsx';
import { isHere, toDoPath, useOver } from '../shell/places.ts';
import { useSelection } from '../views/selection.tsx';
import { useSay } from '../words/say.ts';
import { CardItem } from './card-item.tsx';
import { afterNumberAt } from './drop-place.ts';
import { useGrowing } from './growing.ts';
import { ShownCards } from './shown-cards.ts';
import { onTouchDrop } from './touch-drag.ts';

const arrivingMs = 250;
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
  const { ids: selected, select } = useSelection();
  const { shown, sentinel } = useGrowing(cards);
  const { key } = project;
  const mine = cards.map(({ number }) => number);
  const mayEdit = project.may.editToDo;

  /**
   * React Aria selects what was dropped, within a moment, and insists on it. A selection asks for a bar of its own here, and
   * nobody asked: so the list alone has it selected, for that moment.
   */
  const arriving = useRef<ReadonlySet<number>>(new Set());
  const [arrived, setArrived] = useState<ReadonlySet<number>>(new Set());
  function expect(numbers: readonly number[]): void {
    arriving.current = new Set(numbers);
    window.setTimeout(() => {
      arriving.current = new Set();
      setArrived(arriving.current);
    }, arrivingMs);
  }

  function moveTo(numbers: readonly number[], afterNumber: (moved: number) => number | null): void {
    expect(numbers);
    let before: number | undefined;
    for (const number of numbers) {
      const isFromHere = mine.includes(number);
      if (!isFromHere && change === undefined) continue;
      const request = { key, number, statusId: status.id, afterNumber: before ?? afterNumber(number) };
      void move(isFromHere || Object.keys(change ?? {}).length === 0 ? request : { ...request, change });
      before = number;
    }
  }

  function open(number: number): void {
    if (isUnsent({ number })) showDone(say('This to-do opens once it was sent.'));
    else if (!isHere(toDoPath(key, number))) void navigate(toDoPath(key, number), { state: { over } });
  }

  function selectFrom(numbers: readonly number[]): void {
    const fresh = numbers.filter((number) => !selected.has(number));
    if (fresh.length > 0 && fresh.every((number) => arriving.current.has(number))) setArrived(new Set(fresh));
    else
      select(
        mine,
        numbers.filter((number) => !isUnsent({ number }) && !arrived.has(number)),
      );
  }

  const list = useRef<HTMLDivElement>(null);
  const latest = useRef(cards);
  const shownCards = useCallback(() => latest.current, []);
  useEffect(() => {
    latest.current = cards;
    onTouchDrop(list.current, mayEdit ? (number, afterNumber) => moveTo([number], () => afterNumber) : undefined);
  });

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
    <ShownCards value={shownCards}>
      <GridList
        ref={list}
        className="cards"
        aria-label={label}
        items={shown}
        dependencies={[project]}
        selectionMode={mayEdit ? 'multiple' : 'none'}
        selectedKeys={mine.filter((number) => selected.has(number) || arrived.has(number))}
        onSelectionChange={(keys) => selectFrom(mine.filter((number) => keys === 'all' || keys.has(number)))}
        // Selecting everything is for the bar below; Esc clears it there too, and closes nothing on the way.
        escapeKeyBehavior="none"
        dragAndDropHooks={dragAndDropHooks}
        onAction={(number) => open(Number(number))}
        renderEmptyState={() => <p className="column-empty">{mayEdit ? say('Drop a card here') : say('Empty')}</p>}
      >
        {(card) => <CardItem id={card.number} card={card} project={project} isDone={status.reportType === 'done'} />}
      </GridList>
      <div ref={sentinel} />
    </ShownCards>
  );
}

type Dropped = { readonly kind: string; readonly types?: unknown; getText?(type: string): Promise<string> };

/** The numbers of the dropped cards that belong to this project; what was dragged from elsewhere is nothing to us. */
async function readNumbers(items: readonly Dropped[], projectKey: string): Promise<number[]> {
  const texts = await Promise.all(items.map((item) => item.getText?.(cardType)));
  return texts.flatMap((text) => {
    const number = text?.startsWith(`${projectKey}-`) ? Number(text.slice(projectKey.length + 1)) : 0;
    return number ? [number] : [];
  });
}
