/** The columns of a CSV file in words. */
import type { CsvField } from '../../../wire/csv.ts';
import type { Say } from '../words/say.ts';

export function sayCsvField(say: Say, field: CsvField): string {
  switch (field) {
    case 'number':
      return say('Number');
    case 'title':
      return say('Title');
    case 'description':
      return say('Description');
    case 'type':
      return say('Type');
    case 'status':
      return say('Column of the board');
    case 'priority':
      return say('Priority');
    case 'effort':
      return say('Effort');
    case 'assignees':
      return say('Assignees');
    case 'tags':
      return say('Tags');
    case 'milestone':
      return say('Milestone');
    case 'sprint':
      return say('Sprint');
    case 'parent':
      return say('Part of');
    case 'dueOn':
      return say('Due');
    case 'workStartOn':
      return say('Work starts');
    case 'workEndOn':
      return say('Work ends');
    case 'plannedHours':
      return say('Planned hours');
    case 'remainingHours':
      return say('Remaining hours');
  }
}
