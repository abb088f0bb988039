/** The API of the trash of projects. */
import { Hono } from 'hono';
import { deleteProjectRequest, type TrashedProjectsAnswer } from '../../wire/project.ts';
import { projectOf } from '../api/enforce.ts';
import { type ApiEnv, answerRefusal, readBody } from '../api/json.ts';
import { isRefusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { clearPurged, purgeProject, restoreProject, trashProject } from './trash.ts';
import { readProjectTrash } from './trash-queries.ts';

export function projectTrashRoutes(workspace: Workspace): Hono<ApiEnv> {
  return new Hono<ApiEnv>()
    .delete('/projects/:key', async (c) => {
      const read = await readBody(c, deleteProjectRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const trashed = await trashProject(workspace, c.get('person'), projectOf(c), read.body.version);
      return isRefusal(trashed) ? answerRefusal(c, trashed) : c.body(null, 204);
    })
    .get('/trashed-projects', async (c) => {
      const trashedProjects = await readProjectTrash(workspace.db, c.get('person'));
      return c.json({ trashedProjects } satisfies TrashedProjectsAnswer);
    })
    .post('/trashed-projects/:key/restore', async (c) => {
      const restored = await restoreProject(workspace, c.get('person'), projectOf(c));
      return isRefusal(restored) ? answerRefusal(c, restored) : c.body(null, 204);
    })
    .delete('/trashed-projects/:key', async (c) => {
      const purged = await purgeProject(workspace, c.get('person'), projectOf(c));
      if (isRefusal(purged)) return answerRefusal(c, purged);
      await clearPurged(workspace);
      return c.body(null, 204);
    });
}
