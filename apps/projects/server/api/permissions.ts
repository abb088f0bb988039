/**
 * Which action of the policy every route of the API takes. This table is the gate, not a description of one: `enforce.ts`
 * asks it before a route runs, and a route without a line here is closed. **A further route is a further line**, grouped by
 * feature: the method and the path below `/api/v1` exactly as the router spells it, then an action of
 * `projects/policy-actions.ts`; and once more in `opens.testing.ts`, which the tests believe. Paths of an action on a project hold `:key`. An action on one's own things (`comment.editOwn`)
 * lets on whoever could own one; whose it is, the command asks with `refuse`. What a row decides beyond the role, such as
 * moderating, is the command's too: the line names the least that the route takes.
 */
import type { Action } from '../projects/policy-actions.ts';

export const permissions: Readonly<Record<string, Action>> = {
  'GET /me': 'me.view',
  'GET /my-work': 'me.view',
  'GET /my-projects': 'me.view',
  'GET /search': 'me.view',
  'GET /me/preferences': 'me.view',
  'PATCH /me/preferences': 'me.edit',
  'GET /me/day-plan': 'me.view',
  'POST /me/day-plan': 'me.edit',
  'PATCH /me/day-plan/:blockId': 'me.edit',
  'DELETE /me/day-plan/:blockId': 'me.edit',

  'GET /me/notifications': 'me.view',
  'POST /me/notifications/read': 'me.edit',
  'GET /me/notification-settings': 'me.view',
  'PATCH /me/notification-settings': 'me.edit',
  'GET /me/tokens': 'me.secure',
  'POST /me/tokens': 'me.secure',
  'DELETE /me/tokens/:tokenId': 'me.secure',
  'GET /me/calendar-feed': 'me.secure',
  'POST /me/calendar-feed': 'me.secure',
  'DELETE /me/calendar-feed': 'me.secure',
  'PUT /projects/:key/mute': 'project.favourite',

  'GET /people': 'people.view',
  'GET /people/managed': 'people.manage',
  'PATCH /people/:personId': 'people.manage',
  'GET /me/profile': 'me.view',
  'GET /local-sign-ins': 'site.manage',

  'GET /clients': 'clients.manage',
  'GET /client-names': 'project.create',
  'POST /clients': 'clients.manage',
  'PATCH /clients/:clientId': 'clients.manage',
  'DELETE /clients/:clientId': 'clients.manage',

  'GET /projects': 'me.view',
  'POST /projects': 'project.create',
  'GET /projects/:key': 'project.view',
  'PATCH /projects/:key': 'project.edit',
  'DELETE /projects/:key': 'project.delete',
  'GET /trashed-projects': 'me.view',
  'POST /trashed-projects/:key/restore': 'project.restore',
  'DELETE /trashed-projects/:key': 'project.purge',
  'PUT /projects/:key/members/:personId': 'project.members',
  'DELETE /projects/:key/members/:personId': 'project.members',
  'GET /projects/:key/access': 'project.view',

  'POST /projects/:key/statuses': 'project.settings',
  'PUT /projects/:key/statuses': 'project.settings',
  'PATCH /projects/:key/statuses/:statusId': 'project.settings',
  'DELETE /projects/:key/statuses/:statusId': 'project.settings',

  'GET /projects/:key/views': 'project.view',
  'POST /projects/:key/views': 'view.keep',
  'PATCH /projects/:key/views/:id': 'view.keep',
  'DELETE /projects/:key/views/:id': 'view.keep',
  'PUT /projects/:key/opening-views/:page': 'view.keep',

  'GET /projects/:key/board': 'project.view',
  'GET /projects/:key/tags': 'project.view',
  'GET /projects/:key/to-dos': 'project.view',
  'POST /projects/:key/to-dos': 'toDo.create',
  'GET /projects/:key/to-dos/:number': 'project.view',
  'PATCH /projects/:key/to-dos/:number': 'toDo.edit',
  'DELETE /projects/:key/to-dos/:number': 'toDo.delete',
  'POST /projects/:key/to-dos/:number/move': 'toDo.edit',

  'GET /milestones': 'me.view',
  'GET /projects/:key/milestones': 'project.view',
  'POST /projects/:key/milestones': 'milestone.edit',
  'GET /projects/:key/milestones/:id': 'project.view',
  'PATCH /projects/:key/milestones/:id': 'milestone.edit',
  'DELETE /projects/:key/milestones/:id': 'milestone.edit',
  'POST /projects/:key/milestones/:id/move': 'milestone.edit',
  'GET /projects/:key/timeline': 'project.view',

  'GET /projects/:key/sprints': 'project.view',
  'POST /projects/:key/sprints': 'sprint.edit',
  'PATCH /projects/:key/sprints/:id': 'sprint.edit',
  'DELETE /projects/:key/sprints/:id': 'sprint.edit',
  'POST /projects/:key/sprints/:id/close': 'sprint.edit',
  'POST /projects/:key/sprints/:id/reopen': 'sprint.edit',
  'GET /projects/:key/sprints/:id/to-dos': 'project.view',
  'GET /projects/:key/sprints/:id/burndown': 'project.view',
  'GET /projects/:key/backlog': 'project.view',
  'POST /projects/:key/sprint-plan': 'toDo.edit',

  'GET /projects/:key/goals': 'project.view',
  'POST /projects/:key/goals': 'goal.edit',
  'PATCH /projects/:key/goals/:id': 'goal.edit',
  'DELETE /projects/:key/goals/:id': 'goal.edit',
  'GET /projects/:key/goals/:id/values': 'project.view',
  'POST /projects/:key/goals/:id/values': 'goal.edit',

  'GET /projects/:key/overview': 'project.view',
  'GET /projects/:key/status-updates': 'project.view',
  'POST /projects/:key/status-updates': 'statusUpdate.add',
  'PUT /projects/:key/favourite': 'project.favourite',
  'DELETE /projects/:key/favourite': 'project.favourite',
  'POST /projects/:key/to-dos/:number/parts': 'toDo.create',
  'POST /projects/:key/to-dos/:number/duplicate': 'toDo.create',
  'POST /projects/:key/to-dos/:number/transfer': 'toDo.delete',
  'PUT /projects/:key/to-dos/:number/watching': 'toDo.watch',
  'DELETE /projects/:key/to-dos/:number/watching': 'toDo.watch',
  'POST /projects/:key/undo': 'toDo.edit',
  'GET /projects/:key/trash': 'project.view',
  'POST /projects/:key/trash/:number/restore': 'toDo.delete',
  'DELETE /projects/:key/trash/:number': 'toDo.purge',

  'GET /projects/:key/webhooks': 'webhook.manage',
  'POST /projects/:key/webhooks': 'webhook.manage',
  'PATCH /projects/:key/webhooks/:webhookId': 'webhook.manage',
  'DELETE /projects/:key/webhooks/:webhookId': 'webhook.manage',
  'POST /projects/:key/webhooks/:webhookId/secret': 'webhook.manage',
  'POST /projects/:key/webhooks/:webhookId/ping': 'webhook.manage',
  'GET /projects/:key/webhooks/:webhookId/deliveries': 'webhook.manage',
  'POST /projects/:key/webhooks/:webhookId/deliveries/:deliveryId/again': 'webhook.manage',

  'PATCH /projects/:key/tags/:tagId': 'tag.manage',
  'DELETE /projects/:key/tags/:tagId': 'tag.manage',

  'GET /projects/:key/to-dos/:number/comments': 'project.view',
  'POST /projects/:key/to-dos/:number/comments': 'comment.create',
  'PATCH /projects/:key/to-dos/:number/comments/:commentId': 'comment.create',
  'DELETE /projects/:key/to-dos/:number/comments/:commentId': 'comment.create',
  'POST /projects/:key/to-dos/:number/comments/:commentId/restore': 'comment.create',
  'PUT /projects/:key/to-dos/:number/comments/:commentId/reactions/:reaction': 'comment.create',
  'DELETE /projects/:key/to-dos/:number/comments/:commentId/reactions/:reaction': 'comment.create',

  'GET /projects/:key/people': 'project.view',
  'GET /projects/:key/files': 'project.view',
  'POST /projects/:key/files': 'file.add',
  'GET /projects/:key/to-dos/:number/files': 'project.view',
  'POST /projects/:key/to-dos/:number/files': 'file.add',
  'GET /projects/:key/files/:fileId/content': 'project.view',
  'DELETE /projects/:key/files/:fileId': 'file.add',
  'POST /projects/:key/files/:fileId/restore': 'file.add',
  'POST /projects/:key/to-dos/several': 'toDo.edit',

  'GET /projects/:key/to-dos.csv': 'transfer.export',
  'POST /projects/:key/imports/to-dos/preview': 'transfer.import',
  'POST /projects/:key/imports/to-dos': 'transfer.import',
  'GET /projects/:key/project.json': 'transfer.export',
  'POST /projects/:key/duplicate': 'project.duplicate',
  'POST /imports/projects/preview': 'project.create',
  'POST /imports/projects': 'project.create',
};

/** Routes that change nothing though their method could. */
export const changesNothing: ReadonlySet<string> = new Set<string>([
  'POST /projects/:key/imports/to-dos/preview',
  'POST /imports/projects/preview',
]);
