import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillIn } from '@gatehouse/words/say.ts';
import { z } from 'zod';
import { overviewQuery } from '../../wire/overview.ts';
import { editPersonRequest } from '../../wire/people.ts';
import { setMemberRequest } from '../../wire/project.ts';
import { requestBodies } from '../openapi/requests.ts';
import { sayIssue, valuesOf } from './issue.ts';

/** What somebody reads who sends that. */
function said(schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value, { error: sayIssue });
  return (error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${fillIn(issue.message, valuesOf(issue))}`);
}

test('a wrong choice is told with what can be chosen', () => {
  assert.deepEqual(said(setMemberRequest, { role: 7 }), ['role: Choose one of these: 5, 10, 20, 30, null.']);
  assert.deepEqual(said(editPersonRequest, { role: 7 }), ['role: Choose one of these: 5, 10, 20, 30, 40, 50.']);
});

test('what is missing, unknown, too little or of another kind is told as such', () => {
  assert.deepEqual(said(overviewQuery, {}), ['today: This is missing.']);
  const schema = z.strictObject({
    days: z.int().min(1).max(9),
    name: z.string(),
    on: z.boolean(),
    all: z.array(z.int()),
  });
  const right = { days: 1, name: 'x', on: true, all: [] };
  assert.deepEqual(said(schema, { ...right, more: 1, most: 2 }), [': Not known here: more, most.']);
  assert.deepEqual(said(schema, { ...right, days: 0 }), ['days: At least 1.']);
  assert.deepEqual(said(schema, { ...right, days: 10 }), ['days: At most 9.']);
  assert.deepEqual(said(schema, { days: '1', name: 1, on: 1, all: 1 }), [
    'days: This is a number.',
    'name: This is a text.',
    'on: This is true or false.',
    'all: This is a list.',
  ]);
});

test('no request is refused in words of the library', () => {
  const foreign = /^(Invalid|Too (big|small)|Unrecognized|Expected)/;
  for (const [route, schema] of Object.entries(requestBodies))
    for (const value of [{}, { nobodyKnowsThis: 1 }, [], null])
      for (const line of said(schema as z.ZodType, value))
        assert.doesNotMatch(line.replace(/^\S*: /, ''), foreign, route);
});
