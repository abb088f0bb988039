/** One to-do, at an address of its own, over the page it was opened from. Every change is saved by itself. */
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { Project } from '../../../wire/project.ts';
import { plainText } from '../../../wire/rich-text.ts';
import type { ToDo } from '../../../wire/to-do.ts';
import { useDeleteToDo } from '../api/changes.ts';
import { ApiProblem, sayProblem } from '../api/client.ts';
import { useProject, useToDo } from '../api/queries.ts';
import { Dialog } from '../kit/dialog.tsx';
import { showDone } from '../kit/toast.tsx';
import { MilestonePick } from '../milestones/milestone-pick.tsx';
import { backgroundOf, wasOpenedHere } from '../shell/places.ts';
import { useTitle } from '../shell/title.ts';
import { useComplete } from './complete.ts';
import { DuePick } from './due-pick.tsx';
import { History } from './history.tsx';
import { TextField } from './text-field.tsx';
import { PeoplePick, PriorityPick, StatusPick } from './to-do-fields.tsx';
import { useSave } from './use-save.ts';

export function ToDoDialog({ projectKey, number }: { projectKey: string; number: number }) {
  const toDo = useToDo(projectKey, number);
  const project = useProject(projectKey);
  const navigate = useNavigate();
  const location = useLocation();
  // Back where it was opened; reached by its address, it makes room for its board. Either way "back" does not reopen it.
  const close = () =>
    wasOpenedHere(location) ? void navigate(-1) : void navigate(backgroundOf(location), { replace: true });
  const id = `${projectKey}-${number}`;
  useTitle(toDo.data ? `${id} ${toDo.data.title}` : id);
  const error = toDo.error ?? project.error;
  // The page below says so already.
  if (project.error instanceof ApiProblem && project.error.status === 404) return null;
  return (
    <Dialog title={<span className="to-do-id">{id}</span>} size="large" onClose={close}>
      {toDo.data && project.data ? (
        <ToDoBody key={id} toDo={toDo.data} project={project.data} onClose={close} />
      ) : (
        <p className="dialog-text" role={error ? 'alert' : 'status'}>
          {error ? sayProblem(error) : 'Loading…'}
        </p>
      )}
    </Dialog>
  );
}

function ToDoBody({ toDo, project, onClose }: { toDo: ToDo; project: Project; onClose: () => void }) {
  const { save, conflict, settle } = useSave(toDo);
  const complete = useComplete();
  const [deleting, setDeleting] = useState(false);
  const fixed = !toDo.may.edit;
  const status = project.statuses.find(({ id }) => id === toDo.statusId);
  const done = project.statuses.find(({ reportType }) => reportType === 'done');
  const isDone = status?.reportType === 'done';
  return (
    <div className="to-do">
      <div className="to-do-main">
        <TextField
          label="Title"
          value={toDo.title}
          version={toDo.version}
          lines="one"
          lengthMax={250}
          isReadOnly={fixed}
          onSave={(title, onVersion) => save({ title }, onVersion)}
          {...(conflict?.field === 'title' ? { conflict, onSettle: settle } : {})}
        />
        <TextField
          label="Description"
          value={plainText(toDo.description)}
          version={toDo.version}
          lines="many"
          lengthMax={20_000}
          isReadOnly={fixed}
          onSave={(description, onVersion) => save({ description }, onVersion)}
          {...(conflict?.field === 'description' ? { conflict, onSettle: settle } : {})}
        />
      </div>
      <aside className="to-do-side" aria-label="Details">
        <Field name="Status">
          <StatusPick
            statuses={project.statuses}
            value={toDo.statusId}
            onPick={(statusId) => save({ statusId })}
            isDisabled={fixed}
          />
        </Field>
        <Field name="Given to">
          <PeoplePick
            people={project.assignable}
            value={toDo.assignees}
            onPick={(people) => save({ assigneeIds: people.map(({ id }) => id) })}
            isDisabled={fixed}
          />
        </Field>
        <Field name="Due">
          <DuePick value={toDo.dueOn} onPick={(dueOn) => save({ dueOn })} isDisabled={fixed} />
        </Field>
        <Field name="Priority">
          <PriorityPick value={toDo.priority} onPick={(priority) => save({ priority })} isDisabled={fixed} />
        </Field>
        <Field name="Milestone">
          <MilestonePick
            projectKey={project.key}
            value={toDo.milestoneId}
            onPick={(milestoneId) => save({ milestoneId })}
            isDisabled={fixed}
          />
        </Field>
        <Field name="Project">
          <span className="fact">{project.name}</span>
        </Field>
        {!fixed && done && !isDone && (
          <button type="button" className="button button-primary" onClick={() => complete(toDo, done.id)}>
            Mark as done
          </button>
        )}
        {toDo.may.delete && (
          <button type="button" className="button button-danger" onClick={() => setDeleting(true)}>
            Delete…
          </button>
        )}
        {fixed && (
          <p className="fact-note">
            {project.state === 'archived' ? 'This project is archived.' : 'You can read this project, not change it.'}
          </p>
        )}
      </aside>
      <History toDo={toDo} />
      {deleting && <DeleteDialog toDo={toDo} onClose={() => setDeleting(false)} onDeleted={onClose} />}
    </div>
  );
}

function Field({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="side-field">
      <span className="side-name" aria-hidden="true">
        {name}
      </span>
      {children}
    </div>
  );
}

function DeleteDialog({ toDo, onClose, onDeleted }: { toDo: ToDo; onClose: () => void; onDeleted: () => void }) {
  const remove = useDeleteToDo();
  const { projectKey: key, number, version, title } = toDo;
  const confirm = () =>
    remove.mutate(
      { key, number, version },
      {
        onSuccess() {
          onDeleted();
          showDone(`Deleted: ${title}`);
        },
        onError: onClose,
      },
    );
  return (
    <Dialog title={`Delete ${key}-${number}?`} urgent onClose={onClose}>
      <p className="dialog-text">
        “{title}” and its subtasks go into the trash of the project. They can be brought back from there.
      </p>
      <div className="form-actions">
        <button type="button" className="button button-quiet" onClick={onClose}>
          Keep it
        </button>
        <button type="button" className="button button-danger-full" onClick={confirm} disabled={remove.isPending}>
          Delete
        </button>
      </div>
    </Dialog>
  );
}
