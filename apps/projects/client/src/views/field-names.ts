/** The words for fields, groupings and lanes. */
import type { Effort, Priority, ToDoType } from '../../../wire/to-do.ts';
import { effortName, priorityName, typeName } from '../to-do/names.ts';
import type { Say } from '../words/say.ts';
import type { DueFilter } from './filter.ts';
import type { Grouping, Lane } from './lanes.ts';
import type { Column } from './sort.ts';
import type { Named, Places } from './use-places.ts';

export function groupingName(say: Say, grouping: Grouping): string {
  switch (grouping) {
    case 'none':
      return say('No groups');
    case 'status':
      return say('Status');
    case 'parent':
      return say('To-do with subtasks');
    case 'priority':
      return say('Priority');
    case 'person':
      return say('Person');
    case 'milestone':
      return say('Milestone');
    case 'sprint':
      return say('Sprint');
    case 'type':
      return say('Type');
    case 'effort':
      return say('Effort');
    case 'tag':
      return say('Tag');
    case 'due':
      return say('Due date');
  }
}

export function dueFilterName(say: Say, due: DueFilter): string {
  switch (due) {
    case 'overdue':
      return say('Overdue');
    case 'today':
      return say('Today');
    case 'week':
      return say('By the end of this week');
    case 'fortnight':
      return say('Within two weeks');
    case 'none':
      return say('No due date');
  }
}

export function columnName(say: Say, column: Column): string {
  switch (column) {
    case 'number':
      return say('Number');
    case 'title':
      return say('Title');
    case 'status':
      return say('Status');
    case 'priority':
      return say('Priority');
    case 'people':
      return say('Given to');
    case 'due':
      return say('Due');
    case 'type':
      return say('Type');
    case 'effort':
      return say('Effort');
    case 'tags':
      return say('Tags');
    case 'milestone':
      return say('Milestone');
    case 'sprint':
      return say('Sprint');
    case 'work':
      return say('Work');
    case 'planned':
      return say('Planned hours');
    case 'remaining':
      return say('Hours left');
    case 'subtasks':
      return say('Subtasks');
  }
}

export function laneName(say: Say, grouping: Grouping, lane: Pick<Lane, 'id' | 'value'>, places: Places): string {
  const named = (all: readonly Named[], none: string): string => {
    if (lane.id === 'null') return none;
    return all.find(({ id }) => id === lane.id)?.name ?? say('A former one');
  };
  switch (grouping) {
    case 'none':
      return '';
    case 'status':
      return named(places.statuses, say('No status'));
    case 'parent':
      return named(places.wholes, say('Without subtasks'));
    case 'priority':
      return lane.value === null ? say('No priority') : priorityName(say, lane.value as Priority);
    case 'effort':
      return lane.value === null ? say('No effort') : effortName(say, lane.value as Effort);
    case 'type':
      return typeName(say, lane.value as ToDoType);
    case 'person':
      return lane.id === 'several' ? say('Several people') : named(places.people, say('Nobody'));
    case 'tag':
      return lane.id === 'several' ? say('Several tags') : named(places.tags, say('No tag'));
    case 'milestone':
      return named(places.milestones, say('No milestone'));
    case 'sprint':
      return named(places.sprints, say('No sprint'));
    case 'due':
      return dueLaneName(say, lane.id);
  }
}

function dueLaneName(say: Say, id: string): string {
  switch (id) {
    case 'overdue':
      return say('Overdue');
    case 'today':
      return say('Today');
    case 'tomorrow':
      return say('Tomorrow');
    case 'week':
      return say('This week');
    case 'later':
      return say('Later');
    default:
      return say('No due date');
  }
}
