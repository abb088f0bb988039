/** The to-dos of a project as CSV, in the order of the board: what `import-csv.ts` takes in again. */
import type { CsvField } from '../../wire/csv.ts';
import { csvFields } from '../../wire/csv.ts';
import type { Executor } from '../api/workspace.ts';
import type { SeenProject } from '../projects/present.ts';
import { csvHeaders } from './csv-names.ts';
import { writeCsv } from './csv-text.ts';

export async function exportCsv(db: Executor, project: SeenProject): Promise<string> {
  const projectId = project.row.id;
  const rows = await db
    .selectFrom('to_dos')
    .innerJoin('project_statuses', 'project_statuses.id', 'to_dos.status_id')
    .leftJoin('milestones', 'milestones.id', 'to_dos.milestone_id')
    .leftJoin('sprints', 'sprints.id', 'to_dos.sprint_id')
    .leftJoin('to_dos as whole', 'whole.id', 'to_dos.parent_id')
    .where('to_dos.project_id', '=', projectId)
    .where('to_dos.deleted_at', 'is', null)
    .selectAll('to_dos')
    .select([
      'project_statuses.name as status',
      'milestones.title as milestone',
      'sprints.name as sprint',
      'whole.number as parent',
    ])
    .orderBy('to_dos.rank')
    .execute();
  const assignees = await namesOf(
    db
      .selectFrom('to_do_assignees')
      .innerJoin('to_dos', 'to_dos.id', 'to_do_assignees.to_do_id')
      .innerJoin('people', 'people.id', 'to_do_assignees.person_id')
      .where('to_dos.project_id', '=', projectId)
      .select(['to_do_id', 'people.name'])
      .orderBy('people.name')
      .execute(),
  );
  const tags = await namesOf(
    db
      .selectFrom('to_do_tags')
      .innerJoin('tags', 'tags.id', 'to_do_tags.tag_id')
      .where('tags.project_id', '=', projectId)
      .select(['to_do_id', 'tags.name'])
      .orderBy('tags.folded')
      .execute(),
  );
  const lines = rows.map((row) => {
    const cells: Record<CsvField, string | number | null> = {
      number: row.number,
      title: row.title,
      description: row.description,
      type: row.type,
      status: row.status,
      priority: row.priority,
      effort: row.effort,
      assignees: (assignees.get(row.id) ?? []).join('; '),
      tags: (tags.get(row.id) ?? []).join(', '),
      milestone: row.milestone,
      sprint: row.sprint,
      parent: row.parent,
      dueOn: row.due_on,
      workStartOn: row.work_start_on,
      workEndOn: row.work_end_on,
      plannedHours: row.planned_hours,
      remainingHours: row.remaining_hours,
    };
    return csvFields.map((field) => String(cells[field] ?? ''));
  });
  return writeCsv(
    csvFields.map((field) => csvHeaders[field]),
    lines,
  );
}

async function namesOf(reading: Promise<{ to_do_id: string; name: string }[]>): Promise<Map<string, string[]>> {
  const names = new Map<string, string[]>();
  for (const { to_do_id, name } of await reading) {
    const known = names.get(to_do_id);
    if (known) known.push(name);
    else names.set(to_do_id, [name]);
  }
  return names;
}
