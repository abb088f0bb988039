/**
 * Everything of a project that is in use, read table by table in an order that an import keeps: by time, then by the creation
 * key, which an import gives in the order of the file.
 */
import type { Executor } from '../api/workspace.ts';
import type { CommentRow } from '../comments/present.ts';
import { listStatuses } from '../projects/queries.ts';

export async function readParts(db: Executor, projectId: string) {
  const inUse = db
    .selectFrom('to_dos')
    .select('id')
    .where('project_id', '=', projectId)
    .where('deleted_at', 'is', null);
  const ownMilestones = db.selectFrom('milestones').select('id').where('project_id', '=', projectId);
  const ownGoals = db.selectFrom('goals').select('id').where('project_id', '=', projectId);
  const files = await selectFiles(db, projectId).execute();
  return {
    statuses: await listStatuses(db, projectId),
    members: await db
      .selectFrom('project_members')
      .select(['person_id', 'role'])
      .where('project_id', '=', projectId)
      .orderBy('person_id')
      .execute(),
    tags: await db.selectFrom('tags').selectAll().where('project_id', '=', projectId).orderBy('folded').execute(),
    milestones: await db
      .selectFrom('milestones')
      .selectAll()
      .where('project_id', '=', projectId)
      .orderBy('rank')
      .execute(),
    dependencies: by(
      'milestone_id',
      await db
        .selectFrom('milestone_dependencies')
        .innerJoin('milestones', 'milestones.id', 'depends_on_id')
        .select(['milestone_id', 'depends_on_id'])
        .where('milestone_id', 'in', ownMilestones)
        .orderBy('milestones.rank')
        .execute(),
    ),
    sprints: await db
      .selectFrom('sprints')
      .selectAll()
      .where('project_id', '=', projectId)
      .orderBy('created_at')
      .orderBy('creation_key')
      .execute(),
    goals: await db
      .selectFrom('goals')
      .selectAll()
      .where('project_id', '=', projectId)
      .orderBy('created_at')
      .orderBy('creation_key')
      .execute(),
    goalValues: by(
      'goal_id',
      await db
        .selectFrom('goal_values')
        .selectAll()
        .where('goal_id', 'in', ownGoals)
        .orderBy('at')
        .orderBy('creation_key')
        .execute(),
    ),
    goalMilestones: by(
      'goal_id',
      await db
        .selectFrom('goal_milestones')
        .innerJoin('milestones', 'milestones.id', 'milestone_id')
        .select(['goal_id', 'milestone_id'])
        .where('goal_id', 'in', ownGoals)
        .orderBy('milestones.rank')
        .execute(),
    ),
    updates: await db
      .selectFrom('status_updates')
      .selectAll()
      .where('project_id', '=', projectId)
      .orderBy('at')
      .orderBy('creation_key')
      .execute(),
    toDos: await db
      .selectFrom('to_dos')
      .selectAll()
      .where('project_id', '=', projectId)
      .where('deleted_at', 'is', null)
      .orderBy('rank')
      .execute(),
    assignees: by(
      'to_do_id',
      await db.selectFrom('to_do_assignees').selectAll().where('to_do_id', 'in', inUse).orderBy('person_id').execute(),
    ),
    watchers: by(
      'to_do_id',
      await db
        .selectFrom('watchers')
        .selectAll()
        .where('to_do_id', 'in', inUse)
        .where('watching', '=', 1)
        .orderBy('person_id')
        .execute(),
    ),
    toDoTags: by(
      'to_do_id',
      await db
        .selectFrom('to_do_tags')
        .innerJoin('tags', 'tags.id', 'tag_id')
        .select(['to_do_id', 'tags.name'])
        .where('to_do_id', 'in', inUse)
        .orderBy('tags.folded')
        .execute(),
    ),
    blockers: by(
      'to_do_id',
      await db.selectFrom('to_do_blockers').selectAll().where('to_do_id', 'in', inUse).execute(),
    ),
    comments: by(
      'to_do_id',
      await db
        .selectFrom('comments')
        .selectAll()
        .where('to_do_id', 'in', inUse)
        .orderBy('created_at')
        .orderBy('creation_key')
        .execute(),
    ),
    reactions: by(
      'comment_id',
      await db
        .selectFrom('comment_reactions')
        .innerJoin('comments', 'comments.id', 'comment_id')
        .select(['comment_id', 'reaction', 'person_id'])
        .where('comments.to_do_id', 'in', inUse)
        .where('comments.removed_at', 'is', null)
        .orderBy('reaction')
        .orderBy('person_id')
        .execute(),
    ),
    files,
    /** By to-do; under null those of the project itself. */
    filesOf: Map.groupBy(files, ({ to_do_id }) => to_do_id),
  };
}

/** Of what is not done, and of the project itself. */
export function readOpenFiles(db: Executor, projectId: string) {
  return selectFiles(db, projectId)
    .leftJoin('project_statuses', 'project_statuses.id', 'to_dos.status_id')
    .where((where) =>
      where.or([where('files.to_do_id', 'is', null), where('project_statuses.report_type', '!=', 'done')]),
    )
    .execute();
}

function selectFiles(db: Executor, projectId: string) {
  return db
    .selectFrom('files')
    .leftJoin('to_dos', 'to_dos.id', 'files.to_do_id')
    .selectAll('files')
    .where('files.project_id', '=', projectId)
    .where('to_dos.deleted_at', 'is', null)
    .where('files.removed_at', 'is', null)
    .orderBy('files.created_at')
    .orderBy('files.creation_key');
}

export type Parts = Awaited<ReturnType<typeof readParts>>;

/** A removed comment is only the place where others answered. */
export function shownComments(rows: readonly CommentRow[]): CommentRow[] {
  const answered = new Set(rows.flatMap((row) => (row.removed_at === null ? (row.reply_to ?? []) : [])));
  return rows.filter((row) => row.removed_at === null || answered.has(row.id));
}

function by<Key extends string, Row extends Readonly<Record<Key, string>>>(
  key: Key,
  rows: readonly Row[],
): Map<string, Row[]> {
  return Map.groupBy(rows, (row) => row[key]);
}
