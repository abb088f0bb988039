/** The API of goals: each route finds, validates, asks a command, presents. */
import { type Context, Hono } from 'hono';
import {
  checkInRequest,
  createGoalRequest,
  deleteGoalRequest,
  editGoalRequest,
  type GoalAnswer,
  type GoalsAnswer,
  type GoalValuesAnswer,
} from '../../wire/goal.ts';
import { projectOf } from '../api/enforce.ts';
import { type ApiEnv, answerRefusal, readBody } from '../api/json.ts';
import { isRefusal, notFound, type Refusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { can } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { checkIn, createGoal, deleteGoal, editGoal } from './commands.ts';
import { listGoals, listGoalValues } from './queries.ts';

export function goalRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db } = workspace;

  async function answerGoal(
    c: Context<ApiEnv>,
    project: SeenProject,
    result: { id: string } | Refusal,
    status: 200 | 201,
  ): Promise<Response> {
    if (isRefusal(result)) return answerRefusal(c, result);
    const goal = (await listGoals(workspace, project.row)).find(({ id }) => id === result.id);
    return goal ? c.json({ goal } satisfies GoalAnswer, status) : answerRefusal(c, notFound('goal'));
  }

  return new Hono<ApiEnv>()
    .get('/projects/:key/goals', async (c) => {
      const project = projectOf(c);
      const answer: GoalsAnswer = {
        goals: await listGoals(workspace, project.row),
        may: { edit: can(c.get('person'), 'goal.edit', project.facts) },
      };
      return c.json(answer);
    })
    .post('/projects/:key/goals', async (c) => {
      const project = projectOf(c);
      const read = await readBody(c, createGoalRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      return answerGoal(c, project, await createGoal(workspace, c.get('person'), project, read.body), 201);
    })
    .patch('/projects/:key/goals/:id', async (c) => {
      const project = projectOf(c);
      const read = await readBody(c, editGoalRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const edited = await editGoal(workspace, c.get('person'), project, c.req.param('id'), read.body);
      return answerGoal(c, project, edited, 200);
    })
    .delete('/projects/:key/goals/:id', async (c) => {
      const project = projectOf(c);
      const read = await readBody(c, deleteGoalRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const { version } = read.body;
      const deleted = await deleteGoal(workspace, c.get('person'), project, c.req.param('id'), version);
      return isRefusal(deleted) ? answerRefusal(c, deleted) : c.body(null, 204);
    })
    .get('/projects/:key/goals/:id/values', async (c) => {
      const project = projectOf(c);
      const values = await listGoalValues(db, project.row.id, c.req.param('id'));
      // A goal has its first value from the start.
      if (values.length === 0) return answerRefusal(c, notFound('goal'));
      return c.json({ values } satisfies GoalValuesAnswer);
    })
    .post('/projects/:key/goals/:id/values', async (c) => {
      const project = projectOf(c);
      const read = await readBody(c, checkInRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const checked = await checkIn(workspace, c.get('person'), project, c.req.param('id'), read.body);
      return answerGoal(c, project, checked, 201);
    });
}
