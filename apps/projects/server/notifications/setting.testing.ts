/** Test support: a project of Alice's with Bob in it, and what he is told. */
import { needs } from '@gatehouse/testing/needs.ts';
import { type Engine, openTestWorkspace, type TestWorkspace } from '../api/workspace.testing.ts';
import type { Person } from '../people/person.ts';

export const engines: readonly { engine: Engine; skip: string | false }[] = [
  { engine: 'SQLite', skip: false },
  { engine: 'PostgreSQL', skip: needs('postgresql') },
];

let keys = 0;
export const creationKey = (): string => `creation-key-${String(++keys).padStart(6, '0')}`;
const noon = Date.parse('2026-11-23T12:00:00Z');

export type Setting = AsyncDisposable & {
  readonly workspace: TestWorkspace;
  readonly alice: Person;
  readonly bob: Person;
  readonly statuses: readonly string[];
  make(title: string, more?: object): Promise<number>;
  told(person: Person, query?: string): Promise<string[]>;
};

export async function openSetting(engine: Engine): Promise<Setting> {
  const workspace = await openTestWorkspace(engine, { now: () => noon });
  const alice = await workspace.addPerson('Alice Example', 30);
  const bob = await workspace.addPerson('Bob Builder', 20);
  const made = await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Website' });
  await workspace.ask(alice, 'PUT', '/projects/WEB/members/bob', { role: null });
  return {
    workspace,
    alice,
    bob,
    statuses: made.body.project?.statuses?.map(({ id }) => id) ?? [],
    async make(title, more = {}) {
      const body = { creationKey: creationKey(), title, ...more };
      const answer = await workspace.ask(alice, 'POST', '/projects/WEB/to-dos', body);
      return answer.body.card?.number ?? 0;
    },
    async told(person, query = '') {
      await workspace.worker.settle();
      const { body } = await workspace.ask(person, 'GET', `/me/notifications${query}`);
      return body.notifications?.map(({ kind, title, detail }) => [kind, title, detail].join(' · ').trim()) ?? [];
    },
    [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose](),
  };
}
