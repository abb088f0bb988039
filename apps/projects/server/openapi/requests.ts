/** Which schema checks the body or the query of which route. A test holds that each line belongs to a route. */
import type { z } from 'zod';
import { createClientRequest, editClientRequest, removeClientRequest } from '../../wire/client.ts';
import { addCommentRequest, editCommentRequest } from '../../wire/comment.ts';
import { importCsvRequest, previewCsvRequest } from '../../wire/csv.ts';
import { changeBlockRequest, dayPlanQuery, planBlockRequest } from '../../wire/day-plan.ts';
import { duplicateProjectRequest } from '../../wire/duplicate.ts';
import { checkInRequest, createGoalRequest, deleteGoalRequest, editGoalRequest } from '../../wire/goal.ts';
import {
  createMilestoneRequest,
  deleteMilestoneRequest,
  editMilestoneRequest,
  moveMilestoneRequest,
} from '../../wire/milestone.ts';
import { moreCardsQuery } from '../../wire/more-cards.ts';
import {
  muteRequest,
  notificationsQuery,
  readNotificationsRequest,
  setNotificationsRequest,
} from '../../wire/notification.ts';
import { addStatusUpdateRequest, overviewQuery } from '../../wire/overview.ts';
import { editPersonRequest } from '../../wire/people.ts';
import { editPreferencesRequest } from '../../wire/preferences.ts';
import {
  createProjectRequest,
  createStatusRequest,
  deleteProjectRequest,
  editProjectRequest,
  editStatusRequest,
  orderStatusesRequest,
  peopleQuery,
  removeStatusRequest,
  setMemberRequest,
} from '../../wire/project.ts';
import { exportProjectQuery, importProjectRequest, previewProjectRequest } from '../../wire/project-file.ts';
import { createViewRequest, deleteViewRequest, editViewRequest, setOpeningViewRequest } from '../../wire/saved-view.ts';
import { searchQuery } from '../../wire/search.ts';
import {
  closeSprintRequest,
  createSprintRequest,
  deleteSprintRequest,
  editSprintRequest,
  planToDosRequest,
  sprintCardsQuery,
} from '../../wire/sprint.ts';
import { editTagRequest } from '../../wire/tag.ts';
import {
  addPartsRequest,
  changeSeveralRequest,
  createToDoRequest,
  deleteToDoRequest,
  duplicateRequest,
  editToDoRequest,
  moveToDoRequest,
  transferRequest,
  undoRequest,
} from '../../wire/to-do.ts';
import { createTokenRequest } from '../../wire/token.ts';
import { createWebhookRequest, editWebhookRequest } from '../../wire/webhook.ts';

export const requestBodies: Readonly<Record<string, z.ZodType>> = {
  'POST /clients': createClientRequest,
  'PATCH /clients/:clientId': editClientRequest,
  'DELETE /clients/:clientId': removeClientRequest,
  'POST /projects/:key/goals': createGoalRequest,
  'PATCH /projects/:key/goals/:id': editGoalRequest,
  'DELETE /projects/:key/goals/:id': deleteGoalRequest,
  'POST /projects/:key/goals/:id/values': checkInRequest,
  'POST /projects/:key/milestones': createMilestoneRequest,
  'PATCH /projects/:key/milestones/:id': editMilestoneRequest,
  'POST /projects/:key/milestones/:id/move': moveMilestoneRequest,
  'DELETE /projects/:key/milestones/:id': deleteMilestoneRequest,
  'PATCH /me/preferences': editPreferencesRequest,
  'POST /me/day-plan': planBlockRequest,
  'PATCH /me/day-plan/:blockId': changeBlockRequest,
  'POST /me/notifications/read': readNotificationsRequest,
  'PATCH /me/notification-settings': setNotificationsRequest,
  'PUT /projects/:key/mute': muteRequest,
  'POST /projects/:key/status-updates': addStatusUpdateRequest,
  'PATCH /people/:personId': editPersonRequest,
  'POST /projects': createProjectRequest,
  'PATCH /projects/:key': editProjectRequest,
  'DELETE /projects/:key': deleteProjectRequest,
  'PUT /projects/:key/members/:personId': setMemberRequest,
  'POST /projects/:key/views': createViewRequest,
  'PATCH /projects/:key/views/:id': editViewRequest,
  'DELETE /projects/:key/views/:id': deleteViewRequest,
  'PUT /projects/:key/opening-views/:page': setOpeningViewRequest,
  'POST /projects/:key/sprints': createSprintRequest,
  'PATCH /projects/:key/sprints/:id': editSprintRequest,
  'POST /projects/:key/sprints/:id/close': closeSprintRequest,
  'POST /projects/:key/sprints/:id/reopen': deleteSprintRequest,
  'DELETE /projects/:key/sprints/:id': deleteSprintRequest,
  'POST /projects/:key/sprint-plan': planToDosRequest,
  'POST /projects/:key/statuses': createStatusRequest,
  'PUT /projects/:key/statuses': orderStatusesRequest,
  'PATCH /projects/:key/statuses/:statusId': editStatusRequest,
  'DELETE /projects/:key/statuses/:statusId': removeStatusRequest,
  'PATCH /projects/:key/tags/:tagId': editTagRequest,
  'POST /projects/:key/to-dos': createToDoRequest,
  'PATCH /projects/:key/to-dos/:number': editToDoRequest,
  'POST /projects/:key/to-dos/:number/move': moveToDoRequest,
  'DELETE /projects/:key/to-dos/:number': deleteToDoRequest,
  'POST /projects/:key/to-dos/:number/parts': addPartsRequest,
  'POST /projects/:key/to-dos/:number/duplicate': duplicateRequest,
  'POST /projects/:key/to-dos/:number/transfer': transferRequest,
  'POST /projects/:key/to-dos/several': changeSeveralRequest,
  'POST /projects/:key/undo': undoRequest,
  'POST /projects/:key/to-dos/:number/comments': addCommentRequest,
  'PATCH /projects/:key/to-dos/:number/comments/:commentId': editCommentRequest,
  'POST /me/tokens': createTokenRequest,
  'POST /projects/:key/imports/to-dos/preview': previewCsvRequest,
  'POST /projects/:key/imports/to-dos': importCsvRequest,
  'POST /projects/:key/duplicate': duplicateProjectRequest,
  'POST /imports/projects/preview': previewProjectRequest,
  'POST /imports/projects': importProjectRequest,
  'POST /projects/:key/webhooks': createWebhookRequest,
  'PATCH /projects/:key/webhooks/:webhookId': editWebhookRequest,
};

export const requestQueries: Readonly<Record<string, z.ZodType>> = {
  'GET /search': searchQuery,
  'GET /people': peopleQuery,
  'GET /projects/:key/people': peopleQuery,
  'GET /projects/:key/members': peopleQuery,
  'GET /projects/:key/access': peopleQuery,
  'GET /projects/:key/project.json': exportProjectQuery,
  'GET /me/day-plan': dayPlanQuery,
  'GET /me/notifications': notificationsQuery,
  'GET /projects/:key/overview': overviewQuery,
  'GET /projects/:key/backlog': sprintCardsQuery,
  'GET /projects/:key/sprints/:id/to-dos': sprintCardsQuery,
  'GET /projects/:key/to-dos': moreCardsQuery,
};
