/** Asks before something large goes: says what is lost, and goes on once the person has typed what it is called. */
import { type FormEvent, type ReactNode, useState } from 'react';
import { useSay } from '../words/say.ts';
import { ActButton } from './act-button.tsx';
import { Dialog } from './dialog.tsx';
import { focusOnce } from './focus.ts';

type ConfirmationProps = {
  readonly title: string;
  /** What the person types, in capitals or not. */
  readonly word: string;
  /** Of the button. */
  readonly act: string;
  readonly isPending: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

export function TypedConfirmation({ title, word, act, isPending, onConfirm, onClose, children }: ConfirmationProps) {
  const say = useSay();
  const [typed, setTyped] = useState('');
  const isSame = typed.trim().toUpperCase() === word.toUpperCase();

  function submit(event: FormEvent): void {
    event.preventDefault();
    onConfirm();
  }

  return (
    <Dialog title={title} urgent onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {children}
        <label className="field">
          {say('Type {word} to go on', { word })}
          <input
            ref={focusOnce}
            className="input input-key"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
          />
        </label>
        <div className="form-actions">
          <button type="button" className="button button-quiet" onClick={onClose}>
            {say('Cancel')}
          </button>
          <ActButton type="submit" className="button button-danger-full" disabled={!isSame} isPending={isPending}>
            {act}
          </ActButton>
        </div>
      </form>
    </Dialog>
  );
}
