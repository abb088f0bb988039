/** What a to-do is called: a text that is saved when one leaves it. */
import { useRef } from 'react';
import type { ToDo } from '../../../wire/to-do.ts';
import { useTextDrafts, type WrittenTitle } from '../api/text-drafts.ts';
import { useSay } from '../words/say.ts';
import { FieldConflict } from './conflict-choice.tsx';
import { TextField } from './text-field.tsx';
import { useSaveLeft, useUnsaved } from './use-left.ts';

type TitleProps = { readonly toDo: ToDo; readonly onSave: (title: string, onVersion: number) => void };

export function Title({ toDo, onSave }: TitleProps) {
  const say = useSay();
  const endHold = useRef<() => void>(undefined);
  const begunOn = useRef<WrittenTitle>(undefined);
  const { title: draft } = useTextDrafts(toDo);
  const [unsaved, takeDraft] = useUnsaved(draft);
  useSaveLeft(
    toDo,
    'title',
    draft,
    ({ title }) => title === toDo.title,
    (left) => {
      takeDraft();
      if (left) onSave(left.title, left.version);
    },
  );
  return (
    <>
      <TextField
        label={say('Title')}
        value={unsaved?.title ?? toDo.title}
        // Who writes on at what is not saved still writes on the state that it began on.
        version={unsaved?.version ?? toDo.version}
        lines="one"
        lengthMax={250}
        isReadOnly={!toDo.may.edit}
        onStart={() => {
          begunOn.current = unsaved;
          endHold.current = draft.hold();
          takeDraft();
        }}
        onWrite={(title, version) => (title === '' ? draft.drop() : draft.keep({ title, version }))}
        onEnd={(isChanged) => {
          endHold.current?.();
          if (isChanged) return;
          if (begunOn.current) draft.keep(begunOn.current);
          else draft.drop();
        }}
        onSave={onSave}
      />
      <FieldConflict toDo={toDo} field="title" />
    </>
  );
}
