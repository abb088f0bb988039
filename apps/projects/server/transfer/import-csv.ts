/** Takes the to-dos of a CSV file into a project: all of them in one act that can be undone, or none. */
import { marked } from '@gatehouse/words/say.ts';
import { generateNKeysBetween } from 'fractional-indexing';
import type { CsvImported, CsvPreview, ImportCsvRequest, PreviewCsvRequest } from '../../wire/csv.ts';
import type { Language } from '../../wire/languages.ts';
import { fromPlain } from '../../wire/rich-text.ts';
import { foldTag } from '../../wire/tag.ts';
import { refuse } from '../api/permit.ts';
import { invalid, isRefusal, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { recordChange } from '../changes/record.ts';
import { seesEverybody, selectOffered } from '../projects/people-queries.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { listStatuses } from '../projects/queries.ts';
import { tagIdsFor } from '../tags/commands.ts';
import { listTags } from '../tags/queries.ts';
import { keepText } from '../to-dos/description.ts';
import { holdProject, takeNumbers } from '../to-dos/holding.ts';
import type { ToDoRow } from '../to-dos/present.ts';
import { lastRank } from '../to-dos/rank.ts';
import type { PlannedToDo } from './csv-line.ts';
import { type Known, mayMean } from './csv-meanings.ts';
import { type CsvPlan, planCsv } from './csv-plan.ts';
import { readCsv } from './csv-text.ts';
import { type NewToDo, writeToDos } from './write-to-dos.ts';

export async function previewCsv(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  request: PreviewCsvRequest,
  language: Language,
): Promise<CsvPreview | Refusal> {
  const refusal = refuse(viewer, 'transfer.import', project.facts);
  if (refusal) return refusal;
  const plan = await makePlan(workspace.db, viewer, project, request, language);
  return isRefusal(plan) ? plan : plan.preview;
}

/** Sent again with the same key, it adds nothing. */
export async function importCsv(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  { creationKey, ...request }: ImportCsvRequest,
  language: Language,
): Promise<CsvImported | Refusal> {
  const refusal = refuse(viewer, 'transfer.import', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing<CsvImported>(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const made = await findImported(trx, viewer, project, creationKey);
    if (made) return made;
    const plan = await makePlan(trx, viewer, project, request, language);
    if (isRefusal(plan)) return plan;
    const { problems } = plan.preview;
    if (problems.length > 0)
      return invalid(
        problems.map(({ line, sentence, values }) => ({ path: `line ${line}`, message: sentence, values })),
      );
    const tagIds = await tagIdsOf(workspace, trx, project, plan.toDos);
    if (isRefusal(tagIds)) return tagIds;
    const changeId = workspace.newId();
    const toDos = await build(workspace, trx, viewer, project, creationKey, plan.toDos, tagIds);
    await writeToDos(workspace, trx, viewer, toDos, changeId);
    await recordChange(workspace, trx, {
      projectId: project.row.id,
      actorId: viewer.id,
      kind: 'project.imported',
      subjectId: project.row.id,
      data: { title: project.row.name, count: toDos.length },
    });
    return { count: toDos.length, changeId };
  });
}

async function makePlan(
  db: Executor,
  viewer: Viewer,
  project: SeenProject,
  { csv, columns, dayOrder = 'dayFirst', leaveOut = false, meanings = [] }: PreviewCsvRequest,
  language: Language,
): Promise<CsvPlan | Refusal> {
  const table = readCsv(csv);
  if ('message' in table) {
    const { line, message, values } = table;
    return invalid([{ path: `line ${line}`, message, values }]);
  }
  const known = await readKnown(db, viewer, project);
  const foreign = meanings.flatMap((meaning, index) =>
    mayMean(meaning, known) ? [] : { path: `meanings.${index}.to`, message: notHere, values: { value: meaning.value } },
  );
  if (foreign.length > 0) return invalid(foreign);
  return planCsv(table, known, { columns, dayOrder, leaveOut, language, meanings });
}

const notHere = marked('What was chosen for “{value}” is not in this project, or not any more.');

async function readKnown(db: Executor, viewer: Viewer, { row }: SeenProject): Promise<Known> {
  const milestones = await db
    .selectFrom('milestones')
    .select(['id', 'title as name'])
    .where('project_id', '=', row.id)
    .execute();
  const sprints = await db.selectFrom('sprints').select(['id', 'name']).where('project_id', '=', row.id).execute();
  const people = await selectOffered(db, viewer, row, await seesEverybody(db, viewer))
    .select(['id', 'name', 'email'])
    .execute();
  return {
    statuses: (await listStatuses(db, row.id)).map((status) => ({ ...status, reportType: status.report_type })),
    milestones,
    sprints,
    tags: (await listTags(db, row.id)).map(({ name }) => name),
    people: people.map((person) => ({ ...person, email: (person.email ?? '').toLowerCase() })),
  };
}

/** The ids of all tags that the file names, by name as it is compared; what the project does not have yet is made. */
async function tagIdsOf(
  workspace: Workspace,
  trx: Executor,
  project: SeenProject,
  toDos: readonly PlannedToDo[],
): Promise<Map<string, string> | Refusal> {
  const names = new Map(toDos.flatMap(({ tags }) => tags.map((name) => [foldTag(name), name] as const)));
  const ids = await tagIdsFor(workspace, trx, project.row.id, [...names.values()]);
  return isRefusal(ids) ? ids : new Map([...names.keys()].map((folded, index) => [folded, ids[index] ?? '']));
}

async function build(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  project: SeenProject,
  creationKey: string,
  planned: readonly PlannedToDo[],
  tagIds: ReadonlyMap<string, string>,
): Promise<NewToDo[]> {
  const now = workspace.now();
  const statuses = await listStatuses(trx, project.row.id);
  const done = new Set(statuses.filter(({ report_type }) => report_type === 'done').map(({ id }) => id));
  const ids = planned.map(() => workspace.newId());
  const ranks = generateNKeysBetween(await lastRank(trx, project.row.id), null, planned.length);
  const first = await takeNumbers(trx, project.row.id, planned.length);
  return planned.map((toDo, index) => {
    const row: ToDoRow = {
      id: ids[index] ?? '',
      project_id: project.row.id,
      number: first + index,
      title: toDo.title,
      ...keepText(fromPlain(toDo.description)),
      status_id: toDo.statusId,
      due_on: toDo.dueOn,
      priority: toDo.priority,
      type: toDo.type,
      effort: toDo.effort,
      milestone_id: toDo.milestoneId,
      sprint_id: toDo.sprintId,
      parent_id: toDo.parent === null ? null : (ids[toDo.parent] ?? null),
      work_start_on: toDo.workStartOn,
      work_end_on: toDo.workEndOn,
      planned_hours: toDo.plannedHours,
      remaining_hours: toDo.remainingHours,
      rank: ranks[index] ?? '',
      version: 1,
      created_by: viewer.id,
      creation_key: `${creationKey}-${index}`,
      created_at: now,
      updated_at: now,
      completed_at: done.has(toDo.statusId) ? now : null,
      deleted_at: null,
      deleted_by: null,
    };
    const { assigneeIds } = toDo;
    const ownTagIds = [...new Set(toDo.tags.map(foldTag))].flatMap((folded) => tagIds.get(folded) ?? []);
    return { row, assigneeIds, watcherIds: [viewer.id, ...assigneeIds], tagIds: ownTagIds };
  });
}

/** What an earlier request with that key made. */
async function findImported(
  trx: Executor,
  viewer: Viewer,
  project: SeenProject,
  creationKey: string,
): Promise<CsvImported | undefined> {
  const first = await trx
    .selectFrom('to_dos')
    .innerJoin('to_do_history', 'to_do_history.to_do_id', 'to_dos.id')
    .select('change_id')
    .where('project_id', '=', project.row.id)
    .where('created_by', '=', viewer.id)
    .where('creation_key', '=', `${creationKey}-0`)
    .where('field', '=', 'created')
    .executeTakeFirst();
  if (!first) return undefined;
  const { count } = await trx
    .selectFrom('to_do_history')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('change_id', '=', first.change_id)
    .executeTakeFirstOrThrow();
  return { count: Number(count), changeId: first.change_id };
}
