/** What is sent again by itself, and what never is. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ApiProblem, retryUpTo } from './problem.ts';

const answered = (status: number) =>
  new ApiProblem(status, { code: 'request.invalid', what: 'No.', why: 'It is so.', do: 'Do it otherwise.' });

/** How often something is sent that fails each time. */
function timesSent(error: Error): number {
  const isRetried = retryUpTo(1);
  let failures = 0;
  while (isRetried(failures, error)) failures += 1;
  return failures + 1;
}

test('what the server refuses is sent once', () => {
  for (const status of [400, 401, 403, 409, 422]) assert.equal(timesSent(answered(status)), 1, `at ${status}`);
});

test('where the server failed or was not reached it is asked once more', () => {
  for (const status of [0, 500, 503]) assert.equal(timesSent(answered(status)), 2, `at ${status}`);
});

test('nothing is sent again by a count alone, whatever the answer was', () => {
  const root = join(import.meta.dirname, '..');
  const byCount = globSync('**/*.{ts,tsx}', { cwd: root }).filter((path) =>
    /\bretry: (\d|true)/.test(readFileSync(join(root, path), 'utf8')),
  );
  assert.deepEqual(byCount, []);
});
