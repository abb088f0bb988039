/** What a page missed while it was away, from the change record. Too much, or too long ago: it had better load anew. */
import type { Executor, Workspace } from '../api/workspace.ts';
import type { ChangeRow } from './hub.ts';

const missedMax = 300;
/** How much earlier than its commit a change may have been written down (PostgreSQL commits in any order). */
const overlapMs = 10_000;

export async function newestChange(db: Executor): Promise<number> {
  const row = await db
    .selectFrom('changes')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirst();
  return Number(row?.id ?? 0);
}

/** Some may be told twice: what pages are told says how things are, not what to do. */
export async function missedSince({ db, dialect }: Workspace, after: number): Promise<ChangeRow[] | 'too-many'> {
  const last = await db.selectFrom('changes').select('at').where('id', '=', after).executeTakeFirst();
  if (!last && after !== 0) return 'too-many';
  const sinceMs = (last?.at ?? 0) - overlapMs;
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where((where) =>
      dialect === 'postgres' && last
        ? where.or([where('id', '>', after), where('at', '>', sinceMs)])
        : where('id', '>', after),
    )
    .orderBy('id')
    .limit(missedMax + 1)
    .execute();
  return rows.length > missedMax ? 'too-many' : rows;
}
