import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openLog } from './log.ts';

function captured(format: 'text' | 'json'): { lines: string[]; log: ReturnType<typeof openLog> } {
  const lines: string[] = [];
  return { lines, log: openLog({ level: 'info', format }, { write: (line) => lines.push(line) }) };
}

test('a json line holds level, message and fields', () => {
  const { lines, log } = captured('json');
  log.info({ client: 'leantime' }, 'code exchanged');
  const entry = JSON.parse(lines[0] ?? '');
  assert.deepEqual([entry.level, entry.msg, entry.client], ['info', 'code exchanged', 'leantime']);
});

test('a text line reads from left to right', () => {
  const { lines, log } = captured('text');
  log.warn({ file: 'a b.yml', line: 3 }, 'kept the old users');
  assert.match(lines[0] ?? '', /^\S+ WARN {2}kept the old users file="a b\.yml" line=3\n$/);
});

test('fields that are named like secrets are hidden, also one level down', () => {
  const { lines, log } = captured('json');
  log.info({ password: 'p1', form: { client_secret: 'p2' } }, 'x');
  assert.doesNotMatch(lines[0] ?? '', /p1|p2/);
});

test("a failure's own code is told, though a field named code is hidden", () => {
  const { lines, log } = captured('json');
  const refused = Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' });
  log.error({ err: refused, form: { code: 'c1' } }, 'x');
  const { err } = JSON.parse(lines[0] ?? '');
  assert.deepEqual([err.message, err.failure], ['connection refused', 'ECONNREFUSED']);
  assert.doesNotMatch(lines[0] ?? '', /c1/);
});

test('a failure tells nothing of the rows and values that a library put into it, also one level down', () => {
  const { lines, log } = captured('json');
  const mail = 'somebody@example.com';
  const refused = Object.assign(new Error('null value in column "name" violates not-null constraint'), {
    code: '23502',
    table: 'people',
    detail: `Failing row contains (x, null, ${mail}).`,
    where: `COPY people, line 1: "${mail}"`,
    parameters: ['x', null, mail],
    inner: Object.assign(new Error('inner'), { detail: mail }),
  });
  log.error({ err: refused }, 'x');
  log.error({ err: new AggregateError([refused], 'all of them') }, 'x');
  assert.doesNotMatch(lines.join(''), new RegExp(mail));
  const [alone, among] = lines.map((line) => JSON.parse(line).err);
  for (const { failure, table, message } of [alone, among.aggregateErrors[0]])
    assert.deepEqual([failure, table, message], ['23502', 'people', refused.message]);
  assert.match(alone.stack, /log\.test\.ts/);
});

test('a line below the level is not written', () => {
  const { lines, log } = captured('json');
  log.debug('x');
  assert.deepEqual(lines, []);
});
