/** What happened to a to-do, the latest first, in sentences: everything that one act changed stands together. */
import {
  type Effort,
  type HistoryEntry,
  type Priority,
  priorityNames,
  type ToDo,
  type ToDoType,
} from '../../../wire/to-do.ts';
import { useUndo } from '../api/to-do-changes.ts';
import { type Say, useSay } from '../words/say.ts';
import { sayInstant } from './instants.ts';
import { sayEffort, sayType } from './more-fields.tsx';

const shownFirst = 5;

export function History({ toDo }: { toDo: ToDo }) {
  const say = useSay();
  const acts = [...Map.groupBy(toDo.history, ({ id, changeId }) => changeId ?? id).values()];
  const [first, rest] = [acts.slice(0, shownFirst), acts.slice(shownFirst)];
  return (
    <section className="history" aria-label={say('History')}>
      <h3 className="side-name">{say('History')}</h3>
      <Acts acts={first} toDo={toDo} />
      {rest.length > 0 && (
        <details>
          <summary>{say('Show {count} more', { count: rest.length })}</summary>
          <Acts acts={rest} toDo={toDo} />
        </details>
      )}
    </section>
  );
}

function Acts({ acts, toDo }: { acts: readonly (readonly HistoryEntry[])[]; toDo: ToDo }) {
  const say = useSay();
  const undo = useUndo(toDo.projectKey);
  return (
    <ol>
      {acts.map((entries) => {
        const [first] = entries;
        if (!first) return null;
        const { changeId } = first;
        const mayUndo = toDo.may.edit && changeId !== null && !entries.some(({ field }) => lasting.has(field));
        return (
          <li key={first.id}>
            <span className="act">
              <b>{first.by.name}</b>
              {entries.map((entry) => (
                <span key={entry.id}>{sayEntry(say, entry)}</span>
              ))}
            </span>
            <span className="act-end">
              {mayUndo && (
                <button
                  type="button"
                  className="text-button"
                  disabled={undo.isPending}
                  onClick={() => undo.mutate(changeId)}
                >
                  {say('Undo')}
                </button>
              )}
              <time dateTime={first.at} title={new Date(first.at).toLocaleString('en-GB')}>
                {sayInstant(first.at)}
              </time>
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** What is not taken back from here: making has the trash, moving has moving back. */
const lasting: ReadonlySet<HistoryEntry['field']> = new Set(['created', 'trashed', 'restored', 'project']);

function sayEntry(say: Say, { field, from, to }: HistoryEntry): string {
  const value = { from: from ?? '', to: to ?? '' };
  switch (field) {
    case 'created':
      return say('made this to-do');
    case 'title':
      return say('changed the title from “{from}”', value);
    case 'description':
      return from ? say('changed the description from “{from}”', value) : say('wrote the description');
    case 'status':
      return say('moved it from {from} to {to}', value);
    case 'project':
      return say('moved it here from {from}', value);
    case 'assignees':
      if (!to) return say('took it from {from}', value);
      return from ? say('gave it to {to} (was {from})', value) : say('gave it to {to}', value);
    case 'parent':
      return to ? say('made it a part of “{to}”', value) : say('took it out of “{from}”', value);
    case 'blockers':
      return to ? say('made it wait for {to}', value) : say('made it wait for nothing');
    case 'milestone':
      return say('changed the milestone');
    case 'sprint':
      return say('changed the sprint');
    case 'trashed':
      return say('put it into the trash');
    case 'restored':
      return say('took it out of the trash');
    default:
      return sayValue(say, nameOf(say, field), shown(say, field, from), shown(say, field, to));
  }
}

type ValueField =
  | 'due'
  | 'priority'
  | 'type'
  | 'effort'
  | 'tags'
  | 'workStart'
  | 'workEnd'
  | 'plannedHours'
  | 'remainingHours';

function nameOf(say: Say, field: ValueField): string {
  switch (field) {
    case 'due':
      return say('the due date');
    case 'priority':
      return say('the priority');
    case 'type':
      return say('the type');
    case 'effort':
      return say('the size');
    case 'tags':
      return say('the tags');
    case 'workStart':
      return say('the start of work');
    case 'workEnd':
      return say('the end of work');
    case 'plannedHours':
      return say('the planned hours');
    case 'remainingHours':
      return say('the hours left');
  }
}

function sayValue(say: Say, what: string, from: string | null, to: string | null): string {
  if (to === null) return say('took {what} away (was {from})', { what, from: from ?? '' });
  return from === null
    ? say('set {what} to {to}', { what, to })
    : say('set {what} to {to} (was {from})', { what, to, from });
}

function shown(say: Say, field: ValueField, value: string | null): string | null {
  if (value === null) return null;
  switch (field) {
    case 'due':
    case 'workStart':
    case 'workEnd':
      return new Date(`${value}T12:00:00`).toLocaleDateString('en-GB', {
        day: 'numeric',
        month: 'short',
        year: 'numeric',
      });
    case 'priority':
      return priorityNames[Number(value) as Priority];
    case 'type':
      return sayType(say, value as ToDoType);
    case 'effort':
      return sayEffort(say, Number(value) as Effort);
    default:
      return value;
  }
}
