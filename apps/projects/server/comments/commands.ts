/**
 * Adds, changes and removes comments and reactions. What was removed is kept, unseen, so that removing can be undone. Whose a
 * comment is and who may moderate, the policy decides here, for it takes the row.
 */

import type { ChangeFacts, ChangeKind } from '../../wire/change.ts';
import type { AddCommentRequest, EditCommentRequest, Reaction } from '../../wire/comment.ts';
import { asDoc, plainText, type RichDoc } from '../../wire/rich-text.ts';
import { refuse } from '../api/permit.ts';
import { changedMeanwhile, invalid, isRefusal, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { can, ownedBy, type Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { keepText } from '../to-dos/description.ts';
import { holdProject } from '../to-dos/holding.ts';
import { nameMentioned } from '../to-dos/mentions.ts';
import { beginWatching } from '../to-dos/people.ts';
import type { ToDoRow } from '../to-dos/present.ts';
import { findToDo } from '../to-dos/queries.ts';
import { recordToDo } from '../to-dos/record.ts';
import { type CommentRow, docOfComment } from './present.ts';

const commentsMax = 2_000;

function isBlank(doc: RichDoc): boolean {
  return plainText(doc).trim() === '';
}

function blank(): Refusal {
  return invalid([{ path: 'body', message: 'Write at least one character.' }]);
}

function keepBody(doc: RichDoc): Pick<CommentRow, 'body' | 'body_doc'> {
  const { description: body, description_doc: body_doc } = keepText(doc);
  return { body, body_doc };
}

/** The same creation key again answers with the comment that it made the first time. */
export async function addComment(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number,
  request: AddCommentRequest,
): Promise<CommentRow | Refusal> {
  const refusal = refuse(viewer, 'comment.create', project.facts);
  if (refusal) return refusal;
  const said = asDoc(request.body);
  if (isBlank(said)) return blank();
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const toDo = await findToDo(trx, project, number);
    if (!toDo) return notFound('to-do');
    const made = await findByCreationKey(trx, viewer, toDo, request.creationKey);
    if (made) return made;
    if ((await countComments(trx, toDo.id)) >= commentsMax)
      return invalid([{ path: 'body', message: 'A to-do has at most {max} comments.', values: { max: commentsMax } }]);
    const first = request.replyTo === undefined ? null : await findFirst(trx, toDo.id, request.replyTo);
    if (first === undefined) return notFound('comment');
    const named = await nameMentioned(trx, project, asDoc(''), said, 'body');
    if (isRefusal(named)) return named;
    const { mentionedIds } = named;
    const row: CommentRow = {
      id: workspace.newId(),
      to_do_id: toDo.id,
      reply_to: first,
      author_id: viewer.id,
      ...keepBody(named.doc),
      creation_key: request.creationKey,
      version: 1,
      created_at: workspace.now(),
      edited_at: null,
      removed_at: null,
      removed_by: null,
    };
    await trx.insertInto('comments').values(row).execute();
    await beginWatching(trx, toDo.id, [viewer.id, ...mentionedIds]);
    await record(workspace, trx, viewer, toDo, row, 'comment.added', mentionedIds);
    return row;
  });
}

export async function editComment(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number,
  commentId: string,
  request: EditCommentRequest,
): Promise<CommentRow | Refusal> {
  const said = asDoc(request.body);
  if (isBlank(said)) return blank();
  return changeComment(workspace, viewer, project, number, commentId, async (trx, toDo, row) => {
    if (row.removed_at !== null) return notFound('comment');
    if (row.version !== request.version) return changedMeanwhile('comment');
    const named = await nameMentioned(trx, project, docOfComment(row), said, 'body');
    if (isRefusal(named)) return named;
    const { mentionedIds } = named;
    const edited = { ...keepBody(named.doc), version: row.version + 1, edited_at: workspace.now() };
    await trx.updateTable('comments').set(edited).where('id', '=', row.id).execute();
    await beginWatching(trx, toDo.id, mentionedIds);
    const next = { ...row, ...edited };
    await record(workspace, trx, viewer, toDo, next, 'comment.changed', mentionedIds);
    return next;
  });
}

