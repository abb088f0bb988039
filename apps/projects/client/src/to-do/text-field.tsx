/** A text that is saved when one leaves it. Says so when somebody else wrote another one meanwhile. */
import { useEffect, useId, useRef, useState } from 'react';
import type { Conflict } from './use-save.ts';

type TextFieldProps = {
  readonly label: string;
  readonly value: string;
  /** Of what the value was read from. */
  readonly version: number;
  readonly lines: 'one' | 'many';
  readonly lengthMax: number;
  readonly isReadOnly: boolean;
  /** `onVersion`: what stood there when the writing began, whatever came in since. */
  readonly onSave: (text: string, onVersion: number) => void;
  readonly conflict?: Conflict;
  readonly onSettle?: (keep: 'mine' | 'theirs') => void;
};

export function TextField(props: TextFieldProps) {
  const { label, value, version, lines, lengthMax, isReadOnly, onSave, conflict, onSettle } = props;
  const id = useId();
  const [text, setText] = useState(value);
  const editing = useRef(false);
  // What stood there when the writing began: focus alone is no writing, for a dialog gives it back after every blur.
  const before = useRef({ value, version });
  useEffect(() => {
    if (!editing.current) setText(value);
  }, [value]);

  // A dialog that is closed takes the field away without a blur: what was typed is saved then.
  const saveUnsaved = useRef<() => void>(undefined);
  saveUnsaved.current = leave;
  useEffect(() => () => saveUnsaved.current?.(), []);

  function leave(): void {
    if (!editing.current) return;
    editing.current = false;
    const wanted = lines === 'one' ? text.replace(/\s+/g, ' ').trim() : text;
    const isChanged = wanted !== before.current.value && !(lines === 'one' && wanted === '');
    setText(isChanged ? wanted : value);
    if (isChanged) onSave(wanted, before.current.version);
  }

  return (
    <div className={`text-field text-field-${lines}`}>
      <label htmlFor={id} className={lines === 'one' ? 'visually-hidden' : 'side-name'}>
        {label}
      </label>
      <textarea
        id={id}
        className="text-area"
        rows={lines === 'one' ? 1 : 4}
        maxLength={lengthMax}
        readOnly={isReadOnly}
        placeholder={isReadOnly ? '' : lines === 'one' ? 'Title' : 'What is this about?'}
        value={text}
        onChange={(event) => {
          if (!editing.current) before.current = { value, version };
          editing.current = true;
          setText(event.target.value);
        }}
        onBlur={leave}
        onKeyDown={(event) => {
          const finish = event.key === 'Enter' && (lines === 'one' || event.ctrlKey || event.metaKey);
          if (!finish) return;
          event.preventDefault();
          event.currentTarget.blur();
        }}
      />
      {conflict && (
        <div className="conflict" role="alert">
          <p>
            Somebody else changed this meanwhile. Theirs: “{conflict.theirs}”. Yours: “{conflict.mine}”.
          </p>
          <button type="button" className="button button-quiet" onClick={() => onSettle?.('mine')}>
            Keep mine
          </button>
          <button type="button" className="button button-quiet" onClick={() => onSettle?.('theirs')}>
            Take theirs
          </button>
        </div>
      )}
    </div>
  );
}
