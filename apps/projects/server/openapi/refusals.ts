/**
 * What a route may refuse with, by status and code, for the description of the API: from what the route takes (a body, a
 * query, names in its path, a version), and a short list of conflicts that only some know. `session.other_person` is left out:
 * only our own page asks to be refused so. Decides nothing at run time.
 */
import type { ProblemCode } from '../../wire/problem.ts';

export type RouteFacts = {
  readonly route: string;
  readonly hasBody: boolean;
  readonly hasQuery: boolean;
  readonly hasVersion: boolean;
  /** Whether tokens get in. */
  readonly byToken: boolean;
};

const content = { 'application/json': { schema: { $ref: '#/components/schemas/ProblemBody' } } };

const shared = {
  400: { name: 'Malformed', codes: ['request.malformed'], says: 'The body is not valid JSON.' },
  401: { name: 'NotSignedIn', codes: ['session.missing'], says: 'Nobody is signed in, or the token is none.' },
  403: {
    name: 'Denied',
    codes: ['access.denied', 'request.foreign_origin'],
    says: 'The role or the scope does not reach, or a page of another site asked.',
  },
  404: { name: 'NotFound', codes: ['not_found'], says: 'It is not there, or not for you to see.' },
  413: { name: 'TooLarge', codes: ['request.too_large'], says: 'The body is larger than is taken here.' },
  415: { name: 'NotJson', codes: ['request.not_json'], says: 'The body is not application/json.' },
  422: { name: 'Invalid', codes: ['request.invalid'], says: 'A field is not right; `fields` says which and why.' },
  429: {
    name: 'TooMany',
    codes: ['request.too_many'],
    says: 'Too much in this minute; `Retry-After` says how long to wait.',
  },
  503: { name: 'FilesAway', codes: ['server.files_away'], says: 'The place where files are kept does not answer.' },
} as const satisfies Readonly<
  Record<number, { readonly name: string; readonly codes: readonly ProblemCode[]; readonly says: string }>
>;

const conflicts: Readonly<Record<string, readonly ProblemCode[]>> = {
  'POST /projects': ['conflict.key_taken'],
  'POST /projects/:key/statuses': ['conflict.name_taken'],
  'PATCH /projects/:key/statuses/:statusId': ['conflict.name_taken'],
  'POST /projects/:key/undo': ['conflict.changed_meanwhile'],
  'POST /clients': ['conflict.name_taken'],
  'PATCH /clients/:clientId': ['conflict.name_taken'],
  'PATCH /people/:personId': ['conflict.last_owner'],
};

/** What these do needs the bytes of files. */
const touchFiles: ReadonlySet<string> = new Set([
  'POST /projects/:key/files',
  'POST /projects/:key/to-dos/:number/files',
  'GET /projects/:key/files/:fileId/content',
  'GET /projects/:key/project.json',
  'POST /imports/projects',
  'POST /projects/:key/duplicate',
]);

export const sharedRefusals = Object.fromEntries(
  Object.values(shared).map(({ name, codes, says }) => [name, { description: describe(says, codes), content }]),
);

export function describeRefusals(facts: RouteFacts): Record<string, object> {
  const statuses = [
    ...(facts.hasBody ? ([400, 413, 415] as const) : []),
    401,
    403,
    ...(/:\w/.test(facts.route) ? ([404] as const) : []),
    ...(facts.hasBody || facts.hasQuery ? ([422] as const) : []),
    ...(facts.byToken ? ([429] as const) : []),
    ...(touchFiles.has(facts.route) ? ([503] as const) : []),
  ] as const;
  const refusals: Record<string, object> = Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${shared[status].name}` }]),
  );
  const codes = [
    ...(facts.hasVersion ? (['conflict.changed_meanwhile'] as const) : []),
    ...(conflicts[facts.route] ?? []),
  ];
  if (codes.length > 0)
    refusals[409] = { description: describe('It does not fit with what is there by now.', codes), content };
  return refusals;
}

function describe(says: string, codes: readonly ProblemCode[]): string {
  return `${says} Codes: ${codes.map((code) => `\`${code}\``).join(', ')}.`;
}
