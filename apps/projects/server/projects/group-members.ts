/**
 * Members whom groups of the provider let in: given at a sign-in, and taken at a later one when the group is gone. A group
 * touches only what a group gave; where a person has decided, that stays. Knows no claim: which projects it is, the sign-in
 * says.
 */
import type { ProjectRole } from '../../wire/roles.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { recordChange } from '../changes/record.ts';

export type GroupProject = { readonly project: string; readonly role: ProjectRole | null };
export type ProjectSync = 'never' | 'first' | 'always';

/** Answers with the keys that name no project, for the log. */
export async function syncGroupMembers(
  workspace: Workspace,
  personId: string,
  wanted: readonly GroupProject[],
  rule: { readonly sync: ProjectSync; readonly isFirst: boolean },
): Promise<readonly string[]> {
  if (rule.sync === 'never' || (rule.sync === 'first' && !rule.isFirst)) return [];
  return workspace.db.transaction().execute(async (trx) => {
    const projects = await findProjects(trx, wanted);
    const memberships = await trx
      .selectFrom('project_members')
      .innerJoin('projects', 'projects.id', 'project_members.project_id')
      .where('person_id', '=', personId)
      .select(['project_id as id', 'projects.name', 'role', 'given_by'])
      .execute();
    const given = new Map(memberships.map((membership) => [membership.id, membership]));
    for (const { id, name, role } of projects) {
      const known = given.get(id);
      if (known && (known.given_by === 'person' || known.role === role)) continue;
      await trx
        .insertInto('project_members')
        .values({ project_id: id, person_id: personId, role, given_by: 'group', created_at: workspace.now() })
        .onConflict((conflict) => conflict.columns(['project_id', 'person_id']).doUpdateSet({ role }))
        .execute();
      await record(workspace, trx, personId, { id, name }, 'member.set');
    }
    const kept = new Set(projects.map(({ id }) => id));
    for (const { id, name, given_by } of memberships) {
      if (given_by !== 'group' || kept.has(id)) continue;
      await trx
        .deleteFrom('project_members')
        .where('project_id', '=', id)
        .where('person_id', '=', personId)
        .where('given_by', '=', 'group')
        .execute();
      await record(workspace, trx, personId, { id, name }, 'member.removed');
    }
    const known = new Set(projects.map(({ key }) => key));
    return wanted.map(({ project }) => project).filter((key) => !known.has(key));
  });
}

async function findProjects(trx: Executor, wanted: readonly GroupProject[]) {
  if (wanted.length === 0) return [];
  const roleOf = new Map(wanted.map(({ project, role }) => [project, role]));
  const rows = await trx
    .selectFrom('projects')
    .select(['id', 'key', 'name'])
    .where('key', 'in', [...roleOf.keys()])
    .execute();
  return rows.map((row) => ({ ...row, role: roleOf.get(row.key) ?? null }));
}

function record(
  workspace: Workspace,
  trx: Executor,
  personId: string,
  project: { readonly id: string; readonly name: string },
  kind: 'member.set' | 'member.removed',
): Promise<void> {
  const data = { title: project.name, personId };
  return recordChange(workspace, trx, {
    projectId: project.id,
    actorId: personId,
    kind,
    subjectId: project.id,
    data,
  });
}
