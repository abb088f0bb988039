/** Rows of goals as the API shows them. Pure. */
import type { Goal, GoalMilestone, GoalValue } from '../../wire/goal.ts';
import type { GoalTables } from './schema.ts';

export type GoalRow = GoalTables['goals'] & { readonly owner_name: string | null };
export type GoalValueRow = GoalTables['goal_values'] & { readonly person_name: string | null };

export function presentGoal(row: GoalRow, milestones: readonly GoalMilestone[]): Goal {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    metric: row.metric,
    unit: row.unit,
    currency: row.currency,
    startValue: row.start_value,
    currentValue: row.current_value,
    targetValue: row.target_value,
    status: row.status,
    owner: row.owner_id === null || row.owner_name === null ? null : { id: row.owner_id, name: row.owner_name },
    startOn: row.start_on,
    endOn: row.end_on,
    milestones,
    version: row.version,
  };
}

export function presentGoalValue(row: GoalValueRow): GoalValue {
  return {
    value: row.value,
    status: row.status,
    note: row.note,
    by: { id: row.person_id, name: row.person_name ?? 'Somebody who is gone' },
    at: new Date(row.at).toISOString(),
  };
}
