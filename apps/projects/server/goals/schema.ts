/** The tables of goals as the database keeps them. Days are text `YYYY-MM-DD`, times milliseconds. */
import type { GoalStatus, GoalUnit } from '../../wire/goal.ts';

export type GoalTables = {
  goals: {
    id: string;
    project_id: string;
    title: string;
    description: string;
    metric: string;
    unit: GoalUnit;
    /** ISO 4217; null unless the unit is a currency. */
    currency: string | null;
    start_value: number;
    /** The value of the latest check-in. */
    current_value: number;
    target_value: number;
    status: GoalStatus;
    owner_id: string | null;
    start_on: string | null;
    end_on: string | null;
    version: number;
    created_by: string;
    creation_key: string;
    created_at: number;
    updated_at: number;
  };
  goal_values: {
    id: string;
    goal_id: string;
    value: number;
    status: GoalStatus;
    note: string;
    person_id: string;
    creation_key: string;
    at: number;
  };
  goal_milestones: { goal_id: string; milestone_id: string };
};
