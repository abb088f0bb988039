/** Test support: a workspace with alice's project WEB, on both databases, and short ways to fill it. */
import assert from 'node:assert/strict';
import { needs } from '@gatehouse/testing/needs.ts';
import type { Card, ToDo } from '../../wire/to-do.ts';
import {
  type Answer,
  type Engine,
  openTestWorkspace,
  type TestOptions,
  type TestWorkspace,
} from '../api/workspace.testing.ts';
import type { Person } from '../people/person.ts';

export const engines: readonly { engine: Engine; skip: string | false }[] = [
  { engine: 'SQLite', skip: false },
  { engine: 'PostgreSQL', skip: needs('postgresql') },
];

let keys = 0;
export const creationKey = (): string => `creation-key-${String(++keys).padStart(6, '0')}`;

export type Setting = AsyncDisposable & {
  readonly workspace: TestWorkspace;
  readonly alice: Person;
  readonly statuses: readonly string[];
  /** Asks as alice, below the project. */
  ask(method: string, path: string, body?: object): Promise<Answer>;
};

export async function openSetting(engine: Engine, options: TestOptions = {}): Promise<Setting> {
  const workspace = await openTestWorkspace(engine, options);
  const alice = await workspace.addPerson('Alice Example', 20);
  const made = await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Website' });
  return {
    workspace,
    alice,
    statuses: made.body.project?.statuses?.map(({ id }) => id) ?? [],
    ask: (method, path, body) => workspace.ask(alice, method, `/projects/WEB${path}`, body),
    [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose](),
  };
}

export async function makeToDo({ ask }: Setting, title: string, more: object = {}): Promise<Card> {
  const answer = await ask('POST', '/to-dos', { creationKey: creationKey(), title, ...more });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  assert.ok(answer.body.card);
  return answer.body.card;
}

export async function readToDo({ ask }: Setting, number: number): Promise<ToDo> {
  const { body } = await ask('GET', `/to-dos/${number}`);
  assert.ok(body.toDo, JSON.stringify(body));
  return body.toDo;
}

/** Changes it on the version that is there now. */
export async function edit(setting: Setting, number: number, wish: object): Promise<Answer> {
  const { version } = await readToDo(setting, number);
  return setting.ask('PATCH', `/to-dos/${number}`, { version, ...wish });
}
