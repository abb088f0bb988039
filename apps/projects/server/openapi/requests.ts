/** Which schema checks the body or the query of which route. A test holds that no route that reads one is missing. */
import type { z } from 'zod';
import { createClientRequest, editClientRequest, removeClientRequest } from '../../wire/client.ts';
import {
  muteRequest,
  notificationsQuery,
  readNotificationsRequest,
  setNotificationsRequest,
} from '../../wire/notification.ts';
import { editPersonRequest } from '../../wire/people.ts';
import {
  createProjectRequest,
  createStatusRequest,
  editProjectRequest,
  editStatusRequest,
  orderStatusesRequest,
  removeStatusRequest,
  setMemberRequest,
} from '../../wire/project.ts';
import {
  createToDoRequest,
  deleteToDoRequest,
  editToDoRequest,
  moreCardsQuery,
  moveToDoRequest,
} from '../../wire/to-do.ts';
import { createTokenRequest } from '../../wire/token.ts';

export const requestBodies: Readonly<Record<string, z.ZodType>> = {
  'PATCH /people/:personId': editPersonRequest,
  'POST /clients': createClientRequest,
  'PATCH /clients/:clientId': editClientRequest,
  'DELETE /clients/:clientId': removeClientRequest,
  'POST /projects': createProjectRequest,
  'PATCH /projects/:key': editProjectRequest,
  'PUT /projects/:key/members/:personId': setMemberRequest,
  'POST /projects/:key/statuses': createStatusRequest,
  'PUT /projects/:key/statuses': orderStatusesRequest,
  'PATCH /projects/:key/statuses/:statusId': editStatusRequest,
  'DELETE /projects/:key/statuses/:statusId': removeStatusRequest,
  'POST /projects/:key/to-dos': createToDoRequest,
  'PATCH /projects/:key/to-dos/:number': editToDoRequest,
  'DELETE /projects/:key/to-dos/:number': deleteToDoRequest,
  'POST /projects/:key/to-dos/:number/move': moveToDoRequest,
  'POST /me/notifications/read': readNotificationsRequest,
  'PATCH /me/notification-settings': setNotificationsRequest,
  'PUT /projects/:key/mute': muteRequest,
  'POST /me/tokens': createTokenRequest,
};

export const requestQueries: Readonly<Record<string, z.ZodType>> = {
  'GET /projects/:key/to-dos': moreCardsQuery,
  'GET /me/notifications': notificationsQuery,
};
