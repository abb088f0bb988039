/**
 * What the server tells an open page by server-sent events at `/api/live`: that something changed, and for a to-do the card
 * as it is now. Each holds what it takes to bring a page up to date, and no more than the page could read itself.
 */
import type { ChangeKind } from './change.ts';
import type { Card } from './to-do.ts';

/** Event `change`; its id is where a later stream goes on. */
export type LiveChange = {
  readonly kind: ChangeKind;
  /** Null for what belongs to the whole workspace, or to a project that is gone. */
  readonly projectKey: string | null;
  readonly subjectId: string;
  readonly actorId: string;
  /** Of the to-do, for `toDo.*`, `comment.*` and `file.*`. */
  readonly number?: number;
  /** For `toDo.*`: as it is now; null when it is not on any board any more. */
  readonly card?: Card | null;
};

/** Event `bell`: how many notifications wait unread. */
export type LiveBell = { readonly unread: number };

/** Event `reload`: too much was missed to be told one by one. */
export type LiveReload = Record<string, never>;
