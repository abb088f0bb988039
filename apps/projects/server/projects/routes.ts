/** The API of projects: each route finds, validates, asks a command, presents. */
import { type Context, Hono } from 'hono';
import {
  createProjectRequest,
  editProjectRequest,
  type ProjectAnswer,
  type ProjectsAnswer,
  setMemberRequest,
} from '../../wire/project.ts';
import { projectOf } from '../api/enforce.ts';
import { type ApiEnv, answerRefusal, readBody } from '../api/json.ts';
import { isRefusal, notFound } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { readFavourites } from '../overview/queries.ts';
import { createProject, editProject, removeMember, setMember } from './commands.ts';
import { presentMember, presentStatus, presentSummary } from './present.ts';
import { findProject, listAssignable, listMembers, listProjects, listStatuses } from './queries.ts';

export function projectRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db } = workspace;

  async function answerProject(c: Context<ApiEnv>, key: string, status: 200 | 201): Promise<Response> {
    const viewer = c.get('person');
    const project = await findProject(db, viewer, key);
    if (!project) return answerRefusal(c, notFound('project'));
    const { row } = project;
    const answer: ProjectAnswer = {
      project: {
        ...presentSummary(viewer, project, (await readFavourites(db, viewer.id)).has(row.id)),
        description: row.description,
        version: row.version,
        startsOn: row.starts_on,
        endsOn: row.ends_on,
        statuses: (await listStatuses(db, row.id)).map(presentStatus),
        members: (await listMembers(db, row.id)).map((member) => presentMember(row.visibility, member)),
        assignable: await listAssignable(db, row),
      },
    };
    return c.json(answer, status);
  }

  return new Hono<ApiEnv>()
    .get('/projects', async (c) => {
      const viewer = c.get('person');
      const favourites = await readFavourites(db, viewer.id);
      const projects = (await listProjects(db, viewer)).map((project) =>
        presentSummary(viewer, project, favourites.has(project.row.id)),
      );
      return c.json({ projects } satisfies ProjectsAnswer);
    })
    .post('/projects', async (c) => {
      const read = await readBody(c, createProjectRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const made = await createProject(workspace, c.get('person'), read.body);
      return isRefusal(made) ? answerRefusal(c, made) : answerProject(c, made.key, 201);
    })
    .get('/projects/:key', (c) => answerProject(c, c.req.param('key'), 200))
    .patch('/projects/:key', async (c) => {
      const project = projectOf(c);
      const read = await readBody(c, editProjectRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const edited = await editProject(workspace, c.get('person'), project, read.body);
      return isRefusal(edited) ? answerRefusal(c, edited) : answerProject(c, edited.key, 200);
    })
    .put('/projects/:key/members/:personId', async (c) => {
      const project = projectOf(c);
      const read = await readBody(c, setMemberRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const set = await setMember(workspace, c.get('person'), project, c.req.param('personId'), read.body.role);
      return isRefusal(set) ? answerRefusal(c, set) : answerProject(c, project.row.key, 200);
    })
    .delete('/projects/:key/members/:personId', async (c) => {
      const project = projectOf(c);
      const removed = await removeMember(workspace, c.get('person'), project, c.req.param('personId'));
      return isRefusal(removed) ? answerRefusal(c, removed) : answerProject(c, project.row.key, 200);
    });
}
