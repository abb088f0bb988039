/** On which day the weeks of this page begin: as its person chose, else as where the browser is from. Knows no server. */
import { usualFirstWeekday } from '../../../wire/days.ts';
import type { Preferences } from '../../../wire/preferences.ts';

const chosenDays: Readonly<Record<Exclude<Preferences['week'], 'auto'>, number>> = {
  monday: 1,
  saturday: 6,
  sunday: 7,
};

/** 1 is Monday, 7 is Sunday. */
export function firstWeekday(): number {
  const { week } = document.documentElement.dataset;
  if (week === 'monday' || week === 'saturday' || week === 'sunday') return chosenDays[week];
  return usualFirstWeekday(navigator.languages);
}
