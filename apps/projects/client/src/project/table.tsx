/**
 * The to-dos of a project as a table: sorted by any column, in groups, with fields that are changed in place and sums at
 * the foot. Shows the cards that the board has; what stands further down in "done" comes when it is asked for.
 */
import { type ReactNode, useMemo } from 'react';
import type { Project } from '../../../wire/project.ts';
import type { BoardAnswer } from '../../../wire/to-do.ts';
import { useToday } from '../kit/clock.ts';
import { sayNumber } from '../kit/number-words.ts';
import { PickSeveral } from '../kit/pick.tsx';
import { StayInList } from '../kit/stay-in-list.tsx';
import { firstWeekday } from '../kit/week.ts';
import { columnName, laneName } from '../views/field-names.ts';
import { passes } from '../views/filter.ts';
import { FilterBar } from '../views/filter-bar.tsx';
import { lanesOf } from '../views/lanes.ts';
import { SelectionProvider, useSelection } from '../views/selection.tsx';
import { SelectionBar } from '../views/selection-bar.tsx';
import { columns as allColumns, type Column, type Orders, sortCards, sumsOf } from '../views/sort.ts';
import { usePlaces } from '../views/use-places.ts';
import { useView, type ViewState } from '../views/use-view.ts';
import { useSay } from '../words/say.ts';
import { ShowMore } from './show-more.tsx';
import { TableGroup } from './table-group.tsx';

export function Table({ project, board }: { project: Project; board: BoardAnswer }) {
  const say = useSay();
  const view = useView(project.key, 'table');
  const { filter, grouping, sort, columns } = view;
  const today = useToday();
  const weekday = firstWeekday();
  const cards = useMemo(() => board.columns.flatMap((column) => column.cards), [board]);
  const places = usePlaces(project, cards);
  const orders = useMemo((): Orders => {
    const order = (all: readonly { readonly id: string }[]) => new Map(all.map(({ id }, index) => [id, index]));
    return {
      statuses: order(project.statuses),
      milestones: order(places.milestones),
      sprints: order(places.sprints),
    };
  }, [project, places]);
  const shown = useMemo(
    () => sortCards(cards.filter(passes(filter, today, weekday)), sort, orders),
    [cards, filter, today, weekday, sort, orders],
  );
  const isWhole = board.columns.every((column) => column.cards.length >= column.count);
  const lanes = lanesOf(grouping, shown, places, today, weekday);
  return (
    <SelectionProvider>
      <FilterBar
        project={project}
        view={view}
        places={places}
        columns={board.columns}
        shown={shown.length}
        of={cards.length}
      >
        <ColumnPick view={view} />
      </FilterBar>
      <StayInList className="table-place">
        <table className="table" aria-label={say('To-dos of {project}', { project: project.name })}>
          <thead>
            <tr>
              {project.may.editToDo && (
                <th scope="col" className="cell-select">
                  <SelectAll numbers={shown.map(({ number }) => number)} />
                </th>
              )}
              {columns.map((column) => (
                <SortHead key={column} column={column} view={view} />
              ))}
            </tr>
          </thead>
          {lanes.map((lane) => (
            <TableGroup
              key={lane.id}
              project={project}
              name={laneName(say, grouping, lane, places)}
              cards={lane.cards}
              columns={columns}
            />
          ))}
          <Sums columns={columns} project={project} sums={sumsOf(shown)} isWhole={isWhole} />
        </table>
        {shown.length === 0 && (
          <p className="table-empty">
            {isWhole ? say('No to-do is like this.') : say('So far no to-do is like this.')}
          </p>
        )}
        {board.columns.map((column) => (
          <ShowMore key={column.statusId} projectKey={project.key} column={column} />
        ))}
      </StayInList>
      <SelectionBar project={project} cards={cards} places={places} />
    </SelectionProvider>
  );
}

/** Ticked while all are selected; between the two while some are. */
function SelectAll({ numbers }: { numbers: readonly number[] }) {
  const say = useSay();
  const { ids, select } = useSelection();
  const count = numbers.filter((number) => ids.has(number)).length;
  const isWhole = count > 0 && count === numbers.length;
  return (
    <input
      type="checkbox"
      aria-label={say('Select all shown')}
      disabled={numbers.length === 0}
      checked={isWhole}
      ref={(box) => {
        if (box) box.indeterminate = count > 0 && !isWhole;
      }}
      onChange={() => select(numbers, isWhole ? [] : numbers)}
    />
  );
}

function SortHead({ column, view: { sort, setSort } }: { column: Column; view: ViewState }) {
  const say = useSay();
  const isSorted = sort.column === column;
  const direction = sort.descending ? 'descending' : 'ascending';
  /** Up, down, then as the board has it. */
  function turn(): void {
    if (!isSorted) setSort({ column, descending: false });
    else if (!sort.descending) setSort({ column, descending: true });
    else setSort({ column: 'rank', descending: false });
  }
  return (
    <th scope="col" className={`cell-${column}`} aria-sort={isSorted ? direction : 'none'}>
      <button type="button" className="sort" onClick={turn}>
        {columnName(say, column)}
        <span aria-hidden="true">{isSorted ? (sort.descending ? '↓' : '↑') : ''}</span>
      </button>
    </th>
  );
}

/** Number and title are always there. */
const offered = allColumns.filter((column) => column !== 'number' && column !== 'title');

function ColumnPick({ view: { columns, setColumns } }: { view: ViewState }) {
  const say = useSay();
  return (
    <PickSeveral
      label={say('Columns')}
      choices={offered.map((column) => ({ id: column, name: columnName(say, column) }))}
      values={offered.filter((column) => columns.includes(column))}
      onPick={setColumns}
    >
      <span className="pick-none">{say('Columns')}</span>
    </PickSeveral>
  );
}

type SumsProps = {
  readonly columns: readonly Column[];
  readonly project: Project;
  readonly sums: ReturnType<typeof sumsOf>;
  /** Whether every card of the project is here to be counted. */
  readonly isWhole: boolean;
};

function Sums({ columns, project, sums, isWhole }: SumsProps) {
  const say = useSay();
  const cell = (column: Column): ReactNode => {
    switch (column) {
      case 'title':
        return (
          <>
            {isWhole
              ? say('{count, plural, one {# to-do} other {# to-dos}}', { count: sums.count })
              : say('{count, plural, one {Of the # to-do shown so far} other {Of the # to-dos shown so far}}', {
                  count: sums.count,
                })}
            {sums.parts > 0 && `, ${say('{count} of them subtasks', { count: sums.parts })}`}
          </>
        );
      case 'planned':
        return say('{hours} h', { hours: sayNumber(sums.planned) });
      case 'remaining':
        return say('{hours} h', { hours: sayNumber(sums.remaining) });
      case 'effort':
        return sayNumber(sums.effort);
      default:
        return '';
    }
  };
  return (
    <tfoot>
      <tr>
        {project.may.editToDo && <td className="cell-sum" />}
        {columns.map((column) => (
          <td key={column} className={`cell-sum cell-${column}`}>
            {cell(column)}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}
