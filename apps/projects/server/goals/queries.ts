/** Reads goals with their milestones, and the values a goal had. */
import type { Goal, GoalMilestone, GoalValue } from '../../wire/goal.ts';
import { goalsMax } from '../../wire/goal.ts';
import type { Milestone } from '../../wire/milestone.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { listMilestones } from '../milestones/queries.ts';
import type { ProjectRow } from '../projects/schema.ts';
import { presentGoal, presentGoalValue } from './present.ts';

const valuesMax = 500;

/** All of a project; those that end soonest first. `milestones` are the project's, when they were read already. */
export async function listGoals(
  workspace: Workspace,
  project: ProjectRow,
  milestones?: readonly Milestone[],
): Promise<Goal[]> {
  const { db } = workspace;
  const rows = await db
    .selectFrom('goals')
    .leftJoin('people', 'people.id', 'goals.owner_id')
    .selectAll('goals')
    .select('people.name as owner_name')
    .where('goals.project_id', '=', project.id)
    .orderBy((order) => order('goals.end_on', 'is', null))
    .orderBy('goals.end_on')
    .orderBy('goals.created_at')
    .limit(goalsMax)
    .execute();
  if (rows.length === 0) return [];
  const links = await db
    .selectFrom('goal_milestones')
    .innerJoin('goals', 'goals.id', 'goal_milestones.goal_id')
    .where('goals.project_id', '=', project.id)
    .select(['goal_milestones.goal_id', 'goal_milestones.milestone_id'])
    .execute();
  const known = links.length === 0 ? [] : (milestones ?? (await listMilestones(workspace, project)));
  return rows.map((row) => {
    const linked = new Set(links.filter(({ goal_id }) => goal_id === row.id).map(({ milestone_id }) => milestone_id));
    return presentGoal(row, known.filter(({ id }) => linked.has(id)).map(asGoalMilestone));
  });
}

function asGoalMilestone({ id, title, progress }: Milestone): GoalMilestone {
  return { id, title, progress };
}

/** The latest first. */
export async function listGoalValues(db: Executor, projectId: string, goalId: string): Promise<GoalValue[]> {
  const rows = await db
    .selectFrom('goal_values')
    .innerJoin('goals', 'goals.id', 'goal_values.goal_id')
    .leftJoin('people', 'people.id', 'goal_values.person_id')
    .selectAll('goal_values')
    .select('people.name as person_name')
    .where('goals.project_id', '=', projectId)
    .where('goal_values.goal_id', '=', goalId)
    .orderBy('goal_values.at', 'desc')
    .limit(valuesMax)
    .execute();
  return rows.map(presentGoalValue);
}
