/** Comments on a to-do and the reactions to them, as the API shows and takes them. */
import { z } from 'zod';
import { creationKey, id, lengths, version } from './fields.ts';
import type { PersonRef } from './me.ts';
import { type RichDoc, richText } from './rich-text.ts';

/** Eight quiet ways to answer without words. */
export const reactions = ['like', 'thanks', 'celebrate', 'support', 'interesting', 'seen', 'funny', 'sad'] as const;
export type Reaction = (typeof reactions)[number];
export type ReactionCount = {
  readonly reaction: Reaction;
  readonly people: readonly PersonRef[];
  readonly mine: boolean;
};

export type Comment = {
  readonly id: string;
  /** The comment that it answers, always the first of its thread; null for the first. */
  readonly replyTo: string | null;
  readonly by: PersonRef;
  /** Null once it was removed: the thread under it stays. */
  readonly body: RichDoc | null;
  readonly createdAt: string;
  readonly editedAt: string | null;
  readonly version: number;
  readonly reactions: readonly ReactionCount[];
  readonly may: { readonly edit: boolean; readonly remove: boolean };
};
export type CommentsAnswer = { readonly comments: readonly Comment[]; readonly may: { readonly comment: boolean } };
export type CommentAnswer = { readonly comment: Comment };

const body = richText(lengths.comment);
export const addCommentRequest = z.strictObject({ creationKey, body, replyTo: id.optional() });
export type AddCommentRequest = z.infer<typeof addCommentRequest>;
export const editCommentRequest = z.strictObject({ version, body });
export type EditCommentRequest = z.infer<typeof editCommentRequest>;
