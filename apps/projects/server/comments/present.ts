/** Rows of comments as the API shows them. Pure. */
import { type Comment, type Reaction, type ReactionCount, reactions } from '../../wire/comment.ts';
import type { PersonRef } from '../../wire/me.ts';
import { fromPlain, type RichDoc } from '../../wire/rich-text.ts';
import { can, ownedBy, type ProjectFacts, type Viewer } from '../projects/policy.ts';
import { parseDoc } from '../to-dos/description.ts';
import type { ToDoTables } from '../to-dos/schema.ts';

export type CommentRow = ToDoTables['comments'];
export type Reacted = { readonly reaction: Reaction; readonly person: PersonRef };

export function docOfComment({ body, body_doc }: Pick<CommentRow, 'body' | 'body_doc'>): RichDoc {
  return body_doc === null ? fromPlain(body) : parseDoc(body_doc);
}

export function presentComment(
  viewer: Viewer,
  facts: ProjectFacts,
  row: CommentRow,
  by: PersonRef,
  reacted: readonly Reacted[],
): Comment {
  const removed = row.removed_at !== null;
  const mayChange =
    can(viewer, 'comment.moderate', facts) || can(viewer, 'comment.editOwn', ownedBy(row.author_id, facts));
  return {
    id: row.id,
    replyTo: row.reply_to,
    by,
    body: removed ? null : docOfComment(row),
    createdAt: new Date(row.created_at).toISOString(),
    editedAt: row.edited_at === null ? null : new Date(row.edited_at).toISOString(),
    version: row.version,
    reactions: removed ? [] : presentReactions(viewer, reacted),
    may: { edit: mayChange && !removed, remove: mayChange && !removed },
  };
}

function presentReactions(viewer: Viewer, reacted: readonly Reacted[]): ReactionCount[] {
  return reactions
    .map((reaction) => ({
      reaction,
      people: reacted.filter((each) => each.reaction === reaction).map(({ person }) => person),
    }))
    .filter(({ people }) => people.length > 0)
    .map((each) => ({ ...each, mine: each.people.some(({ id }) => id === viewer.id) }));
}
