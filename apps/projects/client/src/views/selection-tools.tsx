/** What can be done to the selected cards of a project, all at once: one request, one undo. */
import { Button } from 'react-aria-components/Button';
import type { Project } from '../../../wire/project.ts';
import { type Card, type ChangeSeveralRequest, efforts, severalMax, toDoTypes } from '../../../wire/to-do.ts';
import { type Seek, useSeekPeople } from '../api/seek-people.ts';
import { useChangeSeveral } from '../api/several.ts';
import { sayPeopleCut } from '../kit/people-cut.ts';
import { PickSeveral } from '../kit/pick.tsx';
import { leaveSelectionBar } from '../shell/roam.ts';
import { DuePick } from '../to-do/due-pick.tsx';
import { effortName, typeName } from '../to-do/names.ts';
import { Tone } from '../to-do/to-do-fields.tsx';
import { useSay } from '../words/say.ts';
import { useSelection } from './selection.tsx';
import { ActionPick, PriorityAct, SelectionFrame } from './selection-frame.tsx';
import type { Named, Places } from './use-places.ts';

export type SelectionProps = { readonly project: Project; readonly cards: readonly Card[]; readonly places: Places };
type Change = ChangeSeveralRequest['change'];

export function SelectionTools({ project, cards, places }: SelectionProps) {
  const say = useSay();
  const { ids, remove, clear } = useSelection();
  const several = useChangeSeveral();
  const trashing = useChangeSeveral((made) => remove(made.flatMap(({ done }) => done)));
  const seek = useSeekPeople(project.key, project.moreAssignable);
  const selected = cards.filter(({ number }) => ids.has(number));
  if (selected.length === 0) return null;

  /** More than the server takes at once go one after another. */
  const actsOf = (wish: Omit<ChangeSeveralRequest, 'numbers'>) =>
    Array.from({ length: Math.ceil(selected.length / severalMax) }, (_, part) => ({
      key: project.key,
      request: {
        ...wish,
        numbers: selected.slice(part * severalMax, (part + 1) * severalMax).map(({ number }) => number),
      },
    }));
  const change = (wish: Change): void => several.mutate(actsOf({ change: wish }));
  /** What is refused stays selected. The rows may be gone before the answer is there, and with them where the focus can go. */
  const throwAway = (): void => {
    leaveSelectionBar();
    trashing.mutate(actsOf({ trash: true }));
  };
  return (
    <SelectionFrame count={selected.length} onClear={clear}>
      <ActionPick
        label={say('Status')}
        choices={project.statuses.map((status) => ({
          id: status.id,
          name: status.name,
          sign: <Tone status={status} />,
        }))}
        onPick={(statusId) => change({ statusId })}
      />
      <PriorityAct onPick={(priority) => change({ priority })} />
      <ActionPick
        label={say('Type')}
        choices={toDoTypes.map((type) => ({ id: type, name: typeName(say, type) }))}
        onPick={(id) => change({ type: toDoTypes.find((type) => type === id) })}
      />
      <ListPick
        label={say('Given to')}
        choices={project.assignable}
        note={sayPeopleCut(say, project.moreAssignable)}
        seek={seek}
        lists={selected.map(({ assignees }) => assignees)}
        onPick={(added, removed) => change({ addAssigneeIds: idsOf(added), removeAssigneeIds: idsOf(removed) })}
      />
      <DuePick value={null} onPick={(dueOn) => change({ dueOn })}>
        {say('Due')}
      </DuePick>
      <ActionPick
        label={say('Effort')}
        choices={[
          ...efforts.map((effort) => ({ id: String(effort), name: effortName(say, effort) })),
          { id: 'none', name: say('No effort') },
        ]}
        onPick={(id) => change({ effort: efforts.find((effort) => String(effort) === id) ?? null })}
      />
      {places.tags.length > 0 && (
        <ListPick
          label={say('Tags')}
          choices={places.tags}
          lists={selected.map(({ tags }) => tags)}
          onPick={(added, removed) => change({ addTags: namesOf(added), removeTags: namesOf(removed) })}
        />
      )}
      {places.milestones.length > 0 && (
        <ActionPick
          label={say('Milestone')}
          choices={[...places.milestones, { id: 'none', name: say('No milestone') }]}
          onPick={(id) => change({ milestoneId: id === 'none' ? null : id })}
        />
      )}
      {places.sprints.length > 0 && (
        <ActionPick
          label={say('Sprint')}
          choices={[...places.sprints, { id: 'none', name: say('No sprint') }]}
          onPick={(id) => change({ sprintId: id === 'none' ? null : id })}
        />
      )}
      {project.may.deleteToDo && (
        <Button className="button button-danger" onPress={throwAway}>
          {say('Move to trash')}
        </Button>
      )}
    </SelectionFrame>
  );
}

type ListPickProps = {
  readonly label: string;
  readonly choices: readonly Named[];
  readonly note?: string | undefined;
  readonly seek?: Seek | undefined;
  /** What each of the cards has. */
  readonly lists: readonly (readonly Named[])[];
  readonly onPick: (added: readonly Named[], removed: readonly Named[]) => void;
};

/** Ticked is what all of the cards have. What is picked says what comes and what goes, so that each keeps its others. */
function ListPick({ label, choices, note, seek, lists, onPick }: ListPickProps) {
  const isShared = ({ id }: Named): boolean => lists.every((list) => list.some((each) => each.id === id));
  const pick = (ids: readonly string[]): void => {
    const turned = choices.filter((choice) => ids.includes(choice.id) !== isShared(choice));
    onPick(
      turned.filter(({ id }) => ids.includes(id)),
      turned.filter(({ id }) => !ids.includes(id)),
    );
  };
  return (
    <PickSeveral
      label={label}
      choices={choices.map(({ id, name }) => ({ id, name }))}
      note={note}
      seek={seek}
      values={idsOf(choices.filter(isShared))}
      onPick={pick}
    >
      {label}
    </PickSeveral>
  );
}

function idsOf(all: readonly Named[]): string[] {
  return all.map(({ id }) => id);
}

function namesOf(all: readonly Named[]): string[] {
  return all.map(({ name }) => name);
}
