/** What happened to a to-do, the latest first, in sentences. */
import { dayOf, sayDay } from '../../../wire/days.ts';
import type { HistoryEntry, ToDo } from '../../../wire/to-do.ts';

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
      return to ? `set the priority to ${to}${from ? ` (was ${from})` : ''}` : 'took the priority away';
    case 'assignees':
      return to ? `gave it to ${to}${from ? ` (was ${from})` : ''}` : `took it from ${from}`;
  }
}

function sayDue(day: string): string {
  return new Date(`${day}T12:00:00`).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

function sayInstant(at: string): string {
  const instant = new Date(at);
  const clock = instant.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  return `${sayDay(dayOf(instant), dayOf(new Date()))}, ${clock}`;
}
