/** What is wrong with the days of a milestone, in words. Pure. */
import type { Milestone } from '../../../wire/milestone.ts';
import type { Say } from '../words/say.ts';

export function sayConflict(say: Say, blockers: readonly Milestone[]): string {
  return say('Starts before {titles} ends', { titles: blockers.map(({ title }) => `“${title}”`).join(', ') });
}
