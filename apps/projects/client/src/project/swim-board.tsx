/**
 * The board in lanes: a row a lane, a column a status, and the heads of the columns above all of them. On a phone the columns
 * of a lane stand under each other, those that hold something; of an empty lane the first, where work begins.
 */
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Project, Status } from '../../../wire/project.ts';
import type { BoardColumn, Card } from '../../../wire/to-do.ts';
import { Icon } from '../kit/icon.tsx';
import { Tone } from '../to-do/to-do-fields.tsx';
import { laneName } from '../views/field-names.ts';
import type { Grouping, Lane } from '../views/lanes.ts';
import type { Places } from '../views/use-places.ts';
import { useSay } from '../words/say.ts';
import { AddToColumn } from './add-to-column.tsx';
import { ColumnHead } from './board-column.tsx';
import { ColumnCards } from './column-cards.tsx';
import { ShowMore } from './show-more.tsx';

type SwimBoardProps = {
  readonly project: Project;
  readonly grouping: Grouping;
  readonly lanes: readonly Lane[];
  readonly columns: readonly BoardColumn[];
  readonly places: Places;
};

export function SwimBoard({ project, grouping, lanes, columns, places }: SwimBoardProps) {
  const say = useSay();
  const statuses = project.statuses.filter(({ id }) => columns.some(({ statusId }) => statusId === id));
  return (
    <section
      className="swim-board"
      style={{ '--columns': statuses.length } as React.CSSProperties}
      aria-label={say('Board of {project}', { project: project.name })}
    >
      <div className="swim-heads">
        {statuses.map((status) => (
          <ColumnHead
            key={status.id}
            status={status}
            column={columns.find(({ statusId }) => statusId === status.id) ?? { count: 0, parts: 0 }}
          />
        ))}
      </div>
      {lanes.map((lane) => (
        <LaneRow
          key={lane.id}
          project={project}
          lane={lane}
          name={laneName(say, grouping, lane, places)}
          statuses={statuses}
        />
      ))}
      <div className="swim-more">
        {columns.map((column) => (
          <div key={column.statusId}>
            <ShowMore projectKey={project.key} column={column} />
          </div>
        ))}
      </div>
    </section>
  );
}

type LaneRowProps = {
  readonly project: Project;
  readonly lane: Lane;
  readonly name: string;
  readonly statuses: readonly Status[];
};

function LaneRow({ project, lane, name, statuses }: LaneRowProps) {
  const say = useSay();
  const [isOpen, setOpen] = useState(true);
  const { cards, change } = lane;
  return (
    <section className="lane" aria-label={name}>
      <h2>
        <Button className="lane-fold" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          <Icon name="chevron" /> {name} <em>{cards.length}</em>
        </Button>
      </h2>
      {isOpen && (
        <div className="lane-cells">
          {statuses.map((status) => (
            <LaneCell
              key={status.id}
              project={project}
              status={status}
              cards={cards.filter(({ statusId }) => statusId === status.id)}
              change={change}
              label={say('{column}, {lane}', { column: status.name, lane: name })}
            />
          ))}
        </div>
      )}
    </section>
  );
}

type LaneCellProps = {
  readonly project: Project;
  readonly status: Status;
  readonly cards: readonly Card[];
  readonly change: Lane['change'];
  readonly label: string;
};

/** One column of one lane. Where the screen has no room for columns side by side, it has a name of its own. */
function LaneCell({ project, status, cards, change, label }: LaneCellProps) {
  return (
    <div className="lane-cell">
      <h3>
        <Tone status={status} /> {status.name} <em>{cards.length}</em>
      </h3>
      <ColumnCards project={project} status={status} cards={cards} change={change} label={label} />
      {project.may.createToDo && change && status.reportType !== 'done' && (
        <AddToColumn project={project} status={status} defaults={change} />
      )}
    </div>
  );
}
