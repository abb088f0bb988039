/**
 * Addresses that people of Leantime have in their bookmarks, and where what stood there stands here. Leantime keeps the
 * project in the session, so its addresses of boards name none: where somebody sees one project it is that one, and elsewhere
 * they begin at home, where all of theirs are listed. What is addressed by a number of Leantime's leads to the list of such
 * things, for the numbers are not ours.
 */
import type { Workspace } from './api/workspace.ts';
import type { Feature } from './app.ts';
import { listProjects } from './projects/queries.ts';
import { requirePerson } from './session/person.ts';

const homePath = '/dashboard/home';

/** A trailing `*` stands for what follows, such as a number. */
export const oldAddresses: Readonly<Record<string, string>> = {
  '/dashboard/show': '/p/:key',
  '/projects/showMy': homePath,
  '/projects/showAll': homePath,
  '/projects/newProject': homePath,
  '/projects/changeCurrentProject/*': homePath,
  '/projects/showProject/*': '/p/:key/settings',
  '/projects/duplicateProject/*': '/p/:key/settings',
  '/tickets/showKanban': '/p/:key/board',
  '/tickets/showAll': '/p/:key/table',
  '/tickets/showList': '/p/:key/list',
  '/tickets/showProjectCalendar': '/p/:key/timeline',
  '/tickets/showTicket/*': '/p/:key/board',
  '/tickets/roadmap': '/p/:key/timeline',
  '/tickets/showAllMilestones': '/p/:key/milestones',
  '/tickets/roadmapAll': '/milestones',
  '/tickets/showAllMilestonesOverview': '/milestones',
  '/goalcanvas/dashboard': '/p/:key/goals',
  '/goalcanvas/showCanvas/*': '/p/:key/goals',
  '/files/browse': '/p/:key/files',
  '/reports/show': '/p/:key',
  '/reports/project': '/p/:key',
  '/calendar/showMyCalendar': '/day',
  '/clients/showAll': '/clients',
  '/clients/showClient/*': '/clients',
  '/users/showAll': '/people',
  '/users/newUser': '/people',
  '/users/editUser/*': '/people',
  '/users/editOwn': '/settings/profile',
};

export function oldAddressesFeature({ db }: Workspace): Feature {
  return function mountOldAddresses(app) {
    for (const [from, to] of Object.entries(oldAddresses))
      app.get(from, requirePerson, async (c) => {
        if (!to.includes(':key')) return c.redirect(to, 302);
        const [project, another] = (await listProjects(db, c.get('person'))).first;
        return c.redirect(project && !another ? to.replace(':key', project.row.key) : homePath, 302);
      });
  };
}
