/** What happened to a to-do, the latest first, in sentences: everything that one act changed stands together. */
import type { Effort, HistoryEntry, Priority, ToDo, ToDoType } from '../../../wire/to-do.ts';
import { useUndo } from '../api/to-do-changes.ts';
import { ActButton } from '../kit/act-button.tsx';
import { useToday } from '../kit/clock.ts';
import { sayDate, sayInstant, sayMoment } from '../kit/day-words.ts';
import { sayNumber } from '../kit/number-words.ts';
import { type Say, useSay } from '../words/say.ts';
import { type ChangedField, fieldInWords } from './field-words.ts';
import { sayNames } from './former-names.ts';
import { effortInWords, priorityName, typeName } from './names.ts';

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
  const today = useToday();
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
                <span key={entry.id}>{sayEntry(say, entry, `${toDo.projectKey}-${toDo.number}`)}</span>
              ))}
            </span>
            <span className="act-end">
              {mayUndo && (
                <ActButton
                  type="button"
                  className="text-button"
                  isPending={undo.isPending}
                  onClick={() => undo.mutate(changeId)}
                >
                  {say('Undo')}
                </ActButton>
              )}
              <time dateTime={first.at} title={sayMoment(first.at)}>
                {sayInstant(first.at, today)}
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

/** `here`: where the to-do is now. The address in a project that the reader may not see is not told. */
function sayEntry(say: Say, entry: HistoryEntry, here: string): string {
  const { field } = entry;
  const from = sayNames(say, field, entry.from);
  const to = sayNames(say, field, entry.to);
  const value = { from: from ?? '', to: to ?? '' };
  switch (field) {
    case 'created':
      return say('made this to-do');
    case 'title':
      return say('changed the title from “{from}” to “{to}”', value);
    case 'description':
      if (!from) return say('wrote the description');
      if (!to) return say('took the description away (was “{from}”)', value);
      return from === to
        ? say('changed the form of the description')
        : say('changed the description from “{from}” to “{to}”', value);
    case 'status':
      return say('moved it from {from} to {to}', value);
    case 'project':
      if (to === here)
        return from ? say('moved it here from {from}', value) : say('moved it here from another project');
      return from && to ? say('moved it from {from} to {to}', value) : say('moved it to another project');
    case 'assignees':
      if (!to) return say('took it from {from}', value);
      return from ? say('gave it to {to} (was {from})', value) : say('gave it to {to}', value);
    case 'parent':
      return to ? say('made it a part of “{to}”', value) : say('took it out of “{from}”', value);
    case 'blockers':
      return to ? say('made it wait for {to}', value) : say('made it wait for nothing');
    case 'trashed':
      return say('put it into the trash');
    case 'restored':
      return say('took it out of the trash');
    default:
      return sayValue(say, fieldInWords(say, field), shown(say, field, from), shown(say, field, to));
  }
}

function sayValue(say: Say, what: string, from: string | null, to: string | null): string {
  if (to === null) return say('took {what} away (was {from})', { what, from: from ?? '' });
  return from === null
    ? say('set {what} to {to}', { what, to })
    : say('set {what} to {to} (was {from})', { what, to, from });
}

function shown(say: Say, field: ChangedField, value: string | null): string | null {
  if (value === null) return null;
  switch (field) {
    case 'due':
    case 'workStart':
    case 'workEnd':
      return sayDate(value);
    case 'priority':
      return priorityName(say, Number(value) as Priority);
    case 'type':
      return typeName(say, value as ToDoType);
    case 'effort':
      return effortInWords(say, Number(value) as Effort);
    case 'plannedHours':
    case 'remainingHours':
      return sayNumber(Number(value));
    default:
      return value;
  }
}
