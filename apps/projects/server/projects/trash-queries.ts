/** Reads the trash of projects: what the viewer may bring back, the latest first. */
import { type Expression, expressionBuilder, type SqlBool } from 'kysely';
import type { TrashedProject } from '../../wire/project.ts';
import { roles } from '../../wire/roles.ts';
import type { Executor, Tables } from '../api/workspace.ts';
import type { Viewer } from './policy.ts';

const trashMax = 500;

export async function readProjectTrash(db: Executor, viewer: Viewer): Promise<TrashedProject[]> {
  const rows = await selectTrashed(db, viewer)
    .leftJoin('people', 'people.id', 'projects.deleted_by')
    .select((select) => [
      ...(['projects.key', 'projects.name', 'projects.deleted_at', 'projects.deleted_by'] as const),
      'people.name as by',
      select
        .selectFrom('to_dos')
        .whereRef('to_dos.project_id', '=', 'projects.id')
        .where('to_dos.deleted_at', 'is', null)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('toDos'),
      select
        .selectFrom('files')
        .whereRef('files.project_id', '=', 'projects.id')
        .where('files.removed_at', 'is', null)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('files'),
    ])
    .orderBy('projects.deleted_at', 'desc')
    .orderBy('projects.key')
    .limit(trashMax)
    .execute();
  return rows.map(({ key, name, deleted_at, deleted_by, by, toDos, files }) => ({
    key,
    name,
    deletedAt: new Date(deleted_at ?? 0).toISOString(),
    deletedBy: { id: deleted_by ?? '', name: by ?? 'Somebody who left' },
    // PostgreSQL counts in text.
    toDos: Number(toDos ?? 0),
    files: Number(files ?? 0),
  }));
}

export async function countProjectTrash(db: Executor, viewer: Viewer): Promise<number> {
  const row = await selectTrashed(db, viewer)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

function selectTrashed(db: Executor, viewer: Viewer) {
  return db
    .selectFrom('projects')
    .leftJoin('project_members', (join) =>
      join.onRef('project_members.project_id', '=', 'projects.id').on('project_members.person_id', '=', viewer.id),
    )
    .where('projects.deleted_at', 'is not', null)
    .where('projects.purged_at', 'is', null)
    .where(mayRestore(viewer));
}

/** `project.restore` of the policy, in SQL. */
function mayRestore({ role }: Viewer): Expression<SqlBool> {
  const where = expressionBuilder<Tables, 'projects' | 'project_members'>();
  return role >= roles.manager ? where.lit(true) : where('project_members.role', '>=', roles.manager);
}
