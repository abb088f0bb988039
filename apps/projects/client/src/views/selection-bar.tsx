/** What can be done to the selected cards, all at once: one request, one undo. Stands at the foot of the view. */
import { useEffect } from 'react';
import { Button } from 'react-aria-components/Button';
import { Toolbar } from 'react-aria-components/Toolbar';
import type { Project } from '../../../wire/project.ts';
import { type Card, type ChangeSeveralRequest, efforts, priorities } from '../../../wire/to-do.ts';
import { useChangeSeveral } from '../api/several.ts';
import { Icon } from '../kit/icon.tsx';
import { Pick, PickSeveral } from '../kit/pick.tsx';
import { DuePick } from '../to-do/due-pick.tsx';
import { effortName, priorityName } from '../to-do/names.ts';
import { Tone } from '../to-do/to-do-fields.tsx';
import { useSay } from '../words/say.ts';
import { useSelection } from './selection.tsx';
import type { Named, Places } from './use-places.ts';

type SelectionBarProps = { readonly project: Project; readonly cards: readonly Card[]; readonly places: Places };
type Change = ChangeSeveralRequest['change'];

export function SelectionBar({ project, cards, places }: SelectionBarProps) {
  const say = useSay();
  const { numbers, clear } = useSelection();
  const several = useChangeSeveral(project.key);
  const selected = cards.filter(({ number }) => numbers.has(number));
  const isEmpty = selected.length === 0;
  useEscape(!isEmpty, clear);
  if (isEmpty) return null;

  const act = (request: Omit<ChangeSeveralRequest, 'numbers'>): void => {
    several.mutate({ ...request, numbers: selected.map(({ number }) => number) });
    if (request.trash) clear();
  };
  const change = (wish: Change): void => act({ change: wish });
  return (
    <Toolbar className="selection-bar" aria-label={say('Selected cards')}>
      <strong role="status">
        {say('{count, plural, one {# selected} other {# selected}}', { count: selected.length })}
      </strong>
      <ActionPick
        label={say('Status')}
        choices={project.statuses.map((status) => ({
          id: status.id,
          name: status.name,
          sign: <Tone status={status} />,
        }))}
        onPick={(statusId) => change({ statusId })}
      />
      <ActionPick
        label={say('Priority')}
        choices={[
          ...priorities.map((priority) => ({ id: String(priority), name: priorityName(say, priority) })),
          { id: 'none', name: say('No priority') },
        ]}
        onPick={(id) => change({ priority: priorities.find((priority) => String(priority) === id) ?? null })}
      />
      <PickSeveral
        label={say('Given to')}
        choices={project.assignable.map(({ id, name }) => ({ id, name }))}
        values={shared(selected, ({ assignees }) => assignees.map(({ id }) => id))}
        onPick={(assigneeIds) => change({ assigneeIds })}
      >
        {say('Given to')}
      </PickSeveral>
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
        <Button className="button button-danger" onPress={() => act({ trash: true })}>
          {say('Move to trash')}
        </Button>
      )}
      <Button className="icon-button" aria-label={say('Select nothing')} onPress={clear}>
        <Icon name="close" />
      </Button>
    </Toolbar>
  );
}

type ActionPickProps = {
  readonly label: string;
  readonly choices: readonly Named[];
  readonly onPick: (id: string) => void;
};

/** A pick that shows no value: the selected cards may all have another. */
function ActionPick({ label, choices, onPick }: ActionPickProps) {
  return (
    <Pick label={label} choices={choices} value="" onPick={onPick}>
      {label}
    </Pick>
  );
}

/** What all of the cards have. */
function shared(cards: readonly Card[], of: (card: Card) => readonly string[]): string[] {
  const [first, ...rest] = cards.map(of);
  return (first ?? []).filter((value) => rest.every((values) => values.includes(value)));
}

/** Esc forgets the selection, unless a menu or dialog takes it. */
function useEscape(isActive: boolean, run: () => void): void {
  useEffect(() => {
    if (!isActive) return;
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (document.querySelector('[role="dialog"], [role="menu"]')) return;
      run();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isActive, run]);
}
