/** The API of the overview: one answer that tells how a project is doing, and what people say about it. */
import { type Context, Hono } from 'hono';
import {
  addStatusUpdateRequest,
  type OverviewAnswer,
  overviewQuery,
  type StatusUpdateAnswer,
  type StatusUpdatesAnswer,
} from '../../wire/overview.ts';
import { projectOf } from '../api/enforce.ts';
import { type ApiEnv, answerRefusal, readBody, readQuery } from '../api/json.ts';
import { isRefusal, notFound } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { listGoals } from '../goals/queries.ts';
import { listMilestones } from '../milestones/queries.ts';
import { can } from '../projects/policy.ts';
import { addStatusUpdate, setFavourite } from './commands.ts';
import { forecast } from './forecast.ts';
import { listActivity, listUpdates, readBegin, readLate, readProgress } from './queries.ts';

const updatesShownMax = 3;
const updatesMax = 200;
const activityMax = 12;

export function overviewRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db } = workspace;

  async function keep(c: Context<ApiEnv>, isKept: boolean): Promise<Response> {
    const project = projectOf(c);
    await setFavourite(workspace, c.get('person'), project, isKept);
    return c.body(null, 204);
  }

  return new Hono<ApiEnv>()
    .get('/projects/:key/overview', async (c) => {
      const viewer = c.get('person');
      const project = projectOf(c);
      const read = readQuery(c, overviewQuery);
      if (isRefusal(read)) return answerRefusal(c, read);
      const { id } = project.row;
      const { today } = read.body;
      const milestones = await listMilestones(workspace, project.row);
      const answer: OverviewAnswer = {
        progress: forecast(await readProgress(workspace, project), await readBegin(db, id), workspace.now(), today),
        late: await readLate(db, project, today),
        updates: await listUpdates(db, id, updatesShownMax),
        milestones,
        goals: await listGoals(workspace, project.row, milestones),
        activity: await listActivity(db, id, activityMax),
        may: {
          addUpdate: can(viewer, 'statusUpdate.add', project.facts),
          editMilestone: can(viewer, 'milestone.edit', project.facts),
          editGoal: can(viewer, 'goal.edit', project.facts),
        },
      };
      return c.json(answer);
    })
    .get('/projects/:key/status-updates', async (c) => {
      const project = projectOf(c);
      const updates = await listUpdates(db, project.row.id, updatesMax);
      return c.json({ updates } satisfies StatusUpdatesAnswer);
    })
    .post('/projects/:key/status-updates', async (c) => {
      const project = projectOf(c);
      const read = await readBody(c, addStatusUpdateRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const added = await addStatusUpdate(workspace, c.get('person'), project, read.body);
      if (isRefusal(added)) return answerRefusal(c, added);
      const update = (await listUpdates(db, project.row.id, updatesMax)).find(({ id }) => id === added.id);
      if (!update) return answerRefusal(c, notFound('address'));
      return c.json({ update } satisfies StatusUpdateAnswer, 201);
    })
    .put('/projects/:key/favourite', (c) => keep(c, true))
    .delete('/projects/:key/favourite', (c) => keep(c, false));
}
