/**
 * What happened in a project, told in few lines: what somebody did to one to-do within five minutes is one, and so is one and
 * the same thing done to several. Pure.
 */
import type { ChangeFacts } from '../../wire/change.ts';
import type { Activity, ActivityAct } from '../../wire/overview.ts';
import { type HistoryField, historyFields } from '../../wire/to-do.ts';
import type { ChangeTables } from '../changes/schema.ts';

export type ActivityRow = Pick<ChangeTables['changes'], 'kind' | 'actor_id' | 'facts' | 'at'> & {
  readonly id: number;
  readonly actor_name: string | null;
};

/** Counted back from the last of it. */
const togetherMs = 5 * 60_000;

type Line = Activity & { readonly actorId: string; readonly atMs: number };

/** Of rows that begin with the latest; so do the lines, `max` at most. */
export function gatherActivity(rows: readonly ActivityRow[], max: number): Activity[] {
  const ofOneThing = gather(firstLinesOf(rows, max).map(readLine), thingOf, (later, earlier) => ({
    ...later,
    acts: joinActs([...earlier.acts, ...later.acts]),
  }));
  const ofOneKind = gather(ofOneThing, kindOf, (later, earlier) => ({
    ...later,
    toDos: [...later.toDos, ...earlier.toDos],
  }));
  return ofOneKind.slice(0, max).map(({ actorId: _, atMs: __, ...activity }) => activity);
}

/**
 * Those that can be in the first `max` lines. A line is gathered twice and so spans twice the time at most: rows that are
 * further apart are in different ones, and what comes long enough after `max` of these is in none of the first.
 */
function firstLinesOf(rows: readonly ActivityRow[], max: number): readonly ActivityRow[] {
  let apart = 0;
  let last = Number.POSITIVE_INFINITY;
  const end = rows.findIndex(({ at }) => {
    if (last - at <= 2 * togetherMs) return false;
    apart += 1;
    last = at;
    return apart > max;
  });
  return end < 0 ? rows : rows.slice(0, end);
}

function gather(
  lines: readonly Line[],
  keyOf: (line: Line) => string | null,
  join: (later: Line, earlier: Line) => Line,
): Line[] {
  const gathered: Line[] = [];
  /** Where the earliest line of each key stands: one that begins before it is too early for those above. */
  const places = new Map<string, number>();
  for (const line of lines) {
    const key = keyOf(line);
    const place = key === null ? undefined : places.get(key);
    const later = place === undefined ? undefined : gathered[place];
    if (place !== undefined && later && later.atMs - line.atMs <= togetherMs) gathered[place] = join(later, line);
    else {
      if (key !== null) places.set(key, gathered.length);
      gathered.push(line);
    }
  }
  return gathered;
}

function thingOf({ actorId, acts, toDos: [toDo], title }: Line): string {
  return JSON.stringify([actorId, toDo?.number ?? [acts[0]?.kind, title]]);
}

/** Null for what is told by itself. */
function kindOf({ actorId, acts, toDos }: Line): string | null {
  return acts.length === 1 && toDos.length > 0 ? JSON.stringify([actorId, acts]) : null;
}

function readLine(row: ActivityRow): Line {
  const facts = JSON.parse(row.facts) as ChangeFacts;
  const title = facts.title ?? '';
  return {
    id: String(row.id),
    by: row.actor_name === null ? null : { id: row.actor_id, name: row.actor_name },
    at: new Date(row.at).toISOString(),
    acts: joinActs(readActs(row, facts)),
    toDos: facts.number === undefined ? [] : [{ number: facts.number, title }],
    title: facts.number === undefined ? title : null,
    actorId: row.actor_id,
    atMs: row.at,
  };
}

/** An edit that changed the column as well was a move too. */
function readActs({ kind }: ActivityRow, { fields = [], toStatus }: ChangeFacts): ActivityAct[] {
  if (!kind.startsWith('toDo.')) return [{ kind, fields: [], toStatus: null }];
  const others = historyFields.filter((field) => field !== 'status' && fields.includes(field));
  const moved: ActivityAct[] = toStatus ? [{ kind: 'toDo.moved', fields: [], toStatus }] : [];
  if (moved.length > 0 && others.length === 0) return moved;
  return [...moved, { kind, fields: kind === 'toDo.changed' ? others : [], toStatus: null }];
}

/** Each kind once, where it came last. Whoever makes something sets its fields; whoever does more also puts it in order. */
function joinActs(acts: readonly ActivityAct[]): ActivityAct[] {
  const byKind = new Map<string, ActivityAct>();
  for (const act of acts) {
    const before = byKind.get(act.kind);
    byKind.delete(act.kind);
    byKind.set(act.kind, {
      kind: act.kind,
      fields: inOrder([...(before?.fields ?? []), ...act.fields]),
      toStatus: act.toStatus ?? before?.toStatus ?? null,
    });
  }
  if (byKind.has('toDo.created')) byKind.delete('toDo.changed');
  if (byKind.size > 1 && byKind.get('toDo.moved')?.toStatus === null) byKind.delete('toDo.moved');
  return [...byKind.values()];
}

function inOrder(fields: readonly HistoryField[]): HistoryField[] {
  return historyFields.filter((field) => fields.includes(field));
}
