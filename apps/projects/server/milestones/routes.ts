/** The API of milestones and the timeline: each route finds, validates, asks a command, presents. */
import { type Context, Hono } from 'hono';
import {
  type AllMilestonesAnswer,
  createMilestoneRequest,
  deleteMilestoneRequest,
  editMilestoneRequest,
  type MilestoneAnswer,
  type MilestonesAnswer,
  moveMilestoneRequest,
  type TimelineAnswer,
} from '../../wire/milestone.ts';
import { projectOf } from '../api/enforce.ts';
import { type ApiEnv, answerRefusal, readBody } from '../api/json.ts';
import { isRefusal, notFound, type Refusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { can } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { createMilestone, deleteMilestone, editMilestone, moveMilestone } from './commands.ts';
import { presentTimelineToDo } from './present.ts';
import { listMilestones, listOpenMilestones, listTimelineToDos, readMilestone } from './queries.ts';

const allMilestonesMax = 500;

export function milestoneRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db } = workspace;

  async function answerMilestones(c: Context<ApiEnv>, project: SeenProject): Promise<MilestonesAnswer> {
    return {
      milestones: await listMilestones(workspace, project.row),
      may: { edit: can(c.get('person'), 'milestone.edit', project.facts) },
    };
  }

  async function answerMilestone(
    c: Context<ApiEnv>,
    project: SeenProject,
    result: { id: string } | Refusal,
    status: 200 | 201,
  ): Promise<Response> {
    if (isRefusal(result)) return answerRefusal(c, result);
    const milestone = await readMilestone(db, project.row.id, result.id);
    if (!milestone) return answerRefusal(c, notFound('milestone'));
    return c.json({ milestone } satisfies MilestoneAnswer, status);
  }

  return new Hono<ApiEnv>()
    .get('/milestones', async (c) => {
      const found = await listOpenMilestones(workspace, c.get('person'), allMilestonesMax + 1);
      const milestones = found.slice(0, allMilestonesMax);
      return c.json({ milestones, more: found.length > allMilestonesMax } satisfies AllMilestonesAnswer);
    })
    .get('/projects/:key/milestones', async (c) => c.json(await answerMilestones(c, projectOf(c))))
    .post('/projects/:key/milestones', async (c) => {
      const project = projectOf(c);
      const read = await readBody(c, createMilestoneRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      return answerMilestone(c, project, await createMilestone(workspace, c.get('person'), project, read.body), 201);
    })
    .get('/projects/:key/milestones/:id', async (c) => {
      const project = projectOf(c);
      return answerMilestone(c, project, { id: c.req.param('id') }, 200);
    })
    .patch('/projects/:key/milestones/:id', async (c) => {
      const project = projectOf(c);
      const read = await readBody(c, editMilestoneRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const edited = await editMilestone(workspace, c.get('person'), project, c.req.param('id'), read.body);
      return answerMilestone(c, project, edited, 200);
    })
    .post('/projects/:key/milestones/:id/move', async (c) => {
      const project = projectOf(c);
      const read = await readBody(c, moveMilestoneRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const moved = await moveMilestone(workspace, c.get('person'), project, c.req.param('id'), read.body.afterId);
      return answerMilestone(c, project, moved, 200);
    })
    .delete('/projects/:key/milestones/:id', async (c) => {
      const project = projectOf(c);
      const read = await readBody(c, deleteMilestoneRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const { version } = read.body;
      const deleted = await deleteMilestone(workspace, c.get('person'), project, c.req.param('id'), version);
      return isRefusal(deleted) ? answerRefusal(c, deleted) : c.body(null, 204);
    })
    .get('/projects/:key/timeline', async (c) => {
      const project = projectOf(c);
      const { rows, more } = await listTimelineToDos(db, project.row.id);
      const answer: TimelineAnswer = {
        ...(await answerMilestones(c, project)),
        toDos: rows.map(presentTimelineToDo),
        more,
        mayEditToDo: can(c.get('person'), 'toDo.edit', project.facts),
      };
      return c.json(answer);
    });
}
