/** What a to-do is about: a text with form that is saved when one leaves it. */
import { useRef } from 'react';
import type { PersonRef } from '../../../wire/me.ts';
import { plainText, type RichDoc } from '../../../wire/rich-text.ts';
import type { ToDo } from '../../../wire/to-do.ts';
import { useTextDrafts } from '../api/text-drafts.ts';
import { RichText } from '../kit/rich-text.tsx';
import { LazyEditor } from '../rich/lazy-editor.tsx';
import { useSay } from '../words/say.ts';
import { FieldConflict } from './conflict-choice.tsx';
import { useSaveLeft, useUnsaved } from './use-left.ts';

type DescriptionProps = {
  readonly toDo: ToDo;
  readonly people: readonly PersonRef[];
  readonly onSave: (doc: RichDoc, onVersion: number) => void;
};

export function Description({ toDo, people, onSave }: DescriptionProps) {
  const say = useSay();
  // What stood there when the writing began, whatever comes in since.
  const before = useRef({ doc: toDo.description, version: toDo.version });
  const endHold = useRef<() => void>(undefined);
  const { description: draft } = useTextDrafts(toDo);
  const [unsaved, takeDraft] = useUnsaved(draft);
  useSaveLeft(
    toDo,
    'description',
    draft,
    ({ doc }) => saysTheSame(doc, toDo.description),
    (left) => {
      takeDraft();
      if (left) onSave(left.doc, left.version);
    },
  );
  return (
    <section className="description" aria-label={say('Description')}>
      <h3 className="side-name">{say('Description')}</h3>
      {toDo.may.edit ? (
        <LazyEditor
          label={say('Description')}
          value={unsaved?.doc ?? toDo.description}
          people={people}
          placeholder={say('What is this about?')}
          onStart={() => {
            // Who writes on at what is not saved still writes on the state that it began on.
            before.current = { doc: toDo.description, version: unsaved?.version ?? toDo.version };
            endHold.current = draft.hold();
            takeDraft();
          }}
          onWrite={(doc) => draft.keep({ doc, version: before.current.version })}
          onLeave={(doc) => {
            endHold.current?.();
            if (saysTheSame(doc, before.current.doc)) draft.drop();
            else onSave(doc, before.current.version);
          }}
        />
      ) : plainText(toDo.description) === '' ? (
        <p className="fact-note">{say('There is no description.')}</p>
      ) : (
        <RichText doc={toDo.description} />
      )}
      <FieldConflict toDo={toDo} field="description" />
    </section>
  );
}

/** The editor adds nothing but empty lines at the end. */
function saysTheSame(a: RichDoc, b: RichDoc): boolean {
  return plainText(a) === '' && plainText(b) === '' ? true : JSON.stringify(a) === JSON.stringify(b);
}
