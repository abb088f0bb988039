/** Reads the trash of a project, the latest first. */
import type { Trashed } from '../../wire/trash.ts';
import type { Executor } from '../api/workspace.ts';

const trashMax = 500;

export async function readTrash(db: Executor, projectId: string): Promise<Trashed[]> {
  const rows = await db
    .selectFrom('to_dos')
    .leftJoin('people', 'people.id', 'to_dos.deleted_by')
    .where('to_dos.project_id', '=', projectId)
    .where('to_dos.deleted_at', 'is not', null)
    .select(['to_dos.number', 'to_dos.title', 'to_dos.deleted_at', 'to_dos.deleted_by', 'people.name'])
    .orderBy('to_dos.deleted_at', 'desc')
    .orderBy('to_dos.number')
    .limit(trashMax)
    .execute();
  return rows.map((row) => ({
    number: row.number,
    title: row.title,
    deletedAt: new Date(row.deleted_at ?? 0).toISOString(),
    deletedBy: { id: row.deleted_by ?? '', name: row.name ?? 'Somebody who left' },
  }));
}
