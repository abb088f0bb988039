/**
 * What people left on the to-dos of a project that is measured: the history of each, comments with reactions, who watches,
 * and the change record. And, once all projects are there, what each person was told.
 */
import type { Insertable, Transaction } from 'kysely';
import type { Tables } from '../apps/projects/server/api/workspace.ts';
import { defaultStatuses } from '../apps/projects/server/projects/schema.ts';
import { asList } from '../apps/projects/server/to-dos/fields.ts';
import { reactions } from '../apps/projects/wire/comment.ts';
import type { HistoryField } from '../apps/projects/wire/to-do.ts';
import { inBatches } from './workspace-people.ts';
import {
  columnOf,
  commentsOn,
  dayMs,
  doneAtMs,
  holderOf,
  isDone,
  madeAtMs,
  type Placed,
  sprintOf,
  todayMs,
} from './workspace-shape.ts';

const hourMs = 3_600_000;

export async function fillTalk(trx: Transaction<Tables>, place: Placed): Promise<void> {
  const numbers = Array.from({ length: place.toDos }, (_, index) => index + 1);
  const comments = numbers.flatMap((number) => commentRows(number, place));
  for (const rows of inBatches(numbers.flatMap((number) => historyRows(number, place))))
    await trx.insertInto('to_do_history').values(rows).execute();
  for (const rows of inBatches(comments)) await trx.insertInto('comments').values(rows).execute();
  for (const rows of inBatches(comments.flatMap(reactionRows)))
    await trx.insertInto('comment_reactions').values(rows).execute();
  for (const rows of inBatches(watcherRows(comments))) await trx.insertInto('watchers').values(rows).execute();
  for (const rows of inBatches(numbers.flatMap((number) => changeRows(number, place))))
    await trx.insertInto('changes').values(rows).execute();
}

/** Whose turn it is: another one each time, whatever the to-do. */
const personFor = (turn: number, { people }: Placed): string => people[turn % people.length] ?? '';

/** It was made and given to somebody, got a day, went through the columns and perhaps into a sprint. */
function historyRows(number: number, place: Placed): Tables['to_do_history'][] {
  const { key, people } = place;
  const made = madeAtMs(number, place);
  const sprintId = sprintOf(number, place);
  const statusId = (position: number): string => `${key}-${position}`;
  type Line = readonly [field: HistoryField, from: string | null, to: string | null, at: number];
  const lines: Line[] = [
    ['created', null, null, made],
    ['assignees', null, asList([holderOf(number, people)]), made + hourMs],
    ['priority', null, String(1 + (number % 5)), made + 2 * hourMs],
  ];
  if (sprintId !== null) lines.push(['sprint', null, sprintId, made + 3 * hourMs]);
  if (isDone(number)) lines.push(['status', statusId(0), statusId(2), made + 4 * hourMs]);
  if (columnOf(number) > 0)
    lines.push([
      'status',
      statusId(isDone(number) ? 2 : 0),
      statusId(columnOf(number)),
      isDone(number) ? doneAtMs(number, place) : made + 5 * hourMs,
    ]);
  return lines.map(([field, from, to, at], index) => ({
    ...{
      id: `${key}-${number}-line-${index}`,
      to_do_id: `${key}-${number}`,
      person_id: personFor(number + index, place),
    },
    ...{ field, old_value: from, new_value: to, at, change_id: `${key}-${number}-act-${index}`, version: index + 1 },
  }));
}

/** The third and the fourth answer the first. */
function commentRows(number: number, place: Placed): Tables['comments'][] {
  const id = (index: number): string => `comment-${place.key}-${number}-${index}`;
  return Array.from({ length: commentsOn(number) }, (_, index) => ({
    ...{ id: id(index), to_do_id: `${place.key}-${number}`, reply_to: index === 2 || index === 3 ? id(0) : null },
    ...{ author_id: personFor(number + 7 * index, place), body: said[(number + index) % said.length] ?? '' },
    ...{ body_doc: null, version: 1, creation_key: `creation-of-${id(index)}` },
    ...{ created_at: madeAtMs(number, place) + index * hourMs, edited_at: null, removed_at: null, removed_by: null },
  }));
}

const said = [
  'Done by Friday, if the paper comes in time.',
  'I asked again. They want to know how many we will be, and whether the room upstairs is free on that evening.',
  'Yes.',
  'Let us take the smaller one: it costs less, it can be had at once, and nobody will see the difference from the street.',
  'Who has the list of last year? I only find the one from before.',
];

/** To every fifth. */
function reactionRows({ id, author_id }: Tables['comments'], index: number): Tables['comment_reactions'][] {
  const reaction = reactions[index % reactions.length];
  return index % 5 === 0 && reaction ? [{ comment_id: id, person_id: author_id, reaction }] : [];
}

/** Whoever says something watches from then on. */
function watcherRows(comments: readonly Tables['comments'][]): Tables['watchers'][] {
  const rows = comments.map(({ to_do_id, author_id }) => ({ to_do_id, person_id: author_id, watching: 1 as const }));
  return [...new Map(rows.map((row) => [`${row.to_do_id} ${row.person_id}`, row])).values()];
}

function changeRows(number: number, place: Placed): Insertable<Tables['changes']>[] {
  const { key } = place;
  const made = madeAtMs(number, place);
  const told = { number, title: 'A to-do' };
  const row = (kind: Tables['changes']['kind'], turn: number, facts: object, at: number) => ({
    ...{ project_id: key, actor_id: personFor(number + turn, place), kind, subject_id: `${key}-${number}` },
    ...{ facts: JSON.stringify({ ...told, ...facts }), at, told: 1 as const },
  });
  const toStatus = defaultStatuses[columnOf(number)]?.name;
  return [
    row('toDo.created', 0, {}, made),
    ...(columnOf(number) > 0 ? [row('toDo.moved', 3, { fromStatus: 'New', toStatus }, made + 4 * hourMs)] : []),
    ...Array.from({ length: commentsOn(number) }, (_, index) =>
      row('comment.added', 7 * index, { commentId: `comment-${key}-${number}-${index}` }, made + index * hourMs),
    ),
  ];
}

const toldEach = 400;
const unreadEach = 25;

/** What somebody was told in the last 160 days, the newest first and not read yet: mostly comments, some moves and calls. */
export function notificationRows(personId: string, nth: number, places: readonly Placed[]): Tables['notifications'][] {
  return Array.from({ length: toldEach }, (_, index) => {
    const place = places[(nth + index) % places.length];
    // Those on which something is said.
    const number = 4 * (1 + ((nth * 3 + index * 11) % Math.max(1, Math.floor((place?.toDos ?? 4) / 4))));
    const kind = (['comment', 'status', 'comment', 'assigned', 'mention'] as const)[index % 5] ?? 'comment';
    const isSaid = kind === 'comment' || kind === 'mention';
    const at = todayMs - Math.floor((index * 160 * dayMs) / toldEach);
    return {
      ...{ id: `${personId}-told-${index}`, person_id: personId, kind, project_id: place?.key ?? '' },
      ...{ to_do_id: `${place?.key}-${number}`, actor_id: place ? personFor(nth + index + 1, place) : null },
      ...{ title: 'A to-do', detail: kind === 'status' ? 'Done' : '' },
      comment_id: isSaid ? `comment-${place?.key}-${number}-0` : null,
      ...{ once: `told ${index}`, created_at: at, read_at: index < unreadEach ? null : at + hourMs },
      ...{ mail: 'no' as const, mail_id: null },
    };
  });
}
