/** Makes a to-do: its title is enough, everything else can come later. */
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Day } from '../../../wire/days.ts';
import type { PersonRef } from '../../../wire/me.ts';
import type { Priority } from '../../../wire/to-do.ts';
import { useCreateToDo } from '../api/changes.ts';
import { newCreationKey, sayProblem } from '../api/client.ts';
import { useMe, useProject, useProjects } from '../api/queries.ts';
import { Dialog } from '../kit/dialog.tsx';
import { focusOnce } from '../kit/focus.ts';
import { Pick } from '../kit/pick.tsx';
import { showDone } from '../kit/toast.tsx';
import { toDoPath } from '../shell/places.ts';
import { DuePick } from './due-pick.tsx';
import { PeoplePick, PriorityPick, StatusPick } from './to-do-fields.tsx';

export function NewToDoDialog({ projectKey, onClose }: { projectKey: string | undefined; onClose: () => void }) {
  const { person } = useMe();
  const places = useProjects().filter(({ may }) => may.createToDo);
  const isFromHere = places.some((place) => place.key === projectKey);
  const [key, setKey] = useState(isFromHere ? projectKey : places[0]?.key);
  if (key === undefined)
    return (
      <Dialog title="New to-do" onClose={onClose}>
        <p className="dialog-text">
          A to-do lives in a project, and there is none yet where you may add one. Make a project first, or ask a
          manager to add you to theirs.
        </p>
      </Dialog>
    );
  return (
    <Dialog title="New to-do" onClose={onClose}>
      <NewToDoForm
        projectKey={key}
        places={places}
        onPlace={setKey}
        mine={isFromHere ? [] : [{ id: person.id, name: person.name }]}
        onClose={onClose}
      />
    </Dialog>
  );
}

type FormProps = {
  readonly projectKey: string;
  readonly places: readonly { readonly key: string; readonly name: string }[];
  readonly onPlace: (key: string) => void;
  /** Made in a project it is for nobody yet; made elsewhere, or where one may only read, it is for oneself. */
  readonly mine: readonly PersonRef[];
  readonly onClose: () => void;
};

function NewToDoForm({ projectKey, places, onPlace, mine, onClose }: FormProps) {
  const project = useProject(projectKey).data;
  const create = useCreateToDo();
  const navigate = useNavigate();
  const [creationKey] = useState(newCreationKey);
  const [statusId, setStatusId] = useState<string>();
  const [dueOn, setDueOn] = useState<Day | null>(null);
  const [priority, setPriority] = useState<Priority | null>(null);
  const [assignees, setAssignees] = useState(mine);

  /** What was written stays; statuses and people are other ones there. */
  function moveTo(key: string): void {
    setStatusId(undefined);
    setAssignees(mine);
    onPlace(key);
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const title = String(form.get('title') ?? '').trim();
    if (title === '' || create.isPending) return;
    const request = {
      creationKey,
      title,
      description: String(form.get('description') ?? ''),
      dueOn,
      priority,
      assigneeIds: assignees.map(({ id }) => id),
      ...(statusId ? { statusId } : {}),
    };
    const over = window.location.pathname;
    create.mutate(
      { key: projectKey, request },
      {
        onSuccess({ card }) {
          onClose();
          const open = () => void navigate(toDoPath(card.projectKey, card.number), { state: { over } });
          showDone(`${card.projectKey}-${card.number} made.`, { name: 'Open', run: open });
        },
      },
    );
  }

  return (
    <form className="form" onSubmit={submit}>
      <label className="field">
        Title
        <input name="title" className="input" maxLength={250} required autoComplete="off" ref={focusOnce} />
      </label>
      <label className="field">
        Description <span className="field-note">optional</span>
        <textarea name="description" className="input" rows={4} maxLength={20_000} />
      </label>
      <div className="picks">
        <Pick
          label="Project"
          choices={places.map(({ key, name }) => ({ id: key, name }))}
          value={projectKey}
          onPick={moveTo}
        >
          {places.find(({ key }) => key === projectKey)?.name}
        </Pick>
        {project && (
          <StatusPick
            statuses={project.statuses}
            value={statusId ?? project.statuses[0]?.id ?? ''}
            onPick={setStatusId}
          />
        )}
        <DuePick value={dueOn} onPick={setDueOn} />
        <PriorityPick value={priority} onPick={setPriority} />
        {project && <PeoplePick people={project.assignable} value={assignees} onPick={setAssignees} />}
      </div>
      {create.isError && (
        <p className="form-problem" role="alert">
          {sayProblem(create.error)}
        </p>
      )}
      <div className="form-actions">
        <button type="button" className="button button-quiet" onClick={onClose}>
          Cancel
        </button>
        <button type="submit" className="button button-primary" disabled={create.isPending}>
          Make to-do
        </button>
      </div>
    </form>
  );
}
