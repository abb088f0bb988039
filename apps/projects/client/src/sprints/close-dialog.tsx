/** Closes a sprint, and asks what is to become of what is still open in it. */
import { useState } from 'react';
import type { CloseSprintRequest, Sprint } from '../../../wire/sprint.ts';
import { afterwards } from '../api/afterwards.ts';
import { ActButton } from '../kit/act-button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { Problem } from '../kit/problem.tsx';
import { showDone } from '../kit/toast.tsx';
import { useSay } from '../words/say.ts';
import { useCloseSprint } from './use-sprints.ts';

type CloseProps = {
  readonly projectKey: string;
  readonly sprint: Sprint;
  /** The other open sprints. */
  readonly others: readonly Sprint[];
  readonly onClose: () => void;
};

const backlog = 'backlog';
const stay = 'stay';

export function CloseDialog({ projectKey, sprint, others, onClose }: CloseProps) {
  const say = useSay();
  const close = useCloseSprint(projectKey);
  const open = sprint.totals.toDos - sprint.totals.done;
  const [choice, setChoice] = useState(others[0]?.id ?? backlog);
  const choices = [
    ...others.map(({ id, name }) => ({ id, name: say('Move them to {name}', { name }) })),
    { id: backlog, name: say('Move them to the backlog') },
    { id: stay, name: say('Leave them in this sprint') },
  ];
  const openToDos: CloseSprintRequest['openToDos'] =
    choice === stay ? { to: 'stay' } : { to: 'sprint', sprintId: choice === backlog ? null : choice };

  function confirm(): void {
    const request = { version: sprint.version, openToDos };
    afterwards(close.mutateAsync({ id: sprint.id, request }), () => {
      onClose();
      showDone(say('{name} is closed.', { name: sprint.name }));
    });
  }

  return (
    <Dialog title={say('Close {name}?', { name: sprint.name })} onClose={onClose}>
      <div className="form">
        {open === 0 ? (
          <p className="dialog-text">{say('Everything in it is done.')}</p>
        ) : (
          <fieldset className="field choices">
            <legend>{say('{open, plural, one {# to-do is} other {# to-dos are}} still open', { open })}</legend>
            {choices.map(({ id, name }) => (
              <label key={id} className="choice">
                <input type="radio" name="open" checked={choice === id} onChange={() => setChoice(id)} />
                {name}
              </label>
            ))}
          </fieldset>
        )}
        <Problem error={close.error} />
        <div className="form-actions">
          <button type="button" className="button button-quiet" onClick={onClose}>
            {say('Keep it open')}
          </button>
          <ActButton type="button" className="button button-primary" onClick={confirm} isPending={close.isPending}>
            {say('Close sprint')}
          </ActButton>
        </div>
      </div>
    </Dialog>
  );
}
