/**
 * A body for each route that takes one which its schema accepts, as little as it takes: from here a test gets one thing wrong
 * at a time. Whether what is named in it exists is another matter.
 */
const creationKey = 'a-body-of-a-test-of-input';
const version = 1;
const name = 'Name';
const title = 'Title';
const span = { day: '2026-01-01', startMinute: 540, minutes: 60 };

/** `projectFile` is what the workspace itself exports. */
export function acceptedBodies(projectFile: unknown): Readonly<Record<string, object>> {
  const status = { name, reportType: 'new', tone: 'grey', wipLimit: null, onBoard: true };
  const view = { name, page: 'board', query: 'q=thing', isShared: false };
  return {
    'POST /clients': { creationKey, name },
    'PATCH /clients/:clientId': { version, name },
    'DELETE /clients/:clientId': { version },
    'POST /projects/:key/goals': {
      creationKey,
      title,
      metric: 'Visits',
      unit: 'number',
      startValue: 0,
      targetValue: 9,
    },
    'PATCH /projects/:key/goals/:id': { version, title },
    'DELETE /projects/:key/goals/:id': { version },
    'POST /projects/:key/goals/:id/values': { creationKey, value: 1, status: 'on_track' },
    'POST /projects/:key/milestones': { creationKey, title },
    'PATCH /projects/:key/milestones/:id': { version, title },
    'POST /projects/:key/milestones/:id/move': { afterId: null },
    'DELETE /projects/:key/milestones/:id': { version },
    'PATCH /me/preferences': { theme: 'dark' },
    'POST /me/day-plan': { creationKey, projectKey: 'WEB', number: 1, ...span },
    'PATCH /me/day-plan/:blockId': span,
    'POST /me/notifications/read': {},
    'PATCH /me/notification-settings': { hour: 8 },
    'PUT /projects/:key/mute': { muted: true },
    'POST /projects/:key/status-updates': { creationKey, light: 'green', text: '' },
    'PATCH /people/:personId': { isActive: true },
    'POST /projects': { creationKey, name },
    'PATCH /projects/:key': { version, name },
    'DELETE /projects/:key': { version },
    'PUT /projects/:key/members/:personId': { role: null },
    'POST /projects/:key/views': { creationKey, ...view },
    'PATCH /projects/:key/views/:id': { version, name },
    'DELETE /projects/:key/views/:id': { version },
    'PUT /projects/:key/opening-views/:page': { viewId: null },
    'POST /projects/:key/sprints': { creationKey, name, startOn: '2026-01-01', endOn: '2026-01-14' },
    'PATCH /projects/:key/sprints/:id': { version, name },
    'POST /projects/:key/sprints/:id/close': { version, openToDos: { to: 'stay' } },
    'POST /projects/:key/sprints/:id/reopen': { version },
    'DELETE /projects/:key/sprints/:id': { version },
    'POST /projects/:key/sprint-plan': { numbers: [1], sprintId: null },
    'POST /projects/:key/statuses': { creationKey, ...status },
    'PUT /projects/:key/statuses': { statusIds: ['status'] },
    'PATCH /projects/:key/statuses/:statusId': { name },
    'DELETE /projects/:key/statuses/:statusId': { moveToId: 'status' },
    'PATCH /projects/:key/tags/:tagId': { name },
    'POST /projects/:key/to-dos': { creationKey, title },
    'PATCH /projects/:key/to-dos/:number': { version, title },
    'POST /projects/:key/to-dos/:number/move': { statusId: 'status', afterNumber: null },
    'DELETE /projects/:key/to-dos/:number': { version },
    'POST /projects/:key/to-dos/:number/parts': { creationKey, titles: [title] },
    'POST /projects/:key/to-dos/:number/duplicate': { creationKey, title },
    'POST /projects/:key/to-dos/:number/transfer': { version, projectKey: 'GAR' },
    'POST /projects/:key/to-dos/several': { numbers: [1], trash: true },
    'POST /projects/:key/undo': { changeId: 'change' },
    'POST /projects/:key/to-dos/:number/comments': { creationKey, body: 'Said' },
    'PATCH /projects/:key/to-dos/:number/comments/:commentId': { version, body: 'Said' },
    'POST /me/tokens': { name, scopes: ['read'], days: 30 },
    'POST /projects/:key/imports/to-dos/preview': { csv: 'Title\nThing' },
    'POST /projects/:key/imports/to-dos': { creationKey, csv: 'Title\nThing' },
    'POST /projects/:key/duplicate': {
      ...{ creationKey, name, withPeople: false, withComments: false, withFiles: false },
      shiftDays: 0,
    },
    'POST /imports/projects/preview': { file: projectFile },
    'POST /imports/projects': { creationKey, file: projectFile },
    'POST /projects/:key/webhooks': { creationKey, url: 'https://example.com/hook', kinds: ['toDo.created'] },
    'PATCH /projects/:key/webhooks/:webhookId': { on: false },
  };
}
