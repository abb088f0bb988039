/** The fields of a to-do in the middle of a sentence, as what is changed. */
import type { HistoryField } from '../../../wire/to-do.ts';
import type { Say } from '../words/say.ts';

export type ChangedField = Exclude<HistoryField, 'created' | 'status' | 'trashed' | 'restored'>;

export function fieldInWords(say: Say, field: ChangedField): string {
  switch (field) {
    case 'title':
      return say('the title');
    case 'description':
      return say('the description');
    case 'assignees':
      return say('who has it');
    case 'parent':
      return say('what it is a part of');
    case 'blockers':
      return say('what it waits for');
    case 'project':
      return say('the project');
    case 'due':
      return say('the due date');
    case 'priority':
      return say('the priority');
    case 'type':
      return say('the type');
    case 'effort':
      return say('the effort');
    case 'tags':
      return say('the tags');
    case 'milestone':
      return say('the milestone');
    case 'sprint':
      return say('the sprint');
    case 'workStart':
      return say('the start of work');
    case 'workEnd':
      return say('the end of work');
    case 'plannedHours':
      return say('the planned hours');
    case 'remainingHours':
      return say('the hours left');
  }
}
