/** Makes a sprint, or changes one: its name, what it is for, from when to when. */
import { type FormEvent, useState } from 'react';
import { addDays, dayOf, nextMonday } from '../../../wire/days.ts';
import type { Sprint } from '../../../wire/sprint.ts';
import { newCreationKey, sayProblem } from '../api/client.ts';
import { Dialog } from '../kit/dialog.tsx';
import { focusOnce } from '../kit/focus.ts';
import { useSay } from '../words/say.ts';
import { useCreateSprint, useEditSprint, useSprintAct } from './use-sprints.ts';

type DialogProps = {
  readonly projectKey: string;
  /** The one to change; none makes a new one. */
  readonly sprint?: Sprint | undefined;
  /** The day after the last sprint, when there is one. */
  readonly nextOn?: string | undefined;
  readonly onClose: () => void;
};

const daysUsual = 13;

export function SprintDialog({ projectKey, sprint, nextOn, onClose }: DialogProps) {
  const say = useSay();
  const create = useCreateSprint(projectKey);
  const edit = useEditSprint(projectKey);
  const act = useSprintAct(projectKey);
  const [creationKey] = useState(newCreationKey);
  const firstDay = sprint?.startOn ?? nextOn ?? nextMonday(dayOf(new Date()));
  const problem = create.error ?? edit.error;
  const isPending = create.isPending || edit.isPending;

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string): string => String(form.get(name) ?? '').trim();
    if (isPending) return;
    const request = { name: text('name'), aim: text('aim'), startOn: text('startOn'), endOn: text('endOn') };
    const done = { onSuccess: onClose };
    if (sprint) edit.mutate({ id: sprint.id, request: { version: sprint.version, ...request } }, done);
    else create.mutate({ creationKey, ...request }, done);
  }

  return (
    <Dialog title={sprint ? say('Sprint') : say('New sprint')} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <label className="field">
          {say('Name')}
          <input
            name="name"
            className="input"
            defaultValue={sprint?.name}
            maxLength={100}
            required
            autoComplete="off"
            ref={sprint ? undefined : focusOnce}
          />
        </label>
        <label className="field">
          {say('What it is for')} <span className="field-note">{say('optional')}</span>
          <input name="aim" className="input" defaultValue={sprint?.aim} maxLength={500} autoComplete="off" />
        </label>
        <div className="field-pair">
          <label className="field">
            {say('First day')}
            <input name="startOn" type="date" className="input" defaultValue={firstDay} required />
          </label>
          <label className="field">
            {say('Last day')}
            <input
              name="endOn"
              type="date"
              className="input"
              defaultValue={sprint?.endOn ?? addDays(firstDay, daysUsual)}
              required
            />
          </label>
        </div>
        {problem && (
          <p className="form-problem" role="alert">
            {sayProblem(problem)}
          </p>
        )}
        <div className="form-actions">
          {sprint && (
            <button
              type="button"
              className="button button-danger"
              onClick={() =>
                act.mutate({ id: sprint.id, act: 'delete', version: sprint.version }, { onSuccess: onClose })
              }
              disabled={act.isPending}
            >
              {say('Delete, to-dos to the backlog')}
            </button>
          )}
          <span className="space" />
          <button type="button" className="button button-quiet" onClick={onClose}>
            {say('Cancel')}
          </button>
          <button type="submit" className="button button-primary" disabled={isPending}>
            {sprint ? say('Save') : say('Make sprint')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
