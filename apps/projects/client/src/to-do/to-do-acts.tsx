/** What can be done to a to-do as a whole: its menu, open. */
import { useState } from 'react';
import { MenuItem } from 'react-aria-components/Menu';
import { useNavigate } from 'react-router';
import type { ToDo } from '../../../wire/to-do.ts';
import { useProjects } from '../api/queries.ts';
import { useTransfer, useWatch } from '../api/to-do-changes.ts';
import { ActButton } from '../kit/act-button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { MenuPopover } from '../kit/menu-popover.tsx';
import type { Opened } from '../kit/opener.tsx';
import { showDone } from '../kit/toast.tsx';
import { focusPath, toDoPath } from '../shell/places.ts';
import { useSay } from '../words/say.ts';
import { useWhole } from './use-whole.ts';

export type ToDoMenuProps = { readonly toDo: ToDo; readonly over: string; readonly onClose: () => void };

export function ToDoActs({ opened, toDo, over, onClose }: ToDoMenuProps & { readonly opened: Opened }) {
  const say = useSay();
  const navigate = useNavigate();
  const [moving, setMoving] = useState(false);
  const watch = useWatch(toDo);
  const whole = useWhole(toDo, over, opened.triggerRef);

  async function throwAway(): Promise<void> {
    if (await whole.throwAway()) onClose();
  }

  return (
    <>
      <MenuPopover opened={opened} placement="bottom end" aria-label={say('More for this to-do')}>
        <MenuItem
          className="menu-item"
          onAction={() => void navigate(focusPath(toDo.projectKey, toDo.number), { state: { from: over } })}
        >
          {say('Focus on it')}
        </MenuItem>
        <MenuItem className="menu-item" onAction={() => void whole.copyLink()}>
          {say('Copy the link')}
        </MenuItem>
        {toDo.may.watch && (
          <MenuItem className="menu-item" onAction={() => watch.mutate(!toDo.watching)}>
            {toDo.watching ? say('Stop watching') : say('Watch')}
          </MenuItem>
        )}
        {toDo.may.edit && (
          <MenuItem className="menu-item" onAction={() => void whole.duplicate()}>
            {say('Duplicate')}
          </MenuItem>
        )}
        {toDo.may.delete && (
          <MenuItem className="menu-item" onAction={() => setMoving(true)}>
            {say('Move to another project…')}
          </MenuItem>
        )}
        {toDo.may.delete && (
          <MenuItem className="menu-item" onAction={() => void throwAway()}>
            {say('Move to the trash')}
          </MenuItem>
        )}
      </MenuPopover>
      {whole.byHand}
      {moving && <MoveDialog toDo={toDo} over={over} onClose={() => setMoving(false)} />}
    </>
  );
}

function MoveDialog({ toDo, over, onClose }: ToDoMenuProps) {
  const say = useSay();
  const navigate = useNavigate();
  const transfer = useTransfer(toDo);
  const places = useProjects().filter(({ key, may }) => key !== toDo.projectKey && may.createToDo);
  async function moveTo(key: string): Promise<void> {
    const moved = await transfer.mutateAsync(key).catch(() => undefined);
    if (!moved) return;
    onClose();
    const { projectKey, number } = moved.movedTo;
    void navigate(toDoPath(projectKey, number), { state: { over }, replace: true });
    showDone(say('It is {id} now. Its old address leads there.', { id: `${projectKey}-${number}` }));
  }
  return (
    <Dialog title={say('Move to another project')} onClose={onClose}>
      <p className="dialog-text">
        {say('Subtasks, comments and files come along. Milestone, sprint and what it waits for stay behind.')}
      </p>
      {places.length === 0 && <p className="fact-note">{say('There is no other project where you may add to-dos.')}</p>}
      <ul>
        {places.map(({ key, name }) => (
          <li key={key}>
            <ActButton
              type="button"
              className="menu-item"
              isPending={transfer.isPending}
              onClick={() => void moveTo(key)}
            >
              {name} <span className="menu-note">{key}</span>
            </ActButton>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
