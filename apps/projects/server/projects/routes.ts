/** The API of projects: each route finds, validates, asks a command, presents. */
import { type Context, Hono } from 'hono';
import {
  createProjectRequest,
  editProjectRequest,
  type MembersAnswer,
  type PeopleAnswer,
  type ProjectAnswer,
  type ProjectsAnswer,
  peopleQuery,
  setMemberRequest,
} from '../../wire/project.ts';
import { projectOf } from '../api/enforce.ts';
import { type ApiEnv, answerRefusal, readBody, readQuery } from '../api/json.ts';
import { isRefusal, notFound } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { readFavourites } from '../overview/queries.ts';
import { findPreferences } from '../preferences/store.ts';
import { languageOf } from '../words/language-of.ts';
import { sayingIn } from '../words/say-of.ts';
import { createProject, editProject, removeMember, setMember } from './commands.ts';
import { findAssignable, listAssignable, listMembers } from './people-queries.ts';
import { presentMember, presentStatus, presentSummary } from './present.ts';
import { findProject, listProjects, listStatuses } from './queries.ts';
import { countProjectTrash } from './trash-queries.ts';

export function projectRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db } = workspace;

  async function answerProject(c: Context<ApiEnv>, key: string, status: 200 | 201): Promise<Response> {
    const viewer = c.get('person');
    const project = await findProject(db, viewer, key);
    if (!project) return answerRefusal(c, notFound('project'));
    const { row } = project;
    const members = await listMembers(db, row.id);
    const assignable = await listAssignable(db, viewer, row);
    const answer: ProjectAnswer = {
      project: {
        ...presentSummary(viewer, project, (await readFavourites(db, viewer.id)).has(row.id)),
        description: row.description,
        version: row.version,
        startsOn: row.starts_on,
        endsOn: row.ends_on,
        statuses: (await listStatuses(db, row.id)).map(presentStatus),
        members: members.first.map((member) => presentMember(row.visibility, member)),
        moreMembers: members.more,
        assignable: assignable.first,
        moreAssignable: assignable.more,
      },
    };
    return c.json(answer, status);
  }

  return new Hono<ApiEnv>()
    .get('/projects', async (c) => {
      const viewer = c.get('person');
      const favourites = await readFavourites(db, viewer.id);
      const { first, more } = await listProjects(db, viewer);
      const projects = first.map((project) => presentSummary(viewer, project, favourites.has(project.row.id)));
      const trashed = await countProjectTrash(db, viewer);
      return c.json({ projects, more, trashed } satisfies ProjectsAnswer);
    })
    .post('/projects', async (c) => {
      const read = await readBody(c, createProjectRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const viewer = c.get('person');
      const say = sayingIn(languageOf(c, (await findPreferences(db, viewer.id)).language));
      const made = await createProject(workspace, viewer, read.body, say);
      return isRefusal(made) ? answerRefusal(c, made) : answerProject(c, made.key, 201);
    })
    .get('/projects/:key/people', async (c) => {
      const read = readQuery(c, peopleQuery);
      if (isRefusal(read)) return answerRefusal(c, read);
      const { row } = projectOf(c);
      const viewer = c.get('person');
      const { name } = read.body;
      const { first, more } = await (name === undefined
        ? listAssignable(db, viewer, row)
        : findAssignable(db, viewer, row, name));
      return c.json({ people: first, more } satisfies PeopleAnswer);
    })
    .get('/projects/:key/members', async (c) => {
      const read = readQuery(c, peopleQuery);
      if (isRefusal(read)) return answerRefusal(c, read);
      const { row } = projectOf(c);
      const { first, more } = await listMembers(db, row.id, read.body.name);
      const members = first.map((member) => presentMember(row.visibility, member));
      return c.json({ members, more } satisfies MembersAnswer);
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
