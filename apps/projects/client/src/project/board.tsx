/** The board: a column a status, cards that are moved by pointer, keyboard or menu; in lanes when they are asked for. */
import { useMemo } from 'react';
import type { Project } from '../../../wire/project.ts';
import type { BoardAnswer } from '../../../wire/to-do.ts';
import { useToday } from '../kit/clock.ts';
import { lazyAhead } from '../kit/lazy.ts';
import { firstWeekday } from '../kit/week.ts';
import { isFiltering, passes } from '../views/filter.ts';
import { FilterBar } from '../views/filter-bar.tsx';
import { lanesOf } from '../views/lanes.ts';
import { SelectionProvider } from '../views/selection.tsx';
import { SelectionBar } from '../views/selection-bar.tsx';
import { usePlaces } from '../views/use-places.ts';
import { useView } from '../views/use-view.ts';
import { useSay } from '../words/say.ts';
import { BoardColumn } from './board-column.tsx';
import { useTouchDrag } from './touch-drag.ts';

const SwimBoard = lazyAhead(async () => ({ default: (await import('./swim-board.tsx')).SwimBoard }));

export function Board({ project, board: whole }: { project: Project; board: BoardAnswer }) {
  const say = useSay();
  const board = useMemo(() => onBoardOnly(project, whole), [project, whole]);
  const view = useView(project.key, 'board');
  const { filter, grouping } = view;
  const today = useToday();
  const weekday = firstWeekday();
  const cards = useMemo(() => board.columns.flatMap((column) => column.cards), [board]);
  const places = usePlaces(project, cards);
  const shown = useMemo(() => cards.filter(passes(filter, today, weekday)), [cards, filter, today, weekday]);
  useTouchDrag(!project.may.editToDo);
  const isEmpty = board.columns.every(({ count }) => count === 0);
  return (
    <SelectionProvider>
      {isEmpty ? (
        project.may.createToDo && (
          <p className="board-hint">
            {say('Nothing here yet. Write the first to-do in the first column; drag it along as it moves on.')}
          </p>
        )
      ) : (
        <FilterBar
          project={project}
          view={view}
          places={places}
          columns={board.columns}
          shown={shown.length}
          of={cards.length}
        />
      )}
      {grouping === 'none' ? (
        <section className="board" aria-label={say('Board of {project}', { project: project.name })}>
          {board.columns.map((column) => {
            const status = project.statuses.find(({ id }) => id === column.statusId);
            if (!status) return null;
            const seen = isFiltering(filter) ? column.cards.filter(passes(filter, today, weekday)) : column.cards;
            return <BoardColumn key={status.id} project={project} status={status} column={column} cards={seen} />;
          })}
        </section>
      ) : (
        <SwimBoard
          project={project}
          grouping={grouping}
          lanes={lanesOf(grouping, shown, places, today, weekday)}
          columns={board.columns}
          places={places}
        />
      )}
      <SelectionBar project={project} cards={cards} places={places} />
    </SelectionProvider>
  );
}

/** Columns that are kept off the board stand in list and table alone. */
function onBoardOnly(project: Project, board: BoardAnswer): BoardAnswer {
  const hidden = new Set(project.statuses.filter(({ onBoard }) => !onBoard).map(({ id }) => id));
  return { columns: board.columns.filter(({ statusId }) => !hidden.has(statusId)) };
}
