/** How goals are put into words. Pure but for the language of the page. */

import { type Goal, type GoalStatus, isBehindStart, shareOfGoal } from '../../../wire/goal.ts';
import { localeOfPage } from '../kit/day-words.ts';
import type { Say } from '../words/say.ts';

export function sayGoalStatus(say: Say, status: GoalStatus): string {
  switch (status) {
    case 'on_track':
      return say('On track');
    case 'at_risk':
      return say('At risk');
    case 'missed':
      return say('Missed');
  }
}

export const statusTone = { on_track: 'green', at_risk: 'amber', missed: 'red' } as const;

/** A value with its unit, as the language of the page writes it. */
export function sayValue({ unit, currency }: Pick<Goal, 'unit' | 'currency'>, value: number): string {
  const locale = localeOfPage();
  if (unit === 'percent')
    return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(value / 100);
  if (unit === 'currency' && currency)
    return new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      trailingZeroDisplay: 'stripIfInteger',
    }).format(value);
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(value);
}

/** Where it stands on its way, in one sentence. */
export function sayCourse(say: Say, goal: Goal): string {
  const values = {
    from: sayValue(goal, goal.startValue),
    now: sayValue(goal, goal.currentValue),
    to: sayValue(goal, goal.targetValue),
  };
  if (shareOfGoal(goal) === 1) return say('Reached: {now}, the target was {to}', values);
  if (isBehindStart(goal)) return say('{now}, further from {to} than the {from} it began with', values);
  if (goal.currentValue === goal.startValue)
    return goal.targetValue < goal.startValue
      ? say('{now}, to go down to {to}', values)
      : say('{now}, to go up to {to}', values);
  return goal.targetValue < goal.startValue
    ? say('{now}, down from {from}, on the way down to {to}', values)
    : say('{now}, up from {from}, on the way up to {to}', values);
}
