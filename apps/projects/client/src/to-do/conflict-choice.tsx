/** Two people changed one text: both are shown, and one is chosen. */
import { useSay } from '../words/say.ts';
import type { Conflict } from './use-save.ts';

type ConflictChoiceProps = { readonly conflict: Conflict; readonly onSettle: (keep: 'mine' | 'theirs') => void };

export function ConflictChoice({ conflict: { mine, theirs }, onSettle }: ConflictChoiceProps) {
  const say = useSay();
  return (
    <div className="conflict" role="alert">
      <p>{say('Somebody else changed this meanwhile. Theirs: “{theirs}”. Yours: “{mine}”.', { theirs, mine })}</p>
      <button type="button" className="button button-quiet" onClick={() => onSettle('mine')}>
        {say('Keep mine')}
      </button>
      <button type="button" className="button button-quiet" onClick={() => onSettle('theirs')}>
        {say('Take theirs')}
      </button>
    </div>
  );
}
