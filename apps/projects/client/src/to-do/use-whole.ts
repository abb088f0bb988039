/** What can be done to a to-do as a whole, the same wherever its menu stands: in its dialog, on its card, in its row. */
import type { RefObject } from 'react';
import { useNavigate } from 'react-router';
import { beginningOf } from '../../../wire/beginning.ts';
import { useDuplicate, useTellDone, useTrashToDo, type Whole } from '../api/to-do-changes.ts';
import { useCopyLink } from '../kit/copy-link.tsx';
import { isHere, toDoPath } from '../shell/places.ts';
import { useSay } from '../words/say.ts';

/**
 * Each act tells what it did, with a way back, or why it could not be done. `over` is the address of the page below, `from` the
 * button of the menu.
 */
export function useWhole(toDo: Whole, over: string, from: RefObject<HTMLElement | null>) {
  const say = useSay();
  const navigate = useNavigate();
  const { copyLink, byHand } = useCopyLink(from);
  const copy = useDuplicate(toDo);
  const trash = useTrashToDo();
  const tell = useTellDone(toDo.projectKey);

  const path = toDoPath(toDo.projectKey, toDo.number);

  /** The copy opens, to be named; over the to-do itself, in its place. */
  async function duplicate(): Promise<void> {
    const title = beginningOf(say('{title}, copy', { title: toDo.title }), 250);
    const made = await copy.mutateAsync(title).catch(() => undefined);
    if (!made) return;
    const { projectKey, number } = made.card;
    void navigate(toDoPath(projectKey, number), { state: { over }, replace: isHere(path) });
    tell(say('{id} made.', { id: `${projectKey}-${number}` }), made);
  }

  /** Answers whether it is in the trash now. */
  async function throwAway(): Promise<boolean> {
    const gone = await trash.mutateAsync(toDo).catch(() => undefined);
    if (gone) tell(say('In the trash: {title}', { title: toDo.title }), gone);
    return gone !== undefined;
  }

  return { copyLink: () => copyLink(path), byHand, duplicate, throwAway };
}
