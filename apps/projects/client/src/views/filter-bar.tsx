/** The line above a view: words to look for, what to show, how to group it. On a phone it folds away behind a button. */
import { type ReactNode, Suspense, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Project } from '../../../wire/project.ts';
import { type BoardColumn, type Priority, priorities, type ToDoType, toDoTypes } from '../../../wire/to-do.ts';
import { Icon } from '../kit/icon.tsx';
import { lazyAhead } from '../kit/lazy.ts';
import { Pick, PickSeveral } from '../kit/pick.tsx';
import { priorityName, typeName } from '../to-do/names.ts';
import { useSay } from '../words/say.ts';
import { dueFilterName, groupingName } from './field-names.ts';
import { dueFilters, type Filter, isFiltering, noFilter, nothing } from './filter.ts';
import { HideSubtasks } from './hide-subtasks.tsx';
import { groupingsOn, usualGrouping } from './lanes.ts';
import type { Named, Places } from './use-places.ts';
import type { ViewState } from './use-view.ts';
import { ViewPick } from './view-pick.tsx';

const LookThrough = lazyAhead(async () => ({ default: (await import('./look-through.tsx')).LookThrough }));

type BarProps = {
  readonly project: Project;
  readonly view: ViewState;
  readonly places: Places;
  readonly columns: readonly BoardColumn[];
  /** How many of their cards are shown, and how many there are to choose from. */
  readonly shown: number;
  readonly of: number;
  /** Further picks of the view: columns. */
  readonly children?: ReactNode;
};

export function FilterBar({ project, view, places, columns, shown, of, children }: BarProps) {
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  const { filter, setFilter } = view;
  const active = isFiltering(filter);
  return (
    <section className={isOpen ? 'filter-bar filter-bar-open' : 'filter-bar'} aria-label={say('What is shown')}>
      <ViewPick project={project} view={view} />
      <SearchField value={filter.text} onChange={(text) => setFilter({ ...filter, text })} />
      <Button
        className={active ? 'button button-quiet filter-fold filter-fold-active' : 'button button-quiet filter-fold'}
        aria-expanded={isOpen}
        onPress={() => setOpen(!isOpen)}
      >
        {say('Filter')}
      </Button>
      <div className="filter-picks">
        <FilterPicks filter={filter} setFilter={setFilter} places={places} />
        <GroupPick view={view} places={places} />
        {children}
        {active && (
          <Button className="button filter-clear" onPress={() => setFilter(noFilter)}>
            {say('Clear')}
          </Button>
        )}
      </div>
      <p className="filter-count" role="status">
        {active && say('{shown} of {of}', { shown, of })}
      </p>
      {isFiltering({ ...filter, hidesSubtasks: false }) && (
        <Suspense>
          <LookThrough projectKey={project.key} columns={columns} />
        </Suspense>
      )}
    </section>
  );
}

/** What is typed stands here at once; the address follows, and leads when it changes by itself. */
function SearchField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const say = useSay();
  const [text, setText] = useState(value);
  const [followed, setFollowed] = useState(value);
  if (value !== followed) {
    setFollowed(value);
    if (document.activeElement?.matches('[data-filter-search]') !== true) setText(value);
  }
  return (
    <label className="filter-search">
      <Icon name="search" />
      <span className="visually-hidden">{say('Find in this project')}</span>
      <input
        type="search"
        data-filter-search
        placeholder={say('Find')}
        maxLength={200}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          onChange(event.target.value);
        }}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
    </label>
  );
}

type PicksProps = {
  readonly filter: Filter;
  readonly setFilter: (filter: Filter) => void;
  readonly places: Places;
};

function FilterPicks({ filter, setFilter, places }: PicksProps) {
  const say = useSay();
  const set = (change: Partial<Filter>): void => setFilter({ ...filter, ...change });
  const withNone = (none: string, all: readonly Named[]): Named[] => [...all, { id: nothing, name: none }];
  return (
    <>
      <FilterPick
        label={say('Person')}
        choices={withNone(say('Nobody'), places.people)}
        values={filter.people}
        onPick={(people) => set({ people })}
      />
      <FilterPick
        label={say('Priority')}
        choices={priorities.map((priority) => ({ id: String(priority), name: priorityName(say, priority) }))}
        values={filter.priorities.map(String)}
        onPick={(ids) => set({ priorities: ids.map((id) => Number(id) as Priority) })}
      />
      <FilterPick
        label={say('Type')}
        choices={toDoTypes.map((type) => ({ id: type, name: typeName(say, type) }))}
        values={filter.types}
        onPick={(types) => set({ types: types as ToDoType[] })}
      />
      {places.tags.length > 0 && (
        <FilterPick
          label={say('Tag')}
          choices={withNone(say('No tag'), places.tags)}
          values={filter.tags}
          onPick={(tags) => set({ tags })}
        />
      )}
      {places.milestones.length > 0 && (
        <FilterPick
          label={say('Milestone')}
          choices={withNone(say('No milestone'), places.milestones)}
          values={filter.milestones}
          onPick={(milestones) => set({ milestones })}
        />
      )}
      {places.sprints.length > 0 && (
        <FilterPick
          label={say('Sprint')}
          choices={withNone(say('No sprint'), places.sprints)}
          values={filter.sprints}
          onPick={(sprints) => set({ sprints })}
        />
      )}
      <Pick
        label={say('Due')}
        choices={[
          { id: 'any', name: say('Any due date') },
          ...dueFilters.map((due) => ({ id: due, name: dueFilterName(say, due) })),
        ]}
        value={filter.due ?? 'any'}
        onPick={(id) => set({ due: dueFilters.find((due) => due === id) ?? null })}
      >
        {filter.due === null ? <span className="pick-none">{say('Due')}</span> : dueFilterName(say, filter.due)}
      </Pick>
      {(filter.hidesSubtasks || places.wholes.length > 0) && (
        <HideSubtasks isOn={filter.hidesSubtasks} onTurn={(hides) => set({ hidesSubtasks: hides })} />
      )}
    </>
  );
}

type FilterPickProps = {
  readonly label: string;
  readonly choices: readonly Named[];
  readonly values: readonly string[];
  readonly onPick: (ids: string[]) => void;
};

function FilterPick({ label, choices, values, onPick }: FilterPickProps) {
  const picked = choices.filter(({ id }) => values.includes(id));
  return (
    <PickSeveral label={label} choices={choices} values={values} onPick={onPick}>
      {picked.length === 0 ? (
        <span className="pick-none">{label}</span>
      ) : (
        <>
          {picked[0]?.name}
          {picked.length > 1 && <span className="pick-more">+{picked.length - 1}</span>}
        </>
      )}
    </PickSeveral>
  );
}

type GroupPickProps = { readonly view: ViewState; readonly places: Places };

function GroupPick({ view: { page, grouping: value, setGrouping }, places }: GroupPickProps) {
  const say = useSay();
  const offered = groupingsOn(page).filter((grouping) => {
    if (grouping === 'parent') return places.wholes.length > 0;
    if (grouping === 'milestone') return places.milestones.length > 0;
    if (grouping === 'sprint') return places.sprints.length > 0;
    return grouping !== 'tag' || places.tags.length > 0;
  });
  return (
    <Pick
      label={say('Group by')}
      choices={offered.map((grouping) => ({ id: grouping, name: groupingName(say, grouping) }))}
      value={value}
      onPick={setGrouping}
    >
      {value === usualGrouping(page) ? (
        <span className="pick-none">{say('Group by')}</span>
      ) : (
        say('By {grouping}', { grouping: groupingName(say, value).toLowerCase() })
      )}
    </Pick>
  );
}
