/** Writes new cards into a column, one after another: Enter makes one and keeps the line open, Esc closes it. */
import { type KeyboardEvent, useState } from 'react';
import { dayOf } from '../../../wire/days.ts';
import type { Project, Status } from '../../../wire/project.ts';
import type { CreateToDoRequest } from '../../../wire/to-do.ts';
import { focusOnce } from '../kit/focus.ts';
import { Icon } from '../kit/icon.tsx';
import { QuickLine, readLine } from '../to-do/quick-line.tsx';
import { useWriting } from '../to-do/use-writing.ts';
import { useSay } from '../words/say.ts';

type AddProps = {
  readonly project: Project;
  readonly status: Status;
  /** What cards made here carry, as those of a lane do. */
  readonly defaults?: Omit<CreateToDoRequest, 'creationKey' | 'title' | 'statusId'>;
};

export function AddToColumn({ project, status, defaults = {} }: AddProps) {
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  const { line, setLine, send } = useWriting();

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') setOpen(false);
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send({
      key: project.key,
      said: readLine(line, dayOf(new Date()), project.assignable),
      defaults: { ...defaults, statusId: status.id },
    });
  }

  if (!isOpen)
    return (
      <button
        type="button"
        className="column-add"
        onClick={() => setOpen(true)}
        aria-label={say('Add to {column}', { column: status.name })}
      >
        <Icon name="plus" /> {say('Add')}
      </button>
    );
  return (
    <QuickLine
      inputRef={focusOnce}
      className="input column-input"
      label={say('New to-do in {column}', { column: status.name })}
      placeholder={say('Title, then Enter')}
      people={project.assignable}
      projectKey={project.key}
      line={line}
      onLine={setLine}
      onKeyDown={onKeyDown}
      onBlur={() => line.trim() === '' && setOpen(false)}
    />
  );
}
