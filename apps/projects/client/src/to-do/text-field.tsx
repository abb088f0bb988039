/** A text that is saved when one leaves it. */

import { useEffect, useId, useRef, useState } from 'react';
import { useWhenGone } from '../kit/use-when-gone.ts';
import { useSay } from '../words/say.ts';

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
  /** The first change of a text that nobody was writing. */
  readonly onStart?: () => void;
  /** Each change after it, as it would be saved. */
  readonly onWrite?: (text: string, onVersion: number) => void;
  /** Before it is saved, where it is. */
  readonly onEnd?: (isSaved: boolean) => void;
  /** Of a field that stands only while one writes in it: they are through with it. Esc drops what they wrote. */
  readonly onLeave?: () => void;
};

export function TextField(props: TextFieldProps) {
  const say = useSay();
  const { label, value, version, lines, lengthMax, isReadOnly, onStart, onWrite, onEnd, onSave, onLeave } = props;
  const id = useId();
  const [text, setText] = useState(value);
  const editing = useRef(false);
  // What stood there when the writing began: focus alone is no writing, for a dialog gives it back after every blur.
  const before = useRef({ value, version });
  useEffect(() => {
    if (!editing.current) setText(value);
  }, [value]);

  useWhenGone(leave);

  function asSaved(written: string): string {
    return lines === 'one' ? written.replace(/\s+/g, ' ').trim() : written;
  }

  function leave(): void {
    if (!editing.current) return;
    editing.current = false;
    const wanted = asSaved(text);
    const isChanged = wanted !== before.current.value && !(lines === 'one' && wanted === '');
    setText(isChanged ? wanted : value);
    onEnd?.(isChanged);
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
        placeholder={isReadOnly ? '' : lines === 'one' ? say('Title') : say('What is this about?')}
        value={text}
        onChange={(event) => {
          if (!editing.current) {
            before.current = { value, version };
            onStart?.();
          }
          editing.current = true;
          setText(event.target.value);
          onWrite?.(asSaved(event.target.value), before.current.version);
        }}
        onBlur={() => {
          leave();
          onLeave?.();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && onLeave) {
            event.preventDefault();
            editing.current = false;
            onLeave();
          }
          const finish = event.key === 'Enter' && (lines === 'one' || event.ctrlKey || event.metaKey);
          if (!finish) return;
          event.preventDefault();
          event.currentTarget.blur();
        }}
      />
    </div>
  );
}
