/** Writes what a project file says beside its to-dos: columns, tags, milestones, sprints, goals, how it goes. */
import { generateNKeysBetween } from 'fractional-indexing';
import type { ProjectFile } from '../../wire/project-file.ts';
import { foldTag } from '../../wire/tag.ts';
import type { Executor, Tables, Workspace } from '../api/workspace.ts';
import type { Matched } from './match-people.ts';
import { insertMany } from './write-to-dos.ts';

/** The new ids by the references of the file; tags by their names as they are compared. */
export type WrittenPlan = {
  readonly statuses: ReadonlyMap<string, string>;
  readonly milestones: ReadonlyMap<string, string>;
  readonly sprints: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
};

type Made = { readonly by: string; readonly at: string };
type MadeColumns = Pick<Tables['milestones'], 'version' | 'created_by' | 'creation_key' | 'created_at' | 'updated_at'>;

export async function writePlan(
  workspace: Workspace,
  trx: Executor,
  projectId: string,
  file: ProjectFile,
  matched: Matched,
): Promise<WrittenPlan> {
  const newIds = (things: readonly { readonly ref: string }[]): Map<string, string> =>
    new Map(things.map(({ ref }) => [ref, workspace.newId()]));
  const statuses = newIds(file.statuses);
  const milestones = newIds(file.milestones);
  const sprints = newIds(file.sprints);
  const tags = new Map(file.tags.map(({ name }) => [foldTag(name), workspace.newId()]));
  const made = (each: Made, index: number): MadeColumns => ({
    version: 1,
    created_by: matched.author(each.by).id,
    creation_key: sequentialKey(index),
    created_at: Date.parse(each.at),
    updated_at: Date.parse(each.at),
  });

  await insertMany(
    trx,
    'project_statuses',
    file.statuses.map(({ ref, name, reportType, tone, wipLimit, onBoard }, position) => ({
      id: statuses.get(ref) ?? '',
      project_id: projectId,
      ...{ name, report_type: reportType, tone, position, wip_limit: wipLimit, on_board: onBoard ? 1 : 0 },
    })),
  );
  await insertMany(
    trx,
    'tags',
    file.tags.map(({ name, tone }) => {
      const folded = foldTag(name);
      return { id: tags.get(folded) ?? '', project_id: projectId, name, folded, tone, created_at: workspace.now() };
    }),
  );
  const ranks = generateNKeysBetween(null, null, file.milestones.length);
  await insertMany(
    trx,
    'milestones',
    file.milestones.map((each, index) => ({
      id: milestones.get(each.ref) ?? '',
      project_id: projectId,
      ...{ title: each.title, description: each.description, tone: each.tone, status: each.status },
      owner_id: matched.person(each.owner) ?? null,
      ...{ start_on: each.startOn, end_on: each.endOn, rank: ranks[index] ?? '' },
      ...made(each, index),
    })),
  );
  await insertMany(
    trx,
    'milestone_dependencies',
    file.milestones.flatMap(({ ref, dependsOn }) =>
      [...new Set(dependsOn)].map((other) => ({
        milestone_id: milestones.get(ref) ?? '',
        depends_on_id: milestones.get(other) ?? '',
      })),
    ),
  );
  await insertMany(
    trx,
    'sprints',
    file.sprints.map((each, index) => ({
      id: sprints.get(each.ref) ?? '',
      project_id: projectId,
      ...{ name: each.name, aim: each.aim, start_on: each.startOn, end_on: each.endOn },
      closed_at: each.closedAt === null ? null : Date.parse(each.closedAt),
      ...made(each, index),
    })),
  );
  await writeGoals(workspace, trx, projectId, file, matched, milestones, made);
  await insertMany(
    trx,
    'status_updates',
    file.statusUpdates.map(({ light, text, by, at }, index) => {
      const { id, named } = matched.author(by);
      const said = named === null ? text : `${named}: ${text}`;
      const own = { id: workspace.newId(), project_id: projectId, person_id: id };
      return { ...own, light, text: said, creation_key: sequentialKey(index), at: Date.parse(at) };
    }),
  );
  return { statuses, milestones, sprints, tags };
}

async function writeGoals(
  workspace: Workspace,
  trx: Executor,
  projectId: string,
  { goals }: ProjectFile,
  matched: Matched,
  milestones: ReadonlyMap<string, string>,
  made: (each: Made, index: number) => MadeColumns,
): Promise<void> {
  const ids = goals.map(() => workspace.newId());
  await insertMany(
    trx,
    'goals',
    goals.map((each, index) => ({
      id: ids[index] ?? '',
      project_id: projectId,
      ...{ title: each.title, description: each.description, metric: each.metric, unit: each.unit },
      ...{ currency: each.currency, start_value: each.startValue, current_value: each.currentValue },
      ...{ target_value: each.targetValue, status: each.status, start_on: each.startOn, end_on: each.endOn },
      owner_id: matched.person(each.owner) ?? null,
      ...made(each, index),
    })),
  );
  await insertMany(
    trx,
    'goal_values',
    goals.flatMap(({ values }, goal) =>
      values.map(({ value, status, note, by, at }, index) => {
        const { id, named } = matched.author(by);
        const said = named === null || note === '' ? note : `${named}: ${note}`;
        const own = { id: workspace.newId(), goal_id: ids[goal] ?? '', person_id: id };
        return { ...own, value, status, note: said, creation_key: sequentialKey(index), at: Date.parse(at) };
      }),
    ),
  );
  await insertMany(
    trx,
    'goal_milestones',
    goals.flatMap(({ milestones: refs }, goal) =>
      [...new Set(refs)].map((ref) => ({ goal_id: ids[goal] ?? '', milestone_id: milestones.get(ref) ?? '' })),
    ),
  );
}

/** What came first in the file stays first where two things are of one time: keys sort as they were given. */
export function sequentialKey(index: number): string {
  return `import-${String(index).padStart(12, '0')}`;
}
