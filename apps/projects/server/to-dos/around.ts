/** Reads what stands around one to-do: its whole, its parts, what it waits for and what waits for it, and who watches. */
import type { Executor } from '../api/workspace.ts';
import { readAssignees } from './card-parts.ts';
import type { Around, ToDoRow } from './present.ts';

const refsMax = 200;
const columns = ['to_dos.number', 'to_dos.title', 'to_dos.status_id', 'to_dos.completed_at'] as const;

function selectRefs(db: Executor) {
  return db
    .selectFrom('to_dos')
    .select(columns)
    .where('to_dos.deleted_at', 'is', null)
    .orderBy('to_dos.rank')
    .limit(refsMax);
}

export async function readAround(db: Executor, row: ToDoRow): Promise<Around> {
  const [parent, parts, blockedBy, blocks, watchers] = await Promise.all([
    row.parent_id === null ? undefined : selectRefs(db).where('to_dos.id', '=', row.parent_id).executeTakeFirst(),
    selectRefs(db).select(['to_dos.id', 'to_dos.due_on']).where('to_dos.parent_id', '=', row.id).execute(),
    selectRefs(db)
      .innerJoin('to_do_blockers', 'to_do_blockers.blocked_by_id', 'to_dos.id')
      .where('to_do_blockers.to_do_id', '=', row.id)
      .execute(),
    selectRefs(db)
      .innerJoin('to_do_blockers', 'to_do_blockers.to_do_id', 'to_dos.id')
      .where('to_do_blockers.blocked_by_id', '=', row.id)
      .execute(),
    db
      .selectFrom('watchers')
      .innerJoin('people', 'people.id', 'watchers.person_id')
      .where('to_do_id', '=', row.id)
      .where('watching', '=', 1)
      .select(['people.id', 'people.name'])
      .orderBy('people.name')
      .limit(refsMax)
      .execute(),
  ]);
  const assignees = await readAssignees(
    db,
    parts.map(({ id }) => id),
  );
  const withPeople = parts.map((part) => ({ ...part, assignees: assignees.get(part.id) ?? [] }));
  return { parent: parent ?? null, parts: withPeople, blockedBy, blocks, watchers };
}

/** Where a to-do of that number went, by project and number there. */
export async function findFormer(
  db: Executor,
  projectId: string,
  number: number,
): Promise<{ key: string; number: number } | undefined> {
  return db
    .selectFrom('former_numbers')
    .innerJoin('to_dos', 'to_dos.id', 'former_numbers.to_do_id')
    .innerJoin('projects', 'projects.id', 'to_dos.project_id')
    .where('former_numbers.project_id', '=', projectId)
    .where('former_numbers.number', '=', number)
    .where('to_dos.deleted_at', 'is', null)
    .select(['projects.key', 'to_dos.number'])
    .executeTakeFirst();
}
