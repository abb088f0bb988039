/** One to-do, at an address of its own, over the page it was opened from. Every change is saved by itself. */
import '../styles/rich.css';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Navigate, useLocation, useNavigate } from 'react-router';
import type { Project } from '../../../wire/project.ts';
import type { ToDo } from '../../../wire/to-do.ts';
import { ApiProblem, sayProblem } from '../api/client.ts';
import { useMe, useProject, useToDo } from '../api/queries.ts';
import { Dialog } from '../kit/dialog.tsx';
import { MilestonePick } from '../milestones/milestone-pick.tsx';
import { backgroundOf, toDoPath, wasOpenedHere } from '../shell/places.ts';
import { useTitle } from '../shell/title.ts';
import { useSay } from '../words/say.ts';
import { Blockers } from './blockers.tsx';
import { Comments } from './comments.tsx';
import { useComplete } from './complete.ts';
import { Description } from './description.tsx';
import { DuePick } from './due-pick.tsx';
import { Files } from './files.tsx';
import { History } from './history.tsx';
import { HoursField } from './hours-field.tsx';
import { EffortPick, TypePick } from './more-fields.tsx';
import { Neighbours } from './neighbours.tsx';
import { Parts } from './parts.tsx';
import { TagsField } from './tags-field.tsx';
import { TextField } from './text-field.tsx';
import { PeoplePick, PriorityPick, StatusPick } from './to-do-fields.tsx';
import { ToDoMenu } from './to-do-menu.tsx';
import { useSave } from './use-save.ts';

export function ToDoDialog({ projectKey, number }: { projectKey: string; number: number }) {
  const say = useSay();
  const toDo = useToDo(projectKey, number);
  const project = useProject(projectKey);
  const navigate = useNavigate();
  const location = useLocation();
  const over = backgroundOf(location);
  // Back where it was opened; reached by its address, it makes room for its board. Either way "back" does not reopen it.
  const close = () => (wasOpenedHere(location) ? void navigate(-1) : void navigate(over, { replace: true }));
  const id = `${projectKey}-${number}`;
  useTitle(toDo.data ? `${id} ${toDo.data.title}` : id);
  const error = toDo.error ?? project.error;
  // The page below says so already.
  if (project.error instanceof ApiProblem && project.error.status === 404) return null;
  const movedTo = error instanceof ApiProblem ? error.movedTo : undefined;
  if (movedTo) return <Navigate to={toDoPath(movedTo.projectKey, movedTo.number)} state={location.state} replace />;
  const tools = toDo.data && (
    <>
      <Neighbours toDo={toDo.data} over={over} />
      <ToDoMenu toDo={toDo.data} over={over} onClose={close} />
    </>
  );
  return (
    <Dialog title={<span className="to-do-id">{id}</span>} size="large" onClose={close} tools={tools}>
      {toDo.data && project.data ? (
        <ToDoBody key={id} toDo={toDo.data} project={project.data} over={over} />
      ) : (
        <p className="dialog-text" role={error ? 'alert' : 'status'}>
          {error ? sayProblem(error) : say('Loading…')}
        </p>
      )}
    </Dialog>
  );
}

type BodyProps = { readonly toDo: ToDo; readonly project: Project; readonly over: string };

function ToDoBody({ toDo, project, over }: BodyProps) {
  const say = useSay();
  const saving = useSave(toDo);
  const { save, conflict, settle } = saving;
  return (
    <div className="to-do">
      <div className="to-do-main">
        <TextField
          label={say('Title')}
          value={toDo.title}
          version={toDo.version}
          lines="one"
          lengthMax={250}
          isReadOnly={!toDo.may.edit}
          onSave={(title, onVersion) => save({ title }, onVersion)}
          {...(conflict?.field === 'title' ? { conflict, onSettle: settle } : {})}
        />
        <Description
          toDo={toDo}
          people={project.assignable}
          onSave={(description, onVersion) => save({ description }, onVersion)}
          conflict={conflict}
          onSettle={settle}
        />
        <Parts toDo={toDo} project={project} over={over} />
        <Blockers toDo={toDo} over={over} onSave={(blockedBy) => save({ blockedBy })} />
        <Files toDo={toDo} />
        <Comments toDo={toDo} people={project.assignable} />
      </div>
      <Side toDo={toDo} project={project} save={save} />
      <History toDo={toDo} />
    </div>
  );
}

type SideProps = { readonly toDo: ToDo; readonly project: Project; readonly save: ReturnType<typeof useSave>['save'] };

