/** The API of to-dos: each route finds, validates, asks a command, presents. */
import { type Context, Hono } from 'hono';
import {
  type BoardAnswer,
  type CardAnswer,
  type Changed,
  createToDoRequest,
  deleteToDoRequest,
  editToDoRequest,
  type MoreCardsAnswer,
  moreCardsQuery,
  moveToDoRequest,
  type ToDoAnswer,
} from '../../wire/to-do.ts';
import { type ApiEnv, answerRefusal, readBody, readNumber, readQuery } from '../api/json.ts';
import { isRefusal, notFound, type Refusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import type { SeenProject } from '../projects/present.ts';
import { findProject } from '../projects/queries.ts';
import { createToDo, editToDo, moveToDo } from './commands.ts';
import { findToDo, readBoard, readCard, readMoreCards, readToDo } from './queries.ts';
import { trashToDo } from './trash.ts';

export function toDoRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db } = workspace;

  async function findPlace(c: Context<ApiEnv>): Promise<{ project: SeenProject; number: number } | Refusal> {
    const project = await findProject(db, c.get('person'), c.req.param('key') ?? '');
    if (!project) return notFound('project');
    const number = readNumber(c);
    return typeof number === 'number' ? { project, number } : number;
  }

  async function answerToDo(
    c: Context<ApiEnv>,
    project: SeenProject,
    number: number,
    changed: Changed | undefined,
  ): Promise<Response> {
    const row = await findToDo(db, project, number);
    if (!row) return answerRefusal(c, notFound('to-do'));
    const answer: ToDoAnswer = { toDo: await readToDo(db, c.get('person'), project, row) };
    return c.json({ ...answer, ...changed });
  }

  return new Hono<ApiEnv>()
    .get('/projects/:key/board', async (c) => {
      const project = await findProject(db, c.get('person'), c.req.param('key'));
      if (!project) return answerRefusal(c, notFound('project'));
      return c.json({ columns: await readBoard(db, project) } satisfies BoardAnswer);
    })
    .get('/projects/:key/to-dos', async (c) => {
      const project = await findProject(db, c.get('person'), c.req.param('key'));
      if (!project) return answerRefusal(c, notFound('project'));
      const read = readQuery(c, moreCardsQuery);
      if (isRefusal(read)) return answerRefusal(c, read);
      const cards = await readMoreCards(db, project, read.body.statusId, read.body.afterRank);
      return c.json({ cards } satisfies MoreCardsAnswer);
    })
    .post('/projects/:key/to-dos', async (c) => {
      const project = await findProject(db, c.get('person'), c.req.param('key'));
      if (!project) return answerRefusal(c, notFound('project'));
      const read = await readBody(c, createToDoRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const row = await createToDo(workspace, c.get('person'), project, read.body);
      if (isRefusal(row)) return answerRefusal(c, row);
      return c.json({ card: await readCard(db, project, row) } satisfies CardAnswer, 201);
    })
    .get('/projects/:key/to-dos/:number', async (c) => {
      const place = await findPlace(c);
      return isRefusal(place) ? answerRefusal(c, place) : answerToDo(c, place.project, place.number, undefined);
    })
    .patch('/projects/:key/to-dos/:number', async (c) => {
      const place = await findPlace(c);
      if (isRefusal(place)) return answerRefusal(c, place);
      const read = await readBody(c, editToDoRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const acted = await editToDo(workspace, c.get('person'), place.project, place.number, read.body);
      if (isRefusal(acted)) return answerRefusal(c, acted);
      return answerToDo(c, place.project, place.number, { changeId: acted.changeId });
    })
    .post('/projects/:key/to-dos/:number/move', async (c) => {
      const place = await findPlace(c);
      if (isRefusal(place)) return answerRefusal(c, place);
      const read = await readBody(c, moveToDoRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const acted = await moveToDo(workspace, c.get('person'), place.project, place.number, read.body);
      if (isRefusal(acted)) return answerRefusal(c, acted);
      const { row, changeId } = acted;
      return c.json({ card: await readCard(db, place.project, row), changeId } satisfies CardAnswer & Changed);
    })
    .delete('/projects/:key/to-dos/:number', async (c) => {
      const place = await findPlace(c);
      if (isRefusal(place)) return answerRefusal(c, place);
      const read = await readBody(c, deleteToDoRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const trashed = await trashToDo(workspace, c.get('person'), place.project, place.number, read.body.version);
      return isRefusal(trashed) ? answerRefusal(c, trashed) : c.json(trashed satisfies Changed);
    });
}
