/** Two people changed one text: both are shown, and one is chosen. */
import type { ToDo } from '../../../wire/to-do.ts';
import { useSay } from '../words/say.ts';
import { type Conflict, isOf, settleConflict, useConflicts } from './conflicts.ts';

/** Below the text itself, while its to-do is open. */
export function FieldConflict({ toDo, field }: { toDo: ToDo; field: Conflict['field'] }) {
  const conflict = useConflicts().find((each) => isOf(each, toDo) && each.field === field);
  return conflict && <ConflictChoice conflict={conflict} />;
}

export function ConflictChoice({ conflict }: { conflict: Conflict }) {
  const say = useSay();
  const { mine, theirs } = conflict;
  return (
    <div className="conflict" role="alert">
      <p>{say('Somebody else changed this meanwhile. Theirs: “{theirs}”. Yours: “{mine}”.', { theirs, mine })}</p>
      <button type="button" className="button button-quiet" onClick={() => settleConflict(conflict, 'mine')}>
        {say('Keep mine')}
      </button>
      <button type="button" className="button button-quiet" onClick={() => settleConflict(conflict, 'theirs')}>
        {say('Take theirs')}
      </button>
    </div>
  );
}