/** `removed` false brings it back, which is for who removed it and for who moderates, and is told to nobody again. */
export async function setRemoved(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number,
  commentId: string,
  removed: boolean,
): Promise<CommentRow | Refusal> {
  return changeComment(workspace, viewer, project, number, commentId, async (trx, toDo, row) => {
    if ((row.removed_at !== null) === removed) return row;
    const refusal =
      removed || row.removed_by === viewer.id ? undefined : refuse(viewer, 'comment.moderate', project.facts);
    if (refusal) return refusal;
    const set = removed
      ? { removed_at: workspace.now(), removed_by: viewer.id }
      : { removed_at: null, removed_by: null };
    await trx.updateTable('comments').set(set).where('id', '=', row.id).execute();
    const kind = removed ? 'comment.removed' : 'comment.added';
    await record(workspace, trx, viewer, toDo, row, kind, [], { restored: !removed });
    return { ...row, ...set };
  });
}

export async function setReaction(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number,
  commentId: string,
  reaction: Reaction,
  given: boolean,
): Promise<CommentRow | Refusal> {
  const refusal = refuse(viewer, 'comment.create', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    const toDo = await findToDo(trx, project, number);
    const row = toDo && (await findComment(trx, toDo.id, commentId));
    if (!row || row.removed_at !== null) return notFound('comment');
    const mine = { comment_id: row.id, person_id: viewer.id, reaction };
    if (given)
      await trx
        .insertInto('comment_reactions')
        .values(mine)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    else
      await trx
        .deleteFrom('comment_reactions')
        .where('comment_id', '=', row.id)
        .where('person_id', '=', viewer.id)
        .where('reaction', '=', reaction)
        .execute();
    await recordToDo(workspace, trx, viewer, toDo, 'comment.reacted', { commentId: row.id, reaction, given });
    return row;
  });
}

type Change = (trx: Executor, toDo: ToDoRow, row: CommentRow) => Promise<CommentRow | Refusal>;

/** One's own, or anybody's for who moderates. */
async function changeComment(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number,
  commentId: string,
  change: Change,
): Promise<CommentRow | Refusal> {
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const toDo = await findToDo(trx, project, number);
    const row = toDo && (await findComment(trx, toDo.id, commentId));
    if (!row) return notFound('comment');
    const refusal = can(viewer, 'comment.moderate', project.facts)
      ? undefined
      : refuse(viewer, 'comment.editOwn', ownedBy(row.author_id, project.facts));
    return refusal ?? change(trx, toDo, row);
  });
}

/** Its words are not among the facts: a record outlives what was said, and whoever tells of it reads them from the comment. */
function record(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  toDo: ToDoRow,
  row: CommentRow,
  kind: ChangeKind,
  mentionedIds: readonly string[],
  { restored } = { restored: false },
): Promise<void> {
  const facts: ChangeFacts = {
    commentId: row.id,
    ...(restored && { restored }),
    ...(mentionedIds.length > 0 && { mentionedIds }),
  };
  return recordToDo(workspace, trx, viewer, toDo, kind, facts);
}

async function findComment(trx: Executor, toDoId: string, commentId: string): Promise<CommentRow | undefined> {
  return trx
    .selectFrom('comments')
    .selectAll()
    .where('to_do_id', '=', toDoId)
    .where('id', '=', commentId)
    .executeTakeFirst();
}

/** The first comment of the thread that the answered one stands in. */
async function findFirst(trx: Executor, toDoId: string, commentId: string): Promise<string | undefined> {
  const answered = await findComment(trx, toDoId, commentId);
  return answered && (answered.reply_to ?? answered.id);
}

async function findByCreationKey(
  trx: Executor,
  viewer: Viewer,
  toDo: ToDoRow,
  creationKey: string,
): Promise<CommentRow | undefined> {
  return trx
    .selectFrom('comments')
    .selectAll()
    .where('to_do_id', '=', toDo.id)
    .where('author_id', '=', viewer.id)
    .where('creation_key', '=', creationKey)
    .executeTakeFirst();
}

async function countComments(trx: Executor, toDoId: string): Promise<number> {
  const row = await trx
    .selectFrom('comments')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('to_do_id', '=', toDoId)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}
