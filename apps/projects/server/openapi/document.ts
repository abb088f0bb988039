/**
 * The API described for programs (OpenAPI 3.1): every route from the table that guards them all, its scope from the policy,
 * its body from the schema that checks it, its answer from the type that the route is checked against, and what it may refuse
 * with. Written from what runs, so it cannot tell of anything else.
 */
import { z } from 'zod';
import { problemCodes } from '../../wire/problem.ts';
import { roleName } from '../../wire/roles.ts';
import { permissions } from '../api/permissions.ts';
import { ruleOf } from '../projects/policy-actions.ts';
import schemas from './answers.json' with { type: 'json' };
import { routeAnswers } from './answers.ts';
import { describeRefusals, sharedRefusals } from './refusals.ts';
import { requestBodies, requestQueries } from './requests.ts';
import { summaries } from './summaries.ts';

type Operation = Record<string, unknown>;

/** Of each route: the group it stands in, and what it is for. */
const places = new Map(
  Object.entries(summaries).flatMap(([tag, routes]) =>
    Object.entries(routes).map(([route, summary]) => [route, { tag, summary }] as const),
  ),
);

export function describeApi(siteName: string, serverUrl: string): Record<string, unknown> {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const [route, action] of Object.entries(permissions)) {
    const [method = '', pattern = ''] = route.split(' ');
    const path = pattern.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [method.toLowerCase()]: describeRoute(route, method, pattern, ruleOf(action)) };
  }
  return {
    openapi: '3.1.0',
    info: { title: `${siteName}: the API`, version: '1', description: introduction },
    servers: [{ url: serverUrl }],
    security: [{ token: [] }],
    tags: Object.keys(summaries).map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'A personal access token.' } },
      responses: sharedRefusals,
      schemas: { ...schemas, ProblemBody: problemBody },
    },
  };
}

function describeRoute(
  route: string,
  method: string,
  pattern: string,
  { scope, least }: ReturnType<typeof ruleOf>,
): Operation {
  const body = requestBodies[route];
  const query = requestQueries[route];
  const place = places.get(route);
  return {
    operationId: operationId(method, pattern),
    ...(place && { summary: place.summary, tags: [place.tag] }),
    description:
      scope === null
        ? 'By somebody who is signed in, never by a token.'
        : `Takes the scope \`${scope}\` and at least the role ${least} (${roleName(least)}).`,
    security: scope === null ? [] : [{ token: [scope] }],
    parameters: [
      ...[...pattern.matchAll(/:(\w+)/g)].map(([, name]) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: name === 'number' ? 'integer' : 'string' },
      })),
      ...(query ? describeQuery(query) : []),
    ],
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: toSchema(body) } } },
    }),
    responses: {
      ...describeAnswer(route),
      ...describeRefusals({
        route,
        hasBody: body !== undefined,
        hasQuery: query !== undefined,
        hasVersion: body !== undefined && 'version' in (toSchema(body).properties ?? {}),
        byToken: scope !== null,
      }),
    },
  };
}

function describeAnswer(route: string): Record<string, object> {
  const answer = routeAnswers[route];
  // A test holds that each has its line; the server starts without it too.
  if (!answer) return { '2XX': { description: 'Done.' } };
  const refs = answer.types.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  const [first] = refs;
  const content = answer.media
    ? { [answer.media]: {} }
    : { 'application/json': { schema: refs.length === 1 ? first : { allOf: refs } } };
  return { [answer.status]: { description: 'Done.', ...(answer.status !== 204 && { content }) } };
}

function operationId(method: string, pattern: string): string {
  const words = pattern.split(/[/:-]+/).filter((word) => word !== '');
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function describeQuery(query: z.ZodType): object[] {
  const schema = toSchema(query);
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: 'query',
    required: schema.required?.includes(name) ?? false,
    schema: property,
  }));
}

function toSchema(schema: z.ZodType): { properties?: Record<string, object>; required?: string[] } {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest as ReturnType<typeof toSchema>;
}

const text = { type: 'string' } as const;
const problemBody = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'what', 'why', 'do'],
      properties: {
        code: { enum: problemCodes, description: 'Permanent; the texts may change.' },
        what: text,
        why: text,
        do: text,
        fields: { type: 'array', items: { type: 'object', properties: { path: text, message: text } } },
      },
    },
  },
} as const;

const introduction = [
  'The API that the pages of this workspace use themselves. Send `Authorization: Bearer <token>` with a personal access',
  'token from your settings. JSON in, JSON out. What you create carries a `creationKey` of your choosing: sent again with the',
  'same key, the first answer comes back. What two people may change at once carries a `version`. Each answer says in',
  '`RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` how much of the minute is left.',
].join(' ');
