/**
 * What a live change means for what this page holds: a card moves to its new place in the board at once; of everything else,
 * what is on the screen is asked for again, once for many changes. What this page did itself is known here already.
 */
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { ChangeKind } from '../../../wire/change.ts';
import type { LiveChange } from '../../../wire/live.ts';
import type { MyWorkAnswer } from '../../../wire/my-work.ts';
import type { BoardAnswer, Card, ToDo } from '../../../wire/to-do.ts';
import { askAgain } from '../api/ask-again.ts';
import { placeNews, takeOff, takeOffNews } from '../api/board-cache.ts';
import { wroteJustNow } from '../api/client.ts';
import { keys } from '../api/queries.ts';

const gatherMs = 150;
const ownMs = 3_000;
/** Cards lose what is gone, or name it otherwise. */
const concernsCards: ReadonlySet<ChangeKind> = new Set([
  'milestone.removed',
  'sprint.removed',
  'tag.changed',
  'tag.removed',
]);
/** Notifications tell the words and the titles of now, and leave out what is gone. */
const concernsNotifications: ReadonlySet<ChangeKind> = new Set([
  'comment.added',
  'comment.changed',
  'comment.removed',
  'toDo.changed',
  'toDo.trashed',
  'toDo.restored',
]);
/** What is seen of a project is on every page: home, search, notifications. */
const concernsEverything: ReadonlySet<ChangeKind> = new Set(['project.trashed', 'project.restored', 'project.purged']);

export function createChangeApplier(cache: QueryClient, ownId: string): (change: LiveChange) => void {
  const stale = new Map<string, QueryKey>();

  function refresh(...queryKeys: QueryKey[]): void {
    if (stale.size === 0) window.setTimeout(refreshGathered, gatherMs);
    for (const queryKey of queryKeys) stale.set(JSON.stringify(queryKey), queryKey);
  }

  function refreshGathered(): void {
    const gathered = [...stale.values()];
    stale.clear();
    for (const queryKey of gathered) askAgain(cache, queryKey);
  }

  /** Not at once: the answer to what this page wrote itself may still be on its way, and brings the same. */
  function refreshIfBehind(key: string, number: number, version: number, isOwn: boolean): void {
    window.setTimeout(
      () => {
        const held = cache.getQueryData<ToDo>(keys.toDo(key, number));
        if (held && held.version < version) void cache.invalidateQueries({ queryKey: keys.toDo(key, number) });
      },
      isOwn ? ownMs : gatherMs,
    );
  }

  function applyCard(kind: ChangeKind, key: string, number: number, card: Card | null, isOwn: boolean): void {
    const board = cache.getQueryData<BoardAnswer>(keys.board(key));
    const next = board && (card ? placeNews(board, card, isNew(kind)) : withoutGone(board, kind, number, isOwn));
    if (next) cache.setQueryData(keys.board(key), next);
    else refresh(keys.board(key));
    if (card) refreshIfBehind(key, number, card.version, isOwn);
    else refresh(keys.toDo(key, number));
    if (concernsMyWork(key, number, card)) refresh(keys.myWork);
  }

  function concernsMyWork(key: string, number: number, card: Card | null): boolean {
    const mine = cache.getQueryData<MyWorkAnswer>(keys.myWork);
    const held = mine?.toDos.find((each) => each.projectKey === key && each.number === number);
    if (held) return !card || held.version < card.version;
    return card?.assignees.some(({ id }) => id === ownId) ?? false;
  }

  return function applyChange({ kind, projectKey: key, number, card, actorId }) {
    const topic = kind.split('.')[0] ?? '';
    const isOwn = actorId === ownId && wroteJustNow(ownMs);
    if (topic === 'toDo' && key && number !== undefined) applyCard(kind, key, number, card ?? null, isOwn);
    if (isOwn) return;
    if (concernsEverything.has(kind)) return void cache.invalidateQueries();
    if (topic === 'project' || topic === 'member') {
      refresh(keys.projects, keys.myWork, keys.me);
      if (key) refresh(keys.project(key));
    } else if (topic !== 'toDo' && key && number !== undefined) refresh(keys.toDo(key, number));
    if (concernsNotifications.has(kind)) refresh(keys.notifications);
    if (key && (concernsCards.has(kind) || topic === 'project')) refresh(keys.board(key), keys.toDos(key), keys.myWork);
    if (key) refreshOthers(key);
  };

  /** Whatever else is held of that project: milestones, figures, files. What has its own rule above is spared. */
  function refreshOthers(key: string): void {
    const spared = new Set(['project', 'board', 'to-do']);
    for (const { queryKey } of cache.getQueryCache().getAll()) {
      const isSpared = spared.has(String(queryKey[0])) && queryKey.length <= 3;
      if (queryKey.includes(key) && !isSpared) refresh(queryKey);
    }
  }
}

function isNew(kind: ChangeKind): boolean {
  return kind === 'toDo.created' || kind === 'toDo.restored';
}

/** What this page trashed itself, or what was in the trash before, is counted no more. */
function withoutGone(board: BoardAnswer, kind: ChangeKind, number: number, isOwn: boolean): BoardAnswer | undefined {
  return isOwn || kind === 'toDo.purged' ? takeOff(board, number) : takeOffNews(board, number);
}
