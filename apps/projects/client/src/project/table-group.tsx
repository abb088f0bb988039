/** The rows of one group of the table. Each field is changed where it stands; the title leads to the whole to-do. */
import { memo } from 'react';
import type { Project } from '../../../wire/project.ts';
import type { Card } from '../../../wire/to-do.ts';
import { useOver } from '../shell/places.ts';
import { useSelection } from '../views/selection.tsx';
import type { Column } from '../views/sort.ts';
import { useSay } from '../words/say.ts';
import { useGrowing } from './growing.ts';
import { TableCell } from './table-cell.tsx';
import { TitleCell } from './title-cell.tsx';

type GroupProps = {
  readonly project: Project;
  /** Empty where there is one group only. */
  readonly name: string;
  readonly cards: readonly Card[];
  readonly columns: readonly Column[];
};

export function TableGroup({ project, name, cards, columns }: GroupProps) {
  const { shown, sentinel } = useGrowing(cards);
  const { ids: numbers, toggle } = useSelection();
  const over = useOver();
  const width = columns.length + (project.may.editToDo ? 1 : 0);
  return (
    <>
      <tbody>
        {name !== '' && (
          <tr className="table-group">
            <th scope="rowgroup" colSpan={width}>
              {name} <em>{cards.length}</em>
            </th>
          </tr>
        )}
        {shown.map((card) => (
          <TableRow
            key={card.number}
            card={card}
            project={project}
            columns={columns}
            over={over}
            isSelected={numbers.has(card.number)}
            onToggle={toggle}
          />
        ))}
      </tbody>
      <tbody aria-hidden="true">
        <tr>
          <td colSpan={width} className="table-sentinel">
            <div ref={sentinel} />
          </td>
        </tr>
      </tbody>
    </>
  );
}

type RowProps = {
  readonly card: Card;
  readonly project: Project;
  readonly columns: readonly Column[];
  readonly over: string;
  readonly isSelected: boolean;
  readonly onToggle: (number: number) => void;
};

const TableRow = memo(function TableRow({ card, project, columns, over, isSelected, onToggle }: RowProps) {
  const say = useSay();
  const id = `${card.projectKey}-${card.number}`;
  return (
    <tr data-roam={id} className={isSelected ? 'table-row table-row-selected' : 'table-row'}>
      {project.may.editToDo && (
        <td className="cell-select">
          <input
            type="checkbox"
            aria-label={say('Select {id}', { id })}
            checked={isSelected}
            onChange={() => onToggle(card.number)}
          />
        </td>
      )}
      {columns.map((column) =>
        column === 'title' ? (
          <th key={column} scope="row" className="cell-title" aria-label={card.title}>
            <TitleCell card={card} over={over} mayEdit={project.may.editToDo} />
          </th>
        ) : (
          <td key={column} className={`cell-${column}`}>
            <TableCell column={column} card={card} project={project} />
          </td>
        ),
      )}
    </tr>
  );
});
