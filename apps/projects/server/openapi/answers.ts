/**
 * What each route answers with when it does what it was asked: a type of `wire/` by its name, or no JSON. The shapes of the
 * types stand in `answers.json`, written from the types by `npm run answers`. A test holds that every route has its line
 * here, and asks routes to see that they keep to it.
 */
export type RouteAnswer = {
  readonly status: 200 | 201 | 204;
  /** Names of types of `wire/`; of several, all at once. None: no body, or one that is no JSON. */
  readonly types: readonly string[];
  /** Of a body that is no JSON. */
  readonly media?: string;
};

const json = (...types: string[]): RouteAnswer => ({ status: 200, types });
const created = (...types: string[]): RouteAnswer => ({ status: 201, types });
const nothing: RouteAnswer = { status: 204, types: [] };

export const routeAnswers: Readonly<Record<string, RouteAnswer>> = {
  'GET /me': json('Me'),
  'GET /my-work': json('MyWorkAnswer'),
  'GET /my-projects': json('MyProjectsAnswer'),
  'GET /search': json('SearchAnswer'),

  'GET /me/preferences': json('PreferencesAnswer'),
  'PATCH /me/preferences': json('PreferencesAnswer'),
  'GET /me/day-plan': json('DayPlanAnswer'),
  'POST /me/day-plan': created('DayBlockAnswer'),
  'PATCH /me/day-plan/:blockId': json('DayBlockAnswer'),
  'DELETE /me/day-plan/:blockId': nothing,

  'GET /me/notifications': json('NotificationsAnswer'),
  'POST /me/notifications/read': nothing,
  'GET /me/notification-settings': json('NotificationSettingsAnswer'),
  'PATCH /me/notification-settings': json('NotificationSettingsAnswer'),
  'GET /me/tokens': json('TokensAnswer'),
  'POST /me/tokens': created('NewTokenAnswer'),
  'DELETE /me/tokens/:tokenId': nothing,
  'GET /me/calendar-feed': json('CalendarFeedAnswer'),
  'POST /me/calendar-feed': created('CalendarFeedAnswer'),
  'DELETE /me/calendar-feed': nothing,
  'PUT /projects/:key/mute': json('NotificationSettingsAnswer'),

  'GET /people': json('PeopleAnswer'),
  'GET /people/managed': json('ManagedPeopleAnswer'),
  'PATCH /people/:personId': json('ManagedPersonAnswer'),
  'GET /me/profile': json('ProfileAnswer'),
  'GET /local-sign-ins': json('LocalSignInsAnswer'),

  'GET /clients': json('ClientsAnswer'),
  'GET /client-names': json('ClientRefsAnswer'),
  'POST /clients': created('ClientAnswer'),
  'PATCH /clients/:clientId': json('ClientAnswer'),
  'DELETE /clients/:clientId': nothing,

  'GET /projects': json('ProjectsAnswer'),
  'POST /projects': created('ProjectAnswer'),
  'GET /projects/:key': json('ProjectAnswer'),
  'PATCH /projects/:key': json('ProjectAnswer'),
  'DELETE /projects/:key': nothing,
  'GET /trashed-projects': json('TrashedProjectsAnswer'),
  'POST /trashed-projects/:key/restore': nothing,
  'DELETE /trashed-projects/:key': nothing,
  'GET /projects/:key/members': json('MembersAnswer'),
  'PUT /projects/:key/members/:personId': json('ProjectAnswer'),
  'DELETE /projects/:key/members/:personId': json('ProjectAnswer'),
  'GET /projects/:key/access': json('AccessAnswer'),

  'GET /projects/:key/views': json('SavedViewsAnswer'),
  'POST /projects/:key/views': created('SavedViewsAnswer'),
  'PATCH /projects/:key/views/:id': json('SavedViewsAnswer'),
  'DELETE /projects/:key/views/:id': json('SavedViewsAnswer'),
  'PUT /projects/:key/opening-views/:page': json('SavedViewsAnswer'),

  'POST /projects/:key/statuses': json('StatusesAnswer'),
  'PUT /projects/:key/statuses': json('StatusesAnswer'),
  'PATCH /projects/:key/statuses/:statusId': json('StatusesAnswer'),
  'DELETE /projects/:key/statuses/:statusId': json('StatusesAnswer'),

  'GET /projects/:key/board': json('BoardAnswer'),
  'GET /projects/:key/tags': json('TagsAnswer'),
  'PATCH /projects/:key/tags/:tagId': json('TagsAnswer'),
  'DELETE /projects/:key/tags/:tagId': json('TagsAnswer'),
  'GET /projects/:key/to-dos': json('MoreCardsAnswer'),
  'POST /projects/:key/to-dos': created('CardAnswer'),
  'POST /projects/:key/to-dos/several': json('ChangeSeveralAnswer'),
  'GET /projects/:key/to-dos/:number': json('ToDoAnswer'),
  'PATCH /projects/:key/to-dos/:number': json('ToDoAnswer', 'Changed'),
  'DELETE /projects/:key/to-dos/:number': json('Changed'),
  'POST /projects/:key/to-dos/:number/move': json('CardAnswer', 'Changed'),
  'POST /projects/:key/to-dos/:number/parts': json('ToDoAnswer', 'Changed'),
  'POST /projects/:key/to-dos/:number/duplicate': created('CardAnswer', 'Changed'),
  'POST /projects/:key/to-dos/:number/transfer': json('MovedTo'),
  'PUT /projects/:key/to-dos/:number/watching': json('ToDoAnswer'),
  'DELETE /projects/:key/to-dos/:number/watching': json('ToDoAnswer'),
  'POST /projects/:key/undo': json('Changed'),
  'GET /projects/:key/trash': json('TrashAnswer'),
  'POST /projects/:key/trash/:number/restore': json('Changed'),
  'DELETE /projects/:key/trash/:number': nothing,

  'GET /projects/:key/to-dos/:number/comments': json('CommentsAnswer'),
  'POST /projects/:key/to-dos/:number/comments': created('CommentAnswer'),
  'PATCH /projects/:key/to-dos/:number/comments/:commentId': json('CommentAnswer'),
  'DELETE /projects/:key/to-dos/:number/comments/:commentId': json('CommentAnswer'),
  'POST /projects/:key/to-dos/:number/comments/:commentId/restore': json('CommentAnswer'),
  'PUT /projects/:key/to-dos/:number/comments/:commentId/reactions/:reaction': json('CommentAnswer'),
  'DELETE /projects/:key/to-dos/:number/comments/:commentId/reactions/:reaction': json('CommentAnswer'),

  'GET /projects/:key/people': json('PeopleAnswer'),
  'GET /projects/:key/files': json('FilesAnswer'),
  'POST /projects/:key/files': created('FileAnswer'),
  'GET /projects/:key/to-dos/:number/files': json('FilesAnswer'),
  'POST /projects/:key/to-dos/:number/files': created('FileAnswer'),
  'GET /projects/:key/files/:fileId/content': { status: 200, types: [], media: 'application/octet-stream' },
  'DELETE /projects/:key/files/:fileId': nothing,
  'POST /projects/:key/files/:fileId/restore': json('FileAnswer'),

  'GET /milestones': json('AllMilestonesAnswer'),
  'GET /projects/:key/milestones': json('MilestonesAnswer'),
  'POST /projects/:key/milestones': created('MilestoneAnswer'),
  'GET /projects/:key/milestones/:id': json('MilestoneAnswer'),
  'PATCH /projects/:key/milestones/:id': json('MilestoneAnswer'),
  'DELETE /projects/:key/milestones/:id': nothing,
  'POST /projects/:key/milestones/:id/move': json('MilestoneAnswer'),
  'GET /projects/:key/timeline': json('TimelineAnswer'),

  'GET /projects/:key/sprints': json('SprintsAnswer'),
  'POST /projects/:key/sprints': created('SprintsAnswer'),
  'PATCH /projects/:key/sprints/:id': json('SprintsAnswer'),
  'DELETE /projects/:key/sprints/:id': json('SprintsAnswer'),
  'POST /projects/:key/sprints/:id/close': json('SprintsAnswer'),
  'POST /projects/:key/sprints/:id/reopen': json('SprintsAnswer'),
  'GET /projects/:key/sprints/:id/to-dos': json('SprintCardsAnswer'),
  'GET /projects/:key/sprints/:id/burndown': json('BurndownAnswer'),
  'GET /projects/:key/backlog': json('SprintCardsAnswer'),
  'POST /projects/:key/sprint-plan': json('PlanToDosAnswer'),

  'GET /projects/:key/goals': json('GoalsAnswer'),
  'POST /projects/:key/goals': created('GoalAnswer'),
  'PATCH /projects/:key/goals/:id': json('GoalAnswer'),
  'DELETE /projects/:key/goals/:id': nothing,
  'GET /projects/:key/goals/:id/values': json('GoalValuesAnswer'),
  'POST /projects/:key/goals/:id/values': created('GoalAnswer'),

  'GET /projects/:key/overview': json('OverviewAnswer'),
  'GET /projects/:key/status-updates': json('StatusUpdatesAnswer'),
  'POST /projects/:key/status-updates': created('StatusUpdateAnswer'),
  'PUT /projects/:key/favourite': nothing,
  'DELETE /projects/:key/favourite': nothing,

  'GET /projects/:key/webhooks': json('WebhooksAnswer'),
  'POST /projects/:key/webhooks': created('NewWebhookAnswer'),
  'PATCH /projects/:key/webhooks/:webhookId': json('WebhookAnswer'),
  'DELETE /projects/:key/webhooks/:webhookId': nothing,
  'POST /projects/:key/webhooks/:webhookId/secret': json('NewWebhookAnswer'),
  'POST /projects/:key/webhooks/:webhookId/ping': created('DeliveryAnswer'),
  'GET /projects/:key/webhooks/:webhookId/deliveries': json('DeliveriesAnswer'),
  'POST /projects/:key/webhooks/:webhookId/deliveries/:deliveryId/again': json('DeliveryAnswer'),

  'GET /projects/:key/to-dos.csv': { status: 200, types: [], media: 'text/csv' },
  'POST /projects/:key/imports/to-dos/preview': json('CsvPreviewAnswer'),
  'POST /projects/:key/imports/to-dos': created('CsvImported'),
  'GET /projects/:key/project.json': { status: 200, types: [], media: 'application/json' },
  'POST /projects/:key/duplicate': created('ProjectDuplicated'),
  'POST /imports/projects/preview': json('ProjectPreviewAnswer'),
  'POST /imports/projects': created('ProjectImported'),
};
