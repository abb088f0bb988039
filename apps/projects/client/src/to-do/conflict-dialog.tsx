/** The same choice, for a to-do that was closed before the server answered. */
import { Dialog } from '../kit/dialog.tsx';
import { useSay } from '../words/say.ts';
import { ConflictChoice } from './conflict-choice.tsx';
import type { Conflict } from './conflicts.ts';

/** Closed without a choice, it waits in the to-do. */
export function ConflictDialog({ conflict, onClose }: { conflict: Conflict; onClose: () => void }) {
  const say = useSay();
  const toDo = `${conflict.projectKey}-${conflict.number}`;
  return (
    <Dialog title={say('Two texts for {toDo}', { toDo })} urgent onClose={onClose}>
      <ConflictChoice conflict={conflict} />
    </Dialog>
  );
}
