/** Writes the to-dos of a project file, with what was said about them, and the files of the project and of its to-dos. */
import { generateNKeysBetween } from 'fractional-indexing';
import type { SafeImageType } from '../../wire/file.ts';
import { carriedFiles, type FileToDo, type ProjectFile } from '../../wire/project-file.ts';
import { asDoc, type RichDoc } from '../../wire/rich-text.ts';
import { foldTag } from '../../wire/tag.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { selectAssignable } from '../projects/people-queries.ts';
import type { Viewer } from '../projects/policy.ts';
import { keepText } from '../to-dos/description.ts';
import { renameMentions, saidBy } from '../to-dos/mentions.ts';
import type { ToDoRow } from '../to-dos/present.ts';
import type { Matched } from './match-people.ts';
import { sequentialKey, type WrittenPlan } from './write-plan.ts';
import { insertMany, writeToDos } from './write-to-dos.ts';

/** A file whose bytes are in the store already, under that id. */
export type KeptFile = { readonly id: string; readonly imageType: SafeImageType | null };
type Place = { readonly viewer: Viewer; readonly projectId: string };

export async function writeWork(
  workspace: Workspace,
  trx: Executor,
  { viewer, projectId }: Place,
  file: ProjectFile,
  matched: Matched,
  plan: WrittenPlan,
  kept: ReadonlyMap<string, KeptFile>,
): Promise<void> {
  const { toDos } = file;
  const project = await trx.selectFrom('projects').selectAll().where('id', '=', projectId).executeTakeFirstOrThrow();
  const mayHave = new Set((await selectAssignable(trx, project).select('id').execute()).map(({ id }) => id));
  const people = (refs: readonly string[]): string[] =>
    [...new Set(refs.flatMap((ref) => matched.person(ref) ?? []))].filter((id) => mayHave.has(id));
  const text = (doc: string | RichDoc): RichDoc => renameMentions(asDoc(doc), matched.mentioned);
  const ids = new Map(toDos.map(({ number }) => [number, workspace.newId()]));
  const idOf = (number: number): string => ids.get(number) ?? '';
  const ranks = generateNKeysBetween(null, null, toDos.length);

  const written = toDos.map((each, index) => {
    const row: ToDoRow = {
      id: idOf(each.number),
      project_id: projectId,
      number: each.number,
      title: each.title,
      ...keepText(text(each.description)),
      status_id: plan.statuses.get(each.status) ?? '',
      due_on: each.dueOn,
      priority: each.priority,
      type: each.type,
      effort: each.effort,
      milestone_id: each.milestone === null ? null : (plan.milestones.get(each.milestone) ?? null),
      sprint_id: each.sprint === null ? null : (plan.sprints.get(each.sprint) ?? null),
      parent_id: each.parent === null ? null : idOf(each.parent),
      work_start_on: each.workStartOn,
      work_end_on: each.workEndOn,
      planned_hours: each.plannedHours,
      remaining_hours: each.remainingHours,
      rank: ranks[index] ?? '',
      version: 1,
      created_by: matched.author(each.by).id,
      creation_key: sequentialKey(index),
      created_at: Date.parse(each.at),
      updated_at: Date.parse(each.updatedAt),
      completed_at: completedAt(file, each),
      deleted_at: null,
      deleted_by: null,
    };
    const tagIds = [...new Set(each.tags.map(foldTag))].flatMap((folded) => plan.tags.get(folded) ?? []);
    return { row, assigneeIds: people(each.assignees), watcherIds: people(each.watchers), tagIds };
  });
  await writeToDos(workspace, trx, viewer, written, workspace.newId());
  await trx
    .updateTable('projects')
    .set({ next_number: Math.max(file.project.nextNumber, ...toDos.map(({ number }) => number + 1)) })
    .where('id', '=', projectId)
    .execute();
  await insertMany(
    trx,
    'to_do_blockers',
    toDos.flatMap(({ number, blockedBy }) =>
      [...new Set(blockedBy)].map((other) => ({ to_do_id: idOf(number), blocked_by_id: idOf(other) })),
    ),
  );
  await writeComments(workspace, trx, toDos, idOf, matched, text);
  await writeFiles(trx, projectId, file, idOf, matched, kept);
}

/** Whether something is done is the column's to say; when it was, the file's. */
function completedAt({ statuses }: ProjectFile, { status, completedAt: at, updatedAt }: FileToDo): number | null {
  const isDone = statuses.find(({ ref }) => ref === status)?.reportType === 'done';
  return isDone ? Date.parse(at ?? updatedAt) : null;
}

async function writeComments(
  workspace: Workspace,
  trx: Executor,
  toDos: readonly FileToDo[],
  idOf: (number: number) => string,
  matched: Matched,
  text: (doc: string | RichDoc) => RichDoc,
): Promise<void> {
  const all = toDos.flatMap(({ number, comments }) => comments.map((comment) => ({ ...comment, toDo: number })));
  const ids = new Map(all.map(({ ref, toDo }) => [`${toDo} ${ref}`, workspace.newId()]));
  const rows = all.map((comment, index) => {
    const { id: author_id, named } = matched.author(comment.by);
    const said = comment.body === null ? asDoc('') : text(comment.body);
    const { description: body, description_doc: body_doc } = keepText(named === null ? said : saidBy(named, said));
    return {
      id: ids.get(`${comment.toDo} ${comment.ref}`) ?? '',
      to_do_id: idOf(comment.toDo),
      reply_to: comment.replyTo === null ? null : (ids.get(`${comment.toDo} ${comment.replyTo}`) ?? null),
      author_id,
      body,
      body_doc,
      creation_key: sequentialKey(index),
      version: 1,
      created_at: Date.parse(comment.at),
      edited_at: comment.editedAt === null ? null : Date.parse(comment.editedAt),
      removed_at: comment.body === null ? Date.parse(comment.at) : null,
      removed_by: null,
    };
  });
  // An answer refers to the first comment of its thread.
  await insertMany(
    trx,
    'comments',
    rows.toSorted((a, b) => Number(a.reply_to !== null) - Number(b.reply_to !== null)),
  );
  await insertMany(
    trx,
    'comment_reactions',
    all.flatMap(({ ref, toDo, reactions }) =>
      // Whoever else reacted is no name before a text: without them, nothing untrue is shown.
      reactions
        .map(({ reaction, by }) => ({ reaction, author: matched.author(by) }))
        .filter(({ author }) => author.named === null)
        .map(({ reaction, author }) => ({
          comment_id: ids.get(`${toDo} ${ref}`) ?? '',
          person_id: author.id,
          reaction,
        })),
    ),
  );
}

async function writeFiles(
  trx: Executor,
  projectId: string,
  file: ProjectFile,
  idOf: (number: number) => string,
  matched: Matched,
  kept: ReadonlyMap<string, KeptFile>,
): Promise<void> {
  const rows = carriedFiles(file).flatMap(({ place, index, toDo, file: { name, bytes, sha256, by, at } }) => {
    const content = kept.get(place);
    if (!content) return [];
    return {
      id: content.id,
      project_id: projectId,
      to_do_id: toDo && idOf(toDo.number),
      ...{ name, bytes, sha256, image_type: content.imageType },
      uploaded_by: matched.author(by).id,
      creation_key: sequentialKey(index),
      created_at: Date.parse(at),
      removed_at: null,
      removed_by: null,
    };
  });
  await insertMany(trx, 'files', rows);
}
