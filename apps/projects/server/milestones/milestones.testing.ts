/** Test support for everything that plans: a project of Alice's with short ways to fill it. */
import assert from 'node:assert/strict';
import { needs } from '@gatehouse/testing/needs.ts';
import { type Answer, type Engine, openTestWorkspace, type TestWorkspace } from '../api/workspace.testing.ts';
import type { Person } from '../people/person.ts';

export const engines: readonly { engine: Engine; skip: string | false }[] = [
  { engine: 'SQLite', skip: false },
  { engine: 'PostgreSQL', skip: needs('postgresql') },
];

let keys = 0;
export const creationKey = (): string => `creation-key-${String(++keys).padStart(6, '0')}`;

export type Plans = {
  readonly workspace: TestWorkspace;
  readonly alice: Person;
  readonly statuses: readonly string[];
  /** Sets the clock of the server. */
  at(iso: string): void;
  ask(method: string, path: string, body?: object): Promise<Answer>;
  /** Asks below the project and expects to be let through. */
  get(path: string): Promise<Answer['body']>;
  send(method: string, path: string, body: object): Promise<Answer['body']>;
  make(what: string, body: object): Promise<Answer['body']>;
  addToDo(title: string, more?: object): Promise<number>;
  /** The id of a new milestone. */
  addMilestone(title: string, more?: object): Promise<string>;
};

export async function openPlans(engine: Engine): Promise<Plans & AsyncDisposable> {
  let nowMs = Date.parse('2026-11-02T09:00:00Z');
  const workspace = await openTestWorkspace(engine, { now: () => nowMs });
  const alice = await workspace.addPerson('Alice Example', 20);
  const made = await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Website' });
  const ask = (method: string, path: string, body?: object) =>
    workspace.ask(alice, method, `/projects/WEB/${path}`, body);
  const expectOk = ({ status, body }: Answer): Answer['body'] => {
    assert.ok(status < 300, `${status} ${JSON.stringify(body)}`);
    return body;
  };
  const send = async (method: string, path: string, body: object) => expectOk(await ask(method, path, body));
  const make = (what: string, body: object) => send('POST', what, { creationKey: creationKey(), ...body });
  return {
    workspace,
    alice,
    statuses: made.body.project?.statuses?.map(({ id }) => id) ?? [],
    at: (iso) => {
      nowMs = Date.parse(iso);
    },
    ask,
    send,
    make,
    get: async (path) => expectOk(await ask('GET', path)),
    async addToDo(title, more = {}) {
      const { card } = await make('to-dos', { title, ...more });
      assert.ok(card);
      return card.number;
    },
    async addMilestone(title, more = {}) {
      const { milestone } = await make('milestones', { title, ...more });
      assert.ok(milestone);
      return milestone.id;
    },
    [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose](),
  };
}
