/** Reads the comments of a to-do, the oldest first, with who reacted how. */
import { sql } from 'kysely';
import type { Comment } from '../../wire/comment.ts';
import type { Executor } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { type CommentRow, presentComment, type Reacted } from './present.ts';

const shownMax = 2_000;

/** What a comment begins with, for those who are told of it. */
export const firstWords = sql<string | null>`substr(comments.body, 1, 200)`;

/** A removed comment is shown only as the place where others answered. */
export async function readComments(
  db: Executor,
  viewer: Viewer,
  project: SeenProject,
  toDoId: string,
): Promise<Comment[]> {
  const rows = await db
    .selectFrom('comments')
    .selectAll()
    .where('to_do_id', '=', toDoId)
    .orderBy('created_at')
    .orderBy('id')
    .limit(shownMax)
    .execute();
  const answered = new Set(rows.flatMap((row) => (row.removed_at === null ? (row.reply_to ?? []) : [])));
  return presentAll(
    db,
    viewer,
    project,
    rows.filter((row) => row.removed_at === null || answered.has(row.id)),
  );
}

export async function presentAll(
  db: Executor,
  viewer: Viewer,
  project: SeenProject,
  rows: readonly CommentRow[],
): Promise<Comment[]> {
  if (rows.length === 0) return [];
  const authorIds = [...new Set(rows.map((row) => row.author_id))];
  const authors = await db.selectFrom('people').select(['id', 'name']).where('id', 'in', authorIds).execute();
  const reactions = await db
    .selectFrom('comment_reactions')
    .innerJoin('people', 'people.id', 'comment_reactions.person_id')
    .where(
      'comment_id',
      'in',
      rows.map(({ id }) => id),
    )
    .select(['comment_id', 'reaction', 'people.id', 'people.name'])
    .orderBy('people.name')
    .execute();
  const byComment = Map.groupBy(reactions, (each) => each.comment_id);
  return rows.map((row) => {
    const by = authors.find(({ id }) => id === row.author_id) ?? { id: row.author_id, name: 'Somebody who left' };
    const reacted: Reacted[] = (byComment.get(row.id) ?? []).map(({ reaction, id, name }) => ({
      reaction,
      person: { id, name },
    }));
    return presentComment(viewer, project.facts, row, by, reacted);
  });
}
