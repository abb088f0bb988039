/**
 * `npm run answers`: writes the shapes of what the API answers, as JSON Schema, from the types of `apps/projects/wire` that the
 * routes are checked against. A test holds that the file is in step with the types.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';
import { routeAnswers } from '../apps/projects/server/openapi/answers.ts';

const root = new URL('..', import.meta.url);
const pathOf = (relative: string): string => fileURLToPath(new URL(relative, root));

/** As JSON text: every type that a route names, with those they stand on; by name, as components of an OpenAPI document. */
export function writeAnswers(): string {
  const generator = createGenerator({
    path: pathOf('apps/projects/wire/*.ts'),
    tsconfig: pathOf('tsconfig.json'),
    type: '*',
    skipTypeCheck: true,
    additionalProperties: true,
    topRef: true,
    expose: 'export',
  });
  const names = [...new Set(Object.values(routeAnswers).flatMap(({ types }) => types))];
  const schemas: Record<string, unknown> = {};
  for (const name of names) Object.assign(schemas, generator.createSchema(name).definitions);
  const sorted = Object.fromEntries(Object.entries(schemas).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify(sorted, null, 2).replaceAll('#/definitions/', '#/components/schemas/')}\n`;
}

export const answersPath = pathOf('apps/projects/server/openapi/answers.json');

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(answersPath, writeAnswers());
