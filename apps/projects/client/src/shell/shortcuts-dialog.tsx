/** The list of keys. */
import { Keyboard } from 'react-aria-components/Keyboard';
import { Dialog } from '../kit/dialog.tsx';

const list: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ['c'], does: 'New to-do' },
  { keys: ['Ctrl', 'k'], does: 'Go to, find or do anything' },
  { keys: ['g', 'h'], does: 'Go to Home' },
  { keys: ['g', 'b'], does: 'Go to the board of this project' },
  { keys: ['g', 'l'], does: 'Go to the list of this project' },
  { keys: ['g', 'o'], does: 'Go to the overview of this project' },
  { keys: ['g', 'r'], does: 'Go to the timeline of this project' },
  { keys: ['g', 'm'], does: 'Go to the milestones of this project' },
  { keys: ['g', 's'], does: 'Go to the sprints of this project' },
  { keys: ['g', 'a'], does: 'Go to the goals of this project' },
  { keys: ['g', 't'], does: 'Go to the table of this project' },
  { keys: ['/'], does: 'Find in this project' },
  { keys: ['j'], does: 'To the next to-do' },
  { keys: ['k'], does: 'To the one before' },
  { keys: ['x'], does: 'Select it; then act on all that are selected' },
  { keys: ['?'], does: 'Show these shortcuts' },
  { keys: ['↑', '↓'], does: 'On a board: from card to card' },
  { keys: ['→'], does: 'On a card: to its handle and its menu' },
  { keys: ['Enter'], does: 'On a card: open it. On its handle: pick it up, and put it down' },
  { keys: ['Esc'], does: 'Close, or put back' },
];

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl className="shortcuts">
        {list.map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <Keyboard key={key}>{key}</Keyboard>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
