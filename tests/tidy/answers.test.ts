/** The shapes of the API's answers are in step with the types that the routes are checked against. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { answersPath, writeAnswers } from '../../scripts/answers.ts';

test('`npm run answers` has been run since the types of wire/ were changed', () => {
  assert.deepEqual(JSON.parse(readFileSync(answersPath, 'utf8')), JSON.parse(writeAnswers()));
});
