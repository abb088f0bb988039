/**
 * Members whom groups of the provider let in: given at a sign-in, and taken at a later one when the group is gone. A group
 * touches only what a group gave; where a person has decided, that stays. Whom a person took out stays out until their groups
 * name the project no more, so that a group which takes them anew lets them in again. Knows no claim: which projects it is,
 * the sign-in says.
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
    const keptOut = await readKeptOut(trx, personId);
    for (const { id, name, role } of projects) {
      const known = given.get(id);
      if (keptOut.has(id) || (known && (known.given_by === 'person' || known.role === role))) continue;
      const set = await trx
        .insertInto('project_members')
        .values({ project_id: id, person_id: personId, role, given_by: 'group', created_at: workspace.now() })
        .onConflict((conflict) =>
          conflict
            .columns(['project_id', 'person_id'])
            .doUpdateSet({ role })
            .where('project_members.given_by', '=', 'group'),
        )
        .returning('project_id')
        .executeTakeFirst();
      // It may have waited for a manager who was just taking them out, and have brought them back.
      if ((await readKeptOut(trx, personId)).has(id)) await takeGiven(trx, id, personId);
      else if (set) await record(workspace, trx, personId, { id, name }, 'member.set');
    }
    const kept = new Set(projects.map(({ id }) => id));
    for (const id of keptOut) if (!kept.has(id)) await letIn(trx, id, personId);
    for (const { id, name, given_by } of memberships) {
      if (given_by !== 'group' || kept.has(id)) continue;
      await takeGiven(trx, id, personId);
      await record(workspace, trx, personId, { id, name }, 'member.removed');
    }
    const known = new Set(projects.map(({ key }) => key));
    return wanted.map(({ project }) => project).filter((key) => !known.has(key));
  });
}

async function takeGiven(trx: Executor, projectId: string, personId: string): Promise<void> {
  await trx
    .deleteFrom('project_members')
    .where('project_id', '=', projectId)
    .where('person_id', '=', personId)
    .where('given_by', '=', 'group')
    .execute();
}

async function readKeptOut(trx: Executor, personId: string): Promise<Set<string>> {
  const rows = await trx.selectFrom('kept_out').select('project_id').where('person_id', '=', personId).execute();
  return new Set(rows.map(({ project_id }) => project_id));
}

/** From now on no group brings them back. */
export async function keepOut(trx: Executor, projectId: string, personId: string): Promise<void> {
  await trx
    .insertInto('kept_out')
    .values({ project_id: projectId, person_id: personId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** From now on a group may let them in again. */
export async function letIn(trx: Executor, projectId: string, personId: string): Promise<void> {
  await trx.deleteFrom('kept_out').where('project_id', '=', projectId).where('person_id', '=', personId).execute();
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
