/** What a to-do is about: a text with form that is saved when one leaves it. */
import { useRef } from 'react';
import type { PersonRef } from '../../../wire/me.ts';
import { plainText, type RichDoc } from '../../../wire/rich-text.ts';
import type { ToDo } from '../../../wire/to-do.ts';
import { RichText } from '../kit/rich-text.tsx';
import { LazyEditor } from '../rich/lazy-editor.tsx';
import { useSay } from '../words/say.ts';
import { ConflictChoice } from './conflict-choice.tsx';
import type { Conflict } from './use-save.ts';

type DescriptionProps = {
  readonly toDo: ToDo;
  readonly people: readonly PersonRef[];
  readonly onSave: (doc: RichDoc, onVersion: number) => void;
  readonly conflict: Conflict | undefined;
  readonly onSettle: (keep: 'mine' | 'theirs') => void;
};

export function Description({ toDo, people, onSave, conflict, onSettle }: DescriptionProps) {
  const say = useSay();
  // What stood there when the writing began, whatever comes in since.
  const before = useRef({ doc: toDo.description, version: toDo.version });
  return (
    <section className="description" aria-label={say('Description')}>
      <h3 className="side-name">{say('Description')}</h3>
      {toDo.may.edit ? (
        <LazyEditor
          label={say('Description')}
          value={toDo.description}
          people={people}
          placeholder={say('What is this about?')}
          onStart={() => {
            before.current = { doc: toDo.description, version: toDo.version };
          }}
          onLeave={(doc) => {
            if (!saysTheSame(doc, before.current.doc)) onSave(doc, before.current.version);
          }}
        />
      ) : plainText(toDo.description) === '' ? (
        <p className="fact-note">{say('There is no description.')}</p>
      ) : (
        <RichText doc={toDo.description} />
      )}
      {conflict?.field === 'description' && <ConflictChoice conflict={conflict} onSettle={onSettle} />}
    </section>
  );
}

/** The editor adds nothing but empty lines at the end. */
function saysTheSame(a: RichDoc, b: RichDoc): boolean {
  return plainText(a) === '' && plainText(b) === '' ? true : JSON.stringify(a) === JSON.stringify(b);
}
