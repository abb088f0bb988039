/** How milestones are put into words. Pure. */
import type { Milestone, MilestoneStatus, Progress } from '../../../wire/milestone.ts';
import type { StatusTone } from '../../../wire/project.ts';
import { sayRange } from '../kit/day-words.ts';
import type { Say } from '../words/say.ts';

export function sayStatus(say: Say, status: MilestoneStatus): string {
  switch (status) {
    case 'planned':
      return say('Planned');
    case 'active':
      return say('In progress');
    case 'done':
      return say('Done');
  }
}

export function sayTone(say: Say, tone: StatusTone): string {
  switch (tone) {
    case 'grey':
      return say('Grey');
    case 'red':
      return say('Red');
    case 'accent':
      return say('Evergreen');
    case 'amber':
      return say('Amber');
    case 'green':
      return say('Green');
    default:
      return tone;
  }
}

export function sayDays(say: Say, { startOn, endOn }: Pick<Milestone, 'startOn' | 'endOn'>): string {
  return startOn && endOn ? sayRange(startOn, endOn) : say('No days yet');
}

export function sayProgress(say: Say, { toDos, done }: Progress): string {
  return toDos === 0
    ? say('No to-dos yet')
    : say('{done} of {toDos, plural, one {# to-do} other {# to-dos}} done', { done, toDos });
}
