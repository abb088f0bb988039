/** What happened to a to-do, the latest first, in sentences. */
import { dayOf, sayDay } from '../../../wire/days.ts';
import {
  type Effort,
  effortNames,
  type HistoryEntry,
  type Priority,
  priorityNames,
  type ToDo,
  type ToDoType,
  toDoTypeNames,
} from '../../../wire/to-do.ts';

const shownFirst = 6;

export function History({ toDo }: { toDo: ToDo }) {
  const [first, rest] = [toDo.history.slice(0, shownFirst), toDo.history.slice(shownFirst)];
  return (
    <section className="history" aria-label="History">
      <h3 className="side-name">History</h3>
      <Entries entries={first} />
      {rest.length > 0 && (
        <details>
          <summary>Show {rest.length} more</summary>
          <Entries entries={rest} />
        </details>
      )}
    </section>
  );
}

function Entries({ entries }: { entries: readonly HistoryEntry[] }) {
  return (
    <ol>
      {entries.map((entry) => (
        <li key={`${entry.at}-${entry.field}`}>
          <span>
            <b>{entry.by.name}</b> {sayEntry(entry)}
          </span>
          <time dateTime={entry.at} title={new Date(entry.at).toLocaleString('en-GB')}>
            {sayInstant(entry.at)}
          </time>
        </li>
      ))}
    </ol>
  );
}

function sayEntry({ field, from, to }: HistoryEntry): string {
  switch (field) {
    case 'created':
      return 'made this to-do';
    case 'title':
      return `changed the title from “${from}”`;
    case 'description':
      return 'changed the description';
    case 'status':
      return `moved it from ${from} to ${to}`;
    case 'due':
      return to ? `set the due date to ${sayDue(to)}${from ? ` (was ${sayDue(from)})` : ''}` : 'took the due date away';
    case 'priority':
      return sayChange('priority', sayPriority(from), sayPriority(to));
    case 'assignees':
      return to ? `gave it to ${to}${from ? ` (was ${from})` : ''}` : `took it from ${from}`;
    case 'type':
      return sayChange('type', sayType(from), sayType(to));
    case 'effort':
      return sayChange('effort', sayEffort(from), sayEffort(to));
    case 'tags':
      return sayChange('tags', from, to);
    case 'milestone':
      return 'changed the milestone';
    case 'sprint':
      return 'changed the sprint';
    case 'parent':
      return to ? `made it a part of “${to}”` : `took it out of “${from}”`;
    case 'workStart':
      return sayChange('start of work', from && sayDue(from), to && sayDue(to));
    case 'workEnd':
      return sayChange('end of work', from && sayDue(from), to && sayDue(to));
    case 'plannedHours':
      return sayChange('planned hours', from, to);
    case 'remainingHours':
      return sayChange('remaining hours', from, to);
    case 'blockers':
      return to ? `made it wait for ${to}` : 'made it wait for nothing';
    case 'project':
      return `moved it from ${from} to ${to}`;
    case 'trashed':
      return 'put it into the trash';
    case 'restored':
      return 'took it out of the trash';
  }
}

function sayChange(what: string, from: string | null, to: string | null): string {
  return to ? `set the ${what} to ${to}${from ? ` (was ${from})` : ''}` : `took the ${what} away`;
}

const sayPriority = (value: string | null): string | null => value && priorityNames[Number(value) as Priority];
const sayType = (value: string | null): string | null => value && toDoTypeNames[value as ToDoType];
const sayEffort = (value: string | null): string | null => value && effortNames[Number(value) as Effort];

function sayDue(day: string): string {
  return new Date(`${day}T12:00:00`).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

function sayInstant(at: string): string {
  const instant = new Date(at);
  const clock = instant.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  return `${sayDay(dayOf(instant), dayOf(new Date()))}, ${clock}`;
}
