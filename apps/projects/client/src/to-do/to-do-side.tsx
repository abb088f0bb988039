/** The fields of one to-do beside its words: each is saved when it is picked or left. */
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Project } from '../../../wire/project.ts';
import type { ToDo } from '../../../wire/to-do.ts';
import { useMe } from '../api/queries.ts';
import { MilestonePick } from '../milestones/milestone-pick.tsx';
import { SprintPick } from '../sprints/sprint-pick.tsx';
import { useSay } from '../words/say.ts';
import { useComplete } from './complete.ts';
import { DuePick } from './due-pick.tsx';
import { HoursField } from './hours-field.tsx';
import { EffortPick, TypePick } from './more-fields.tsx';
import { SideField } from './side-field.tsx';
import { TagsField } from './tags-field.tsx';
import { PeoplePick, PriorityPick, StatusPick } from './to-do-fields.tsx';
import type { useSave } from './use-save.ts';
import { WorkDays } from './work-days.tsx';

export type SideProps = { readonly toDo: ToDo; readonly project: Project; readonly save: ReturnType<typeof useSave> };

/** All fields of a to-do; first among them `children`. */
export function Side({ toDo, project, save, children }: SideProps & { readonly children: ReactNode }) {
  const say = useSay();
  const complete = useComplete();
  const fixed = !toDo.may.edit;
  const done = project.statuses.find(({ reportType }) => reportType === 'done');
  return (
    <aside className="to-do-side" aria-label={say('Details')}>
      {children}
      <SideField name={say('Priority')}>
        <PriorityPick value={toDo.priority} onPick={(priority) => save({ priority })} isDisabled={fixed} />
      </SideField>
      <SideField name={say('Type')}>
        <TypePick value={toDo.type} onPick={(type) => save({ type })} isDisabled={fixed} />
      </SideField>
      <SideField name={say('Effort')}>
        <EffortPick value={toDo.effort} onPick={(effort) => save({ effort })} isDisabled={fixed} />
      </SideField>
      <SideField name={say('Tags')}>
        <TagsField projectKey={project.key} tags={toDo.tags} isDisabled={fixed} onSave={(tags) => save({ tags })} />
      </SideField>
      <SideField name={say('Milestone')}>
        <MilestonePick
          projectKey={project.key}
          value={toDo.milestoneId}
          onPick={(milestoneId) => save({ milestoneId })}
          isDisabled={fixed}
        />
      </SideField>
      <SideField name={say('Sprint')}>
        <SprintPick
          projectKey={project.key}
          value={toDo.sprintId}
          onPick={(sprintId) => save({ sprintId })}
          isDisabled={fixed}
        />
      </SideField>
      <WorkDays toDo={toDo} isDisabled={fixed} onSave={save} />
      <div className="side-pair">
        <SideField name={say('Planned hours')}>
          <HoursField
            label={say('Planned hours')}
            value={toDo.plannedHours}
            isDisabled={fixed}
            onSave={(plannedHours) => save({ plannedHours })}
          />
        </SideField>
        <SideField name={say('Hours left')}>
          <HoursField
            label={say('Hours left')}
            value={toDo.remainingHours}
            isDisabled={fixed}
            onSave={(remainingHours) => save({ remainingHours })}
          />
        </SideField>
      </div>
      <SideField name={say('Project')}>
        <span className="fact">{project.name}</span>
      </SideField>
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

/** What is looked at and changed most. */
export function FirstFields({ toDo, project, save }: SideProps) {
  const say = useSay();
  const fixed = !toDo.may.edit;
  return (
    <>
      <SideField name={say('Status')}>
        <StatusPick
          statuses={project.statuses}
          value={toDo.statusId}
          onPick={(statusId) => save({ statusId })}
          isDisabled={fixed}
        />
      </SideField>
      <GivenTo toDo={toDo} project={project} save={save} />
      <SideField name={say('Due')}>
        <DuePick
          value={toDo.dueOn}
          onPick={(dueOn) => save({ dueOn })}
          isDone={toDo.completedAt !== null}
          isDisabled={fixed}
        />
      </SideField>
    </>
  );
}

function GivenTo({ toDo, project, save }: SideProps) {
  const say = useSay();
  const { person } = useMe();
  const mayTake = toDo.may.edit && !toDo.assignees.some(({ id }) => id === person.id);
  return (
    <SideField name={say('Given to')}>
      <PeoplePick
        project={project}
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
    </SideField>
  );
}
