/** Test support: a workspace with things in it, every route of the permission table on them, and what each table held. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { ProblemBody } from '../../wire/problem.ts';
import { apiPath } from './enforce.ts';
import { permissions } from './permissions.ts';
import { type Engine, openTestWorkspace, ownOrigin, type TestWorkspace } from './workspace.testing.ts';

export const routes = Object.keys(permissions);
export const creationKey = (name: string): string => `bad-input-of-${name}`.padEnd(20, '-');
/** What a raw upload has to say. */
export const uploadHeaders = {
  'content-type': 'application/octet-stream',
  'x-file-name': 'thing.txt',
  'x-creation-key': creationKey('upload'),
};
export const writing = routes.filter((route) => !route.startsWith('GET '));

/** Alice's projects WEB, which the paths name, and GAR, whose things are foreign to it. */
export async function openFilled(engine: Engine) {
  const workspace = await openTestWorkspace(engine);
  const alice = await workspace.addPerson('Alice Example', 50);
  const make = async (path: string, body: object) => {
    const answer = await workspace.ask(alice, 'POST', path, body);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body;
  };
  const ids: Record<string, Record<string, string>> = {};
  for (const [key, name] of [
    ['WEB', 'Website'],
    ['GAR', 'Garden'],
  ] as const) {
    const { project } = await make('/projects', { creationKey: creationKey(key), name, key });
    const at = `/projects/${key}`;
    const named = { creationKey: creationKey('thing'), title: 'Thing' };
    const { milestone } = await make(`${at}/milestones`, named);
    await make(`${at}/to-dos`, { ...named, tags: ['tag'] });
    const { goal } = await make(`${at}/goals`, {
      ...named,
      ...{ metric: 'Visits', unit: 'number', startValue: 0, targetValue: 9 },
    });
    const { comment } = await make(`${at}/to-dos/1/comments`, { creationKey: creationKey('said'), body: 'Said' });
    const { tags } = (await workspace.ask(alice, 'GET', `${at}/tags`)).body;
    const sprint = { creationKey: creationKey('sprint'), name: 'One', startOn: '2026-01-01', endOn: '2026-01-14' };
    await make(`${at}/sprints`, sprint);
    const { views } = await make(`${at}/views`, {
      ...{ creationKey: creationKey('view'), name: 'View', page: 'board', query: 'q=thing', isShared: true },
    });
    const { sprints } = (await workspace.ask(alice, 'GET', `${at}/sprints`)).body;
    const told = { url: 'https://example.com/hook', kinds: ['toDo.created'] };
    const { webhook } = await make(`${at}/webhooks`, { creationKey: creationKey(`told-of-${key}`), ...told });
    const { delivery } = await make(`${at}/webhooks/${webhook?.id}/ping`, {});
    assert.equal(await send(workspace, 'POST ', `${at}/files`, { headers: uploadHeaders, body: 'Thing' }), '201');
    const { files } = (await workspace.ask(alice, 'GET', `${at}/files`)).body;
    ids[key] = {
      milestones: milestone?.id ?? '',
      goals: goal?.id ?? '',
      sprints: sprints?.[0]?.id ?? '',
      views: views?.[0]?.id ?? '',
      commentId: comment?.id ?? '',
      tagId: tags?.[0]?.id ?? '',
      statusId: project?.statuses[0]?.id ?? '',
      webhookId: webhook?.id ?? '',
      deliveryId: delivery?.id ?? '',
      fileId: files?.[0]?.id ?? '',
    };
    assert.ok(Object.values(ids[key]).every(Boolean), JSON.stringify(ids[key]));
  }
  return { workspace, alice, ids, [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose]() };
}

export type Sent = { readonly headers?: Record<string, string>; readonly body?: string | undefined };

export async function send(
  { app }: TestWorkspace,
  route: string,
  path: string,
  { headers, body }: Sent,
): Promise<string> {
  const [method = ''] = route.split(' ');
  const response = await app.request(`${apiPath}${path}`, {
    method,
    headers: { cookie: 'person=alice', origin: ownOrigin, 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  if (response.status < 400) return `${response.status}`;
  const { error } = JSON.parse(text) as ProblemBody;
  const isWhole = [error?.code, error?.what, error?.why, error?.do].every((part) => typeof part === 'string' && part);
  const named = (error?.fields ?? []).map(({ path: field }) => ` ${field.split('.')[0]}`).join('');
  return `${response.status}${named}${isWhole ? '' : ' not in our shape'}${text.includes('    at ') ? ' with a stack' : ''}`;
}

/** The path with the things of one project, to-do 1 of it, and nobody. */
export function pathOf(route: string, key: string, ids: Record<string, string>): string {
  const [, pattern = ''] = route.split(' ');
  const kind = pattern.split('/')[3] ?? '';
  return pattern
    .replace(':key', key)
    .replace(':number', '1')
    .replace(/:id\b/, ids[kind] ?? 'none')
    .replace(/:(\w+)/g, (_, name: string) => ids[name] ?? 'none-such');
}

/** What every table holds, as digests, so that a difference names the table. */
export async function readRows({ database }: TestWorkspace): Promise<Record<string, string>> {
  const held: Record<string, string> = {};
  for (const { name } of await database.kysely.introspection.getTables()) {
    const { rows } = await sql<Row>`select * from ${sql.table(name)}`.execute(database.kysely);
    const lines = rows.map((row) => JSON.stringify(row)).toSorted();
    held[name] = `${rows.length} rows, ${createHash('sha256').update(lines.join('\n')).digest('hex')}`;
  }
  return held;
}
type Row = Readonly<Record<string, unknown>>;

/** `act` names what went wrong. */
export async function assertNothingStored(
  workspace: TestWorkspace,
  act: (wrong: string[]) => Promise<void>,
): Promise<void> {
  // What is told of before counts as told.
  await workspace.worker.settle();
  const before = await readRows(workspace);
  const wrong: string[] = [];
  await act(wrong);
  assert.deepEqual(wrong, []);
  assert.deepEqual(await readRows(workspace), before, 'nothing was stored or changed');
}

/** A refusal in our shape, with the fields it names. */
export const refused = /^4\d\d( \w*)*$/;
