/** Writes new cards into a column, one after another: Enter makes one and keeps the line open, Esc closes it. */
import { type KeyboardEvent, useState } from 'react';
import type { Status } from '../../../wire/project.ts';
import { focusOnce } from '../kit/focus.ts';
import { Icon } from '../kit/icon.tsx';
import { useWriting } from '../to-do/use-writing.ts';

export function AddToColumn({ projectKey, status }: { projectKey: string; status: Status }) {
  const [isOpen, setOpen] = useState(false);
  const { title, setTitle, send } = useWriting();

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') setOpen(false);
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send(projectKey, { statusId: status.id });
  }

  if (!isOpen)
    return (
      <button type="button" className="column-add" onClick={() => setOpen(true)} aria-label={`Add to ${status.name}`}>
        <Icon name="plus" /> Add
      </button>
    );
  return (
    <input
      ref={focusOnce}
      className="input column-input"
      aria-label={`New to-do in ${status.name}`}
      placeholder="Title, then Enter"
      maxLength={250}
      autoComplete="off"
      value={title}
      onChange={(event) => setTitle(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => title.trim() === '' && setOpen(false)}
    />
  );
}
