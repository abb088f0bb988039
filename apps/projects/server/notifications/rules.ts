/**
 * Whom a change is told to, and as what: a table without a database. Nobody hears of their own doing, everyone of one change
 * once, and who silenced a project or a to-do only what names them.
 */
import type { ChangeFacts, ChangeKind } from '../../wire/change.ts';
import type { NotificationKind, NotificationWay } from '../../wire/notification.ts';

export type Told = { readonly personId: string; readonly kind: NotificationKind };

export type ToldChange = {
  readonly kind: ChangeKind;
  readonly actorId: string;
  readonly facts: ChangeFacts;
  /** People to whom the to-do matters: who made it, has it or watches it, but for those who said they do not. */
  readonly followers: readonly string[];
  /** Who is in the project by name. */
  readonly members: readonly string[];
};

/** In the order of weight: of several reasons the first counts. */
export function whomToTell({ kind, actorId, facts, followers, members }: ToldChange): Told[] {
  const told = new Map<string, NotificationKind>();
  const tell = (ids: readonly string[], as: NotificationKind): void => {
    for (const id of ids) if (id !== actorId && !told.has(id)) told.set(id, as);
  };
  tell(facts.mentionedIds ?? [], 'mention');
  tell(facts.assignedIds ?? [], 'assigned');
  if (kind === 'comment.added' && !facts.restored) tell(followers, 'comment');
  if (facts.toStatus !== undefined && (kind === 'toDo.changed' || kind === 'toDo.moved')) tell(followers, 'status');
  if (kind === 'member.set' && facts.personId) tell([facts.personId], 'invited');
  if (kind === 'statusUpdate.added') tell(members, 'statusUpdate');
  return [...told].map(([personId, as]) => ({ personId, kind: as }));
}

/** What names somebody reaches them also from a project they silenced. */
export function passesMute(kind: NotificationKind): boolean {
  return kind === 'mention' || kind === 'assigned';
}

export const defaultWays: Readonly<Record<NotificationKind, NotificationWay>> = {
  mention: 'mail',
  assigned: 'mail',
  comment: 'app',
  status: 'app',
  due: 'app',
  invited: 'mail',
  statusUpdate: 'app',
};

/** The few words under a notification, but for those of a comment. */
export function detailOf(kind: NotificationKind, facts: ChangeFacts): string {
  switch (kind) {
    case 'statusUpdate':
      return facts.excerpt ?? '';
    case 'status':
      return facts.toStatus ?? '';
    default:
      return '';
  }
}
