/** The API of sprints, the backlog and the burndown: each route finds, validates, asks a command, presents. */
import { type Context, Hono } from 'hono';
import {
  type BurndownAnswer,
  closeSprintRequest,
  createSprintRequest,
  deleteSprintRequest,
  editSprintRequest,
  type PlanToDosAnswer,
  planToDosRequest,
  type SprintCardsAnswer,
  type SprintsAnswer,
  sprintCardsQuery,
} from '../../wire/sprint.ts';
import { projectOf } from '../api/enforce.ts';
import { type ApiEnv, answerRefusal, readBody, readQuery } from '../api/json.ts';
import { isRefusal, notFound, type Refusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { can } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { closeSprint, createSprint, deleteSprint, editSprint, planToDos, reopenSprint } from './commands.ts';
import { countBacklog, findSprint, listSprints, readBurndown, readPlannedCards } from './queries.ts';

export function sprintRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db } = workspace;

  /** The whole plan: it is small, and one change of it moves the numbers of several sprints. */
  async function answerSprints(
    c: Context<ApiEnv>,
    project: SeenProject,
    result: object | Refusal,
    status: 200 | 201 = 200,
  ): Promise<Response> {
    if (isRefusal(result)) return answerRefusal(c, result);
    const answer: SprintsAnswer = {
      sprints: await listSprints(db, project.row.id),
      backlog: await countBacklog(db, project.row.id),
      may: { edit: can(c.get('person'), 'sprint.edit', project.facts) },
    };
    return c.json(answer, status);
  }

  return new Hono<ApiEnv>()
    .get('/projects/:key/sprints', (c) => answerSprints(c, projectOf(c), {}))
    .post('/projects/:key/sprints', async (c) => {
      const project = projectOf(c);
      const read = await readBody(c, createSprintRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      return answerSprints(c, project, await createSprint(workspace, c.get('person'), project, read.body), 201);
    })
    .patch('/projects/:key/sprints/:id', async (c) => {
      const project = projectOf(c);
      const read = await readBody(c, editSprintRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const edited = await editSprint(workspace, c.get('person'), project, c.req.param('id'), read.body);
      return answerSprints(c, project, edited);
    })
    .post('/projects/:key/sprints/:id/close', async (c) => {
      const project = projectOf(c);
      const read = await readBody(c, closeSprintRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const closed = await closeSprint(workspace, c.get('person'), project, c.req.param('id'), read.body);
      return answerSprints(c, project, closed);
    })
    .post('/projects/:key/sprints/:id/reopen', async (c) => {
      const project = projectOf(c);
      const read = await readBody(c, deleteSprintRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const { version } = read.body;
      const opened = await reopenSprint(workspace, c.get('person'), project, c.req.param('id'), version);
      return answerSprints(c, project, opened);
    })
    .delete('/projects/:key/sprints/:id', async (c) => {
      const project = projectOf(c);
      const read = await readBody(c, deleteSprintRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const { version } = read.body;
      const deleted = await deleteSprint(workspace, c.get('person'), project, c.req.param('id'), version);
      return answerSprints(c, project, deleted);
    })
    .post('/projects/:key/sprint-plan', async (c) => {
      const project = projectOf(c);
      const read = await readBody(c, planToDosRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const planned = await planToDos(workspace, c.get('person'), project, read.body);
      return isRefusal(planned) ? answerRefusal(c, planned) : c.json(planned satisfies PlanToDosAnswer);
    })
    .get('/projects/:key/backlog', async (c) => {
      const project = projectOf(c);
      const read = readQuery(c, sprintCardsQuery);
      if (isRefusal(read)) return answerRefusal(c, read);
      const cards = await readPlannedCards(db, project, null, read.body);
      return c.json(cards satisfies SprintCardsAnswer);
    })
    .get('/projects/:key/sprints/:id/to-dos', async (c) => {
      const project = projectOf(c);
      const read = readQuery(c, sprintCardsQuery);
      if (isRefusal(read)) return answerRefusal(c, read);
      const sprint = await findSprint(db, project.row.id, c.req.param('id'));
      if (!sprint) return answerRefusal(c, notFound('sprint'));
      const cards = await readPlannedCards(db, project, sprint.id, read.body);
      return c.json(cards satisfies SprintCardsAnswer);
    })
    .get('/projects/:key/sprints/:id/burndown', async (c) => {
      const project = projectOf(c);
      const sprint = await findSprint(db, project.row.id, c.req.param('id'));
      if (!sprint) return answerRefusal(c, notFound('sprint'));
      const points = (await readBurndown(db, project.row.id, sprint.id)).map(({ atMs, toDos, effort }) => ({
        at: new Date(atMs).toISOString(),
        toDos,
        effort,
      }));
      return c.json({ points } satisfies BurndownAnswer);
    });
}