function Side({ toDo, project, save }: SideProps) {
  const say = useSay();
  const complete = useComplete();
  const fixed = !toDo.may.edit;
  const done = project.statuses.find(({ reportType }) => reportType === 'done');
  return (
    <aside className="to-do-side" aria-label={say('Details')}>
      <Field name={say('Status')}>
        <StatusPick
          statuses={project.statuses}
          value={toDo.statusId}
          onPick={(statusId) => save({ statusId })}
          isDisabled={fixed}
        />
      </Field>
      <GivenTo toDo={toDo} project={project} save={save} />
      <Field name={say('Due')}>
        <DuePick value={toDo.dueOn} onPick={(dueOn) => save({ dueOn })} isDisabled={fixed} />
      </Field>
      <Field name={say('Priority')}>
        <PriorityPick value={toDo.priority} onPick={(priority) => save({ priority })} isDisabled={fixed} />
      </Field>
      <Field name={say('Type')}>
        <TypePick value={toDo.type} onPick={(type) => save({ type })} isDisabled={fixed} />
      </Field>
      <Field name={say('Size')}>
        <EffortPick value={toDo.effort} onPick={(effort) => save({ effort })} isDisabled={fixed} />
      </Field>
      <Field name={say('Tags')}>
        <TagsField projectKey={project.key} tags={toDo.tags} isDisabled={fixed} onSave={(tags) => save({ tags })} />
      </Field>
      <Field name={say('Milestone')}>
        <MilestonePick
          projectKey={project.key}
          value={toDo.milestoneId}
          onPick={(milestoneId) => save({ milestoneId })}
          isDisabled={fixed}
        />
      </Field>
      <div className="side-pair">
        <Field name={say('Work starts')}>
          <DayField
            label={say('Work starts')}
            value={toDo.workStartOn}
            isDisabled={fixed}
            onSave={(workStartOn) => save({ workStartOn })}
          />
        </Field>
        <Field name={say('Work ends')}>
          <DayField
            label={say('Work ends')}
            value={toDo.workEndOn}
            isDisabled={fixed}
            onSave={(workEndOn) => save({ workEndOn })}
          />
        </Field>
      </div>
      <div className="side-pair">
        <Field name={say('Planned hours')}>
          <HoursField
            label={say('Planned hours')}
            value={toDo.plannedHours}
            isDisabled={fixed}
            onSave={(plannedHours) => save({ plannedHours })}
          />
        </Field>
        <Field name={say('Hours left')}>
          <HoursField
            label={say('Hours left')}
            value={toDo.remainingHours}
            isDisabled={fixed}
            onSave={(remainingHours) => save({ remainingHours })}
          />
        </Field>
      </div>
      <Field name={say('Project')}>
        <span className="fact">{project.name}</span>
      </Field>
      {!fixed && done && toDo.completedAt === null && (
        <Button className="button button-primary" onPress={() => complete(toDo, done.id)}>
          {say('Mark as done')}
        </Button>
      )}
      {fixed && (
        <p className="fact-note">
          {project.state === 'archived'
            ? say('This project is archived.')
            : say('You can read this project, not change it.')}
        </p>
      )}
    </aside>
  );
}

function GivenTo({ toDo, project, save }: SideProps) {
  const say = useSay();
  const { person } = useMe();
  const mayTake = toDo.may.edit && !toDo.assignees.some(({ id }) => id === person.id);
  return (
    <Field name={say('Given to')}>
      <PeoplePick
        people={project.assignable}
        value={toDo.assignees}
        onPick={(people) => save({ assigneeIds: people.map(({ id }) => id) })}
        isDisabled={!toDo.may.edit}
      />
      {mayTake && (
        <button
          type="button"
          className="text-button"
          onClick={() => save({ assigneeIds: [...toDo.assignees.map(({ id }) => id), person.id] })}
        >
          {say('Give it to me')}
        </button>
      )}
    </Field>
  );
}

type DayFieldProps = {
  readonly label: string;
  readonly value: string | null;
  readonly isDisabled: boolean;
  readonly onSave: (day: string | null) => void;
};

function DayField({ label, value, isDisabled, onSave }: DayFieldProps) {
  return (
    <input
      // A day that came in from elsewhere is shown.
      key={value}
      className="input"
      type="date"
      aria-label={label}
      defaultValue={value ?? ''}
      disabled={isDisabled}
      min="1970-01-01"
      max="9999-12-31"
      onBlur={({ currentTarget: { value: day } }) => {
        if (day !== (value ?? '')) onSave(day === '' ? null : day);
      }}
    />
  );
}

function Field({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="side-field">
      <span className="side-name" aria-hidden="true">
        {name}
      </span>
      {children}
    </div>
  );
}
