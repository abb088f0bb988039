/** The API of people: names of everybody or of whom one works with, the whole of them for admins, and one's own profile. */
import { Hono } from 'hono';
import {
  editPersonRequest,
  type LocalSignInsAnswer,
  type ManagedPeopleAnswer,
  type ManagedPersonAnswer,
  type ProfileAnswer,
} from '../../wire/people.ts';
import { type PeopleAnswer, peopleQuery } from '../../wire/project.ts';
import { type ApiEnv, answerRefusal, readBody, readQuery } from '../api/json.ts';
import { isRefusal, notFound } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { listLocalSignIns } from '../owner/local.ts';
import { listCompanions, listPeople, seesEverybody } from '../projects/people-queries.ts';
import { editPerson } from './commands.ts';
import { presentLocalSignIn, presentManagedPerson, presentProfile } from './present.ts';
import { findOne, listAllPeople } from './queries.ts';

export function peopleRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db } = workspace;
  return new Hono<ApiEnv>()
    .get('/people', async (c) => {
      const read = readQuery(c, peopleQuery);
      if (isRefusal(read)) return answerRefusal(c, read);
      const { name } = read.body;
      const viewer = c.get('person');
      const seesAll = await seesEverybody(db, viewer);
      const { first, more } = await (seesAll ? listPeople(db, name) : listCompanions(db, viewer, name));
      return c.json({ people: first, more } satisfies PeopleAnswer);
    })
    .get('/people/managed', async (c) => {
      const { people, more } = await listAllPeople(db);
      const managedPeople = people.map(({ row, client }) => presentManagedPerson(c.get('person'), row, client));
      return c.json({ managedPeople, more } satisfies ManagedPeopleAnswer);
    })
    .patch('/people/:personId', async (c) => {
      const read = await readBody(c, editPersonRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const edited = await editPerson(workspace, c.get('person'), c.req.param('personId'), read.body);
      if (isRefusal(edited)) return answerRefusal(c, edited);
      const seen = await findOne(db, edited.id);
      if (!seen) return answerRefusal(c, notFound('person'));
      const managedPerson = presentManagedPerson(c.get('person'), seen.row, seen.client);
      return c.json({ managedPerson } satisfies ManagedPersonAnswer);
    })
    .get('/local-sign-ins', async (c) => {
      const rows = await listLocalSignIns(workspace);
      return c.json({ localSignIns: rows.map(presentLocalSignIn) } satisfies LocalSignInsAnswer);
    })
    .get('/me/profile', async (c) => {
      const seen = await findOne(db, c.get('person').id);
      if (!seen) return answerRefusal(c, notFound('person'));
      return c.json({ profile: presentProfile(seen.row, seen.client) } satisfies ProfileAnswer);
    });
}
