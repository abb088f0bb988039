/** The API of one's own work: who am I, and what is on my plate. */
import { Hono } from 'hono';
import type { Me } from '../../wire/me.ts';
import type { MyWorkAnswer } from '../../wire/my-work.ts';
import type { MyProjectsAnswer } from '../../wire/project.ts';
import { roleName } from '../../wire/roles.ts';
import type { ApiEnv } from '../api/json.ts';
import type { Workspace } from '../api/workspace.ts';
import { newestChange } from '../live/catch-up.ts';
import { can, workspace as wholeWorkspace } from '../projects/policy.ts';
import { presentMyToDos } from './present.ts';
import { readMyProjects } from './projects.ts';
import { countDoneSince, readMyWork } from './queries.ts';

const sevenDaysMs = 7 * 86_400_000;

export function myWorkRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db } = workspace;
  return new Hono<ApiEnv>()
    .get('/me', async (c) => {
      const liveAfter = await newestChange(db);
      const { id, displayName, email, role } = c.get('person');
      const me: Me = {
        person: { id, name: displayName, email, role, roleName: roleName(role) },
        liveAfter,
        site: { name: workspace.siteName },
        may: {
          createProject: can(c.get('person'), 'project.create', wholeWorkspace),
          managePeople: can(c.get('person'), 'people.manage', wholeWorkspace),
          manageClients: can(c.get('person'), 'clients.manage', wholeWorkspace),
          manageSite: can(c.get('person'), 'site.manage', wholeWorkspace),
        },
      };
      return c.json(me);
    })
    .get('/my-work', async (c) => {
      const viewer = c.get('person');
      const { rows, beyond, more } = await readMyWork(db, viewer);
      const answer: MyWorkAnswer = {
        toDos: presentMyToDos(viewer, rows),
        beyond,
        more,
        doneLastSevenDays: await countDoneSince(db, viewer, workspace.now() - sevenDaysMs),
      };
      return c.json(answer);
    })
    .get('/my-projects', async (c) =>
      c.json({ myProjects: await readMyProjects(workspace, c.get('person')) } satisfies MyProjectsAnswer),
    );
}
