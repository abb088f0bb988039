/** One field of one to-do in the table, but for its title: shown, and changed where it stands by the field of the dialog. */
import type { ReactNode } from 'react';
import type { Project } from '../../../wire/project.ts';
import type { Card, EditToDoRequest } from '../../../wire/to-do.ts';
import { useEditToDo } from '../api/changes.ts';
import { showProblem } from '../kit/toast.tsx';
import { MilestonePick } from '../milestones/milestone-pick.tsx';
import { SprintPick } from '../sprints/sprint-pick.tsx';
import { DuePick } from '../to-do/due-pick.tsx';
import { DueWords } from '../to-do/due-words.tsx';
import { HoursField } from '../to-do/hours-field.tsx';
import { EffortPick, TypePick } from '../to-do/more-fields.tsx';
import { TagsField } from '../to-do/tags-field.tsx';
import { PeoplePick, PriorityPick, StatusPick } from '../to-do/to-do-fields.tsx';
import { WorkDays } from '../to-do/work-days.tsx';
import { columnName } from '../views/field-names.ts';
import type { Column } from '../views/sort.ts';
import { useSay } from '../words/say.ts';
import { CellFields } from './cell-fields.tsx';

type CellProps = {
  readonly column: Exclude<Column, 'title'>;
  readonly card: Card;
  readonly project: Project;
};

export function TableCell({ column, card, project }: CellProps): ReactNode {
  const say = useSay();
  const edit = useEditToDo();
  const isDisabled = !project.may.editToDo;
  const save = (change: Omit<EditToDoRequest, 'version'>): void =>
    edit.mutate(
      { key: card.projectKey, number: card.number, request: { version: card.version, ...change } },
      { onError: showProblem },
    );
  switch (column) {
    case 'number':
      return `${card.projectKey}-${card.number}`;
    case 'status':
      return (
        <StatusPick
          statuses={project.statuses}
          value={card.statusId}
          onPick={(statusId) => save({ statusId })}
          isDisabled={isDisabled}
        />
      );
    case 'priority':
      return <PriorityPick value={card.priority} onPick={(priority) => save({ priority })} isDisabled={isDisabled} />;
    case 'people':
      return (
        <PeoplePick
          project={project}
          value={card.assignees}
          onPick={(people) => save({ assigneeIds: people.map(({ id }) => id) })}
          isDisabled={isDisabled}
        />
      );
    case 'due':
      return (
        <DuePick
          value={card.dueOn}
          onPick={(dueOn) => save({ dueOn })}
          isDone={isDone(project, card)}
          isDisabled={isDisabled}
        />
      );
    case 'effort':
      return <EffortPick isShort value={card.effort} onPick={(effort) => save({ effort })} isDisabled={isDisabled} />;
    case 'planned':
      return (
        <HoursField
          label={columnName(say, column)}
          value={card.plannedHours}
          isDisabled={isDisabled}
          onSave={(plannedHours) => save({ plannedHours })}
        />
      );
    case 'remaining':
      return (
        <HoursField
          label={columnName(say, column)}
          value={card.remainingHours}
          isDisabled={isDisabled}
          onSave={(remainingHours) => save({ remainingHours })}
        />
      );
    case 'type':
      return <TypePick value={card.type} onPick={(type) => save({ type })} isDisabled={isDisabled} />;
    case 'tags':
      return (
        <CellFields label={say('Tags')} shown={<TagWords tags={card.tags} />} isDisabled={isDisabled}>
          <TagsField
            projectKey={project.key}
            tags={card.tags}
            isDisabled={isDisabled}
            onSave={(tags) => save({ tags })}
          />
        </CellFields>
      );
    case 'milestone':
      return (
        <MilestonePick
          projectKey={project.key}
          value={card.milestoneId}
          onPick={(milestoneId) => save({ milestoneId })}
          isDisabled={isDisabled}
        />
      );
    case 'sprint':
      return (
        <SprintPick
          projectKey={project.key}
          value={card.sprintId}
          onPick={(sprintId) => save({ sprintId })}
          isDisabled={isDisabled}
        />
      );
    case 'work':
      return (
        <CellFields label={say('Work')} shown={<WorkWords card={card} />} isDisabled={isDisabled}>
          <WorkDays toDo={card} onSave={save} />
        </CellFields>
      );
    case 'subtasks':
      return card.subtasks.total === 0 ? '' : `${card.subtasks.done}/${card.subtasks.total}`;
  }
}

function isDone({ statuses }: Project, { statusId }: Card): boolean {
  return statuses.some(({ id, reportType }) => id === statusId && reportType === 'done');
}

function TagWords({ tags }: Pick<Card, 'tags'>) {
  const say = useSay();
  if (tags.length === 0) return <span className="pick-none">{say('No tags')}</span>;
  return tags.map((tag) => (
    <span key={tag.id} className={`tag tag-${tag.tone}`}>
      {tag.name}
    </span>
  ));
}

function WorkWords({ card: { workStartOn, workEndOn } }: { card: Card }) {
  const say = useSay();
  if (!workStartOn && !workEndOn) return <span className="pick-none">{say('No work days')}</span>;
  return (
    <>
      {workStartOn && <DueWords day={workStartOn} done />}
      {workEndOn && workEndOn !== workStartOn && (
        <>
          {' – '}
          <DueWords day={workEndOn} done />
        </>
      )}
    </>
  );
}
