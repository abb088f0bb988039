/** The API of the trash of a project, and of undoing. */
import { Hono } from 'hono';
import { type Changed, undoRequest } from '../../wire/to-do.ts';
import type { TrashAnswer } from '../../wire/trash.ts';
import { type ApiEnv, answerRefusal, readBody, readNumber } from '../api/json.ts';
import { isRefusal, notFound } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { can } from '../projects/policy.ts';
import { findProject } from '../projects/queries.ts';
import { purgeToDo, restoreToDo } from './trash.ts';
import { readTrash } from './trash-queries.ts';
import { undoChange } from './undo.ts';

export function trashRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db } = workspace;
  return new Hono<ApiEnv>()
    .get('/projects/:key/trash', async (c) => {
      const viewer = c.get('person');
      const project = await findProject(db, viewer, c.req.param('key'));
      if (!project) return answerRefusal(c, notFound('project'));
      const may = {
        restore: can(viewer, 'toDo.delete', project.facts),
        purge: can(viewer, 'toDo.purge', project.facts),
      };
      return c.json({ trashed: await readTrash(db, project.row.id), may } satisfies TrashAnswer);
    })
    .post('/projects/:key/trash/:number/restore', async (c) => {
      const project = await findProject(db, c.get('person'), c.req.param('key'));
      if (!project) return answerRefusal(c, notFound('project'));
      const number = readNumber(c);
      if (typeof number !== 'number') return answerRefusal(c, number);
      const restored = await restoreToDo(workspace, c.get('person'), project, number);
      return isRefusal(restored) ? answerRefusal(c, restored) : c.json(restored satisfies Changed);
    })
    .delete('/projects/:key/trash/:number', async (c) => {
      const project = await findProject(db, c.get('person'), c.req.param('key'));
      if (!project) return answerRefusal(c, notFound('project'));
      const number = readNumber(c);
      if (typeof number !== 'number') return answerRefusal(c, number);
      const purged = await purgeToDo(workspace, c.get('person'), project, number);
      if (isRefusal(purged)) return answerRefusal(c, purged);
      await workspace.files.removeAll(purged.fileIds);
      return c.body(null, 204);
    })
    .post('/projects/:key/undo', async (c) => {
      const project = await findProject(db, c.get('person'), c.req.param('key'));
      if (!project) return answerRefusal(c, notFound('project'));
      const read = await readBody(c, undoRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const undone = await undoChange(workspace, c.get('person'), project, read.body.changeId);
      return isRefusal(undone) ? answerRefusal(c, undone) : c.json(undone);
    });
}
