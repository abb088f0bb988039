/**
 * How far projects and milestones are. Sums are remembered by what they are of, under the stamp of their project, which is
 * another one as soon as a to-do was changed that counts (`storage/workspace/107-progress-stamps.ts`): what is told is always
 * what would be added up anew. Every process remembers for itself, and forgets what was asked for least lately.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../api/workspace.ts';
import { type Counted, sumCounted, type Weigh } from './counted.ts';

/** What sums are of, and the stamp of its project, read before them. */
export type Stamped = { readonly id: string; readonly stamp: string | null };

/** By id; what has no to-dos has no entry. */
export type ReadSums = (wanted: readonly Stamped[]) => Promise<Map<string, Counted>>;

export type Progress = { readonly ofProjects: ReadSums; readonly ofMilestones: ReadSums };

const rememberedMax = 20_000;

/** `db` is no transaction: what one has written so far nobody else may be told. */
export function openProgress(db: Executor): Progress {
  return {
    ofProjects: remember((ids) => sumProjects(db, ids)),
    ofMilestones: remember((ids) => sumMilestones(db, ids)),
  };
}

/** A project weighs effort alone. */
export function sumProjects(db: Executor, ids: readonly string[]): Promise<Map<string, Counted>> {
  return sumCounted(db, 'project_id', ids, (effort) => sql`${effort}`);
}

export function sumMilestones(db: Executor, ids: readonly string[]): Promise<Map<string, Counted>> {
  return sumCounted(db, 'milestone_id', ids, byPriority);
}

/**
 * Effort (3, the middle, when none is said) times a factor for priority, from 2 for the most pressing to 1 for the least (1.5,
 * the middle, when none is said).
 */
const byPriority: Weigh = (effort, priority): RawBuilder<number> => sql`coalesce(${effort}, 3) * (case ${priority}
  when 1 then 2.0 when 2 then 1.75 when 3 then 1.5 when 4 then 1.25 when 5 then 1.0 else 1.5 end)`;

function remember(sum: (ids: readonly string[]) => Promise<Map<string, Counted>>): ReadSums {
  const remembered = new Map<string, { readonly stamp: string | null; readonly counted: Counted | undefined }>();

  function keep(id: string, stamp: string | null, counted: Counted | undefined): void {
    // Behind all others: a map keeps the order in which its keys came.
    remembered.delete(id);
    remembered.set(id, { stamp, counted });
    for (const oldest of remembered.keys()) {
      if (remembered.size <= rememberedMax) break;
      remembered.delete(oldest);
    }
  }

  return async function read(wanted) {
    const known = wanted.map(({ id, stamp }) => {
      const found = remembered.get(id);
      return found?.stamp === stamp ? found : undefined;
    });
    const missing = wanted.filter((_, index) => !known[index]);
    const anew = await sum(missing.map(({ id }) => id));
    const sums = new Map<string, Counted>();
    for (const [index, { id, stamp }] of wanted.entries()) {
      const counted = known[index] ? known[index].counted : anew.get(id);
      keep(id, stamp, counted);
      if (counted) sums.set(id, counted);
    }
    return sums;
  };
}
