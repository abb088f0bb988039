/** The API of to-dos: each route finds, validates, asks a command, presents. */
import { type Context, Hono } from 'hono';
import { type MoreCardsAnswer, moreCardsQuery } from '../../wire/more-cards.ts';
import {
  addPartsRequest,
  type BoardAnswer,
  type CardAnswer,
  type Changed,
  changeSeveralRequest,
  createToDoRequest,
  deleteToDoRequest,
  duplicateRequest,
  editToDoRequest,
  type MovedTo,
  moveToDoRequest,
  type ToDoAnswer,
  transferRequest,
} from '../../wire/to-do.ts';
import { projectOf } from '../api/enforce.ts';
import { type ApiEnv, answerRefusal, readBody, readNumber, readQuery } from '../api/json.ts';
import { isRefusal, notFound, type Refusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import type { SeenProject } from '../projects/present.ts';
import { findProject } from '../projects/queries.ts';
import { findFormer } from './around.ts';
import { createToDo, editToDo, moveToDo } from './commands.ts';
import { addParts, duplicateToDo } from './parts.ts';
import { findToDo, readBoard, readCard, readMoreCards, readToDo } from './queries.ts';
import { changeSeveral } from './several.ts';
import { transferToDo } from './transfer.ts';
import { trashToDo } from './trash.ts';
import { setWatching } from './watch.ts';

export function toDoRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db } = workspace;

  function placeOf(c: Context<ApiEnv>): { project: SeenProject; number: number } | Refusal {
    const number = readNumber(c);
    return typeof number === 'number' ? { project: projectOf(c), number } : number;
  }

  /** A to-do that was moved says where to, unless that is not the viewer's to see. */
  async function answerMissing(c: Context<ApiEnv>, project: SeenProject, number: number): Promise<Response> {
    const former = await findFormer(db, project.row.id, number);
    const seen = former && (await findProject(db, c.get('person'), former.key));
    const movedTo = seen && { movedTo: { projectKey: former.key, number: former.number } satisfies MovedTo['movedTo'] };
    return answerRefusal(c, notFound('to-do'), movedTo);
  }

  async function answerToDo(
    c: Context<ApiEnv>,
    project: SeenProject,
    number: number,
    changed: Changed | undefined,
  ): Promise<Response> {
    const row = await findToDo(db, project, number);
    if (!row) return answerMissing(c, project, number);
    const answer: ToDoAnswer = { toDo: await readToDo(db, c.get('person'), project, row) };
    return c.json({ ...answer, ...changed });
  }

  return new Hono<ApiEnv>()
    .get('/projects/:key/board', async (c) => {
      return c.json({ columns: await readBoard(db, projectOf(c)) } satisfies BoardAnswer);
    })
    .get('/projects/:key/to-dos', async (c) => {
      const project = projectOf(c);
      const read = readQuery(c, moreCardsQuery);
      if (isRefusal(read)) return answerRefusal(c, read);
      const cards = await readMoreCards(db, project, read.body);
      return c.json({ cards } satisfies MoreCardsAnswer);
    })
    .post('/projects/:key/to-dos', async (c) => {
      const project = projectOf(c);
      const read = await readBody(c, createToDoRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const row = await createToDo(workspace, c.get('person'), project, read.body);
      if (isRefusal(row)) return answerRefusal(c, row);
      return c.json({ card: await readCard(db, project, row) } satisfies CardAnswer, 201);
    })
    .post('/projects/:key/to-dos/several', async (c) => {
      const project = projectOf(c);
      const read = await readBody(c, changeSeveralRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const changed = await changeSeveral(workspace, c.get('person'), project, read.body);
      return isRefusal(changed) ? answerRefusal(c, changed) : c.json(changed);
    })
    .get('/projects/:key/to-dos/:number', async (c) => {
      const place = placeOf(c);
      return isRefusal(place) ? answerRefusal(c, place) : answerToDo(c, place.project, place.number, undefined);
    })
    .patch('/projects/:key/to-dos/:number', async (c) => {
      const place = placeOf(c);
      if (isRefusal(place)) return answerRefusal(c, place);
      const read = await readBody(c, editToDoRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const acted = await editToDo(workspace, c.get('person'), place.project, place.number, read.body);
      if (isRefusal(acted)) return answerRefusal(c, acted);
      return answerToDo(c, place.project, place.number, { changeId: acted.changeId });
    })
    .post('/projects/:key/to-dos/:number/move', async (c) => {
      const place = placeOf(c);
      if (isRefusal(place)) return answerRefusal(c, place);
      const read = await readBody(c, moveToDoRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const acted = await moveToDo(workspace, c.get('person'), place.project, place.number, read.body);
      if (isRefusal(acted)) return answerRefusal(c, acted);
      const { row, changeId } = acted;
      return c.json({ card: await readCard(db, place.project, row), changeId } satisfies CardAnswer & Changed);
    })
    .delete('/projects/:key/to-dos/:number', async (c) => {
      const place = placeOf(c);
      if (isRefusal(place)) return answerRefusal(c, place);
      const read = await readBody(c, deleteToDoRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const trashed = await trashToDo(workspace, c.get('person'), place.project, place.number, read.body.version);
      return isRefusal(trashed) ? answerRefusal(c, trashed) : c.json(trashed satisfies Changed);
    })
    .post('/projects/:key/to-dos/:number/parts', async (c) => {
      const place = placeOf(c);
      if (isRefusal(place)) return answerRefusal(c, place);
      const read = await readBody(c, addPartsRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const added = await addParts(workspace, c.get('person'), place.project, place.number, read.body);
      return isRefusal(added) ? answerRefusal(c, added) : answerToDo(c, place.project, place.number, added);
    })
    .post('/projects/:key/to-dos/:number/duplicate', async (c) => {
      const place = placeOf(c);
      if (isRefusal(place)) return answerRefusal(c, place);
      const read = await readBody(c, duplicateRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const made = await duplicateToDo(workspace, c.get('person'), place.project, place.number, read.body);
      if (isRefusal(made)) return answerRefusal(c, made);
      const answer = { card: await readCard(db, place.project, made.row), changeId: made.changeId };
      return c.json(answer satisfies CardAnswer & Changed, 201);
    })
    .post('/projects/:key/to-dos/:number/transfer', async (c) => {
      const place = placeOf(c);
      if (isRefusal(place)) return answerRefusal(c, place);
      const read = await readBody(c, transferRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const moved = await transferToDo(workspace, c.get('person'), place.project, place.number, read.body);
      return isRefusal(moved) ? answerRefusal(c, moved) : c.json({ movedTo: moved } satisfies MovedTo);
    })
    .put('/projects/:key/to-dos/:number/watching', async (c) => {
      const place = placeOf(c);
      if (isRefusal(place)) return answerRefusal(c, place);
      const set = await setWatching(workspace, c.get('person'), place.project, place.number, 1);
      return isRefusal(set) ? answerRefusal(c, set) : answerToDo(c, place.project, place.number, undefined);
    })
    .delete('/projects/:key/to-dos/:number/watching', async (c) => {
      const place = placeOf(c);
      if (isRefusal(place)) return answerRefusal(c, place);
      const set = await setWatching(workspace, c.get('person'), place.project, place.number, 0);
      return isRefusal(set) ? answerRefusal(c, set) : answerToDo(c, place.project, place.number, undefined);
    });
}
