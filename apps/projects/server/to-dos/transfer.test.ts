/** What a to-do that moved to another project tells the people of either: nothing of a project that they may not see. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Answer, Engine, TestWorkspace } from '../api/workspace.testing.ts';
import { type Heard, type Listening, listenAs } from '../live/listening.testing.ts';
import type { Person } from '../people/person.ts';
import { creationKey, engines, openSetting } from './setting.testing.ts';

type House = AsyncDisposable & {
  readonly workspace: TestWorkspace;
  /** Sees WEB alone. */
  readonly bob: Person;
  /** A manager, who sees everything. */
  readonly carol: Person;
  make(key: string, title: string, more?: object): Promise<number>;
  /** By alice: on the version that is there now. */
  change(key: string, number: number, wish: object): Promise<Answer>;
  /** By alice. */
  transfer(from: string, number: number, to: string): Promise<Answer>;
};

async function openHouse(engine: Engine): Promise<House> {
  await using opened = new AsyncDisposableStack();
  const setting = opened.use(await openSetting(engine));
  const { workspace, alice } = setting;
  const bob = await workspace.addPerson('Bob Builder', 20);
  const carol = await workspace.addPerson('Carol Cook', 30);
  await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'People', key: 'HRX' });
  await workspace.ask(carol, 'PUT', '/projects/WEB/members/bob', { role: null });
  const versionOf = async (key: string, number: number): Promise<number> => {
    const { body } = await workspace.ask(alice, 'GET', `/projects/${key}/to-dos/${number}`);
    return body.toDo?.version ?? 0;
  };
  const everything = opened.move();
  return {
    workspace,
    bob,
    carol,
    async make(key, title, more = {}) {
      const { body } = await workspace.ask(alice, 'POST', `/projects/${key}/to-dos`, {
        creationKey: creationKey(),
        title,
        ...more,
      });
      assert.ok(body.card, JSON.stringify(body));
      return body.card.number;
    },
    async change(key, number, wish) {
      const version = await versionOf(key, number);
      return workspace.ask(alice, 'PATCH', `/projects/${key}/to-dos/${number}`, { version, ...wish });
    },
    async transfer(from, number, to) {
      const version = await versionOf(from, number);
      return workspace.ask(alice, 'POST', `/projects/${from}/to-dos/${number}/transfer`, { version, projectKey: to });
    },
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}

async function newestChange({ workspace }: House): Promise<number> {
  const { id } = await workspace.database.kysely
    .selectFrom('changes')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirstOrThrow();
  return Number(id);
}

/** What comes up to and with the making of that to-do. */
async function hearUntil(page: Listening, title: string): Promise<Heard[]> {
  const heard: Heard[] = [];
  while ((heard.at(-1)?.data.card as { title: string } | null)?.title !== title) heard.push(await page.next('change'));
  return heard;
}

/** Project, number, and the number of the card that came with it. */
function movesIn(heard: readonly Heard[]): unknown[][] {
  return heard
    .filter(({ data }) => data.kind === 'toDo.moved')
    .map(({ data }) => [data.projectKey, data.number, (data.card as { number: number } | null)?.number]);
}

for (const { engine, skip } of engines)
  describe(`to-dos that move between projects on ${engine}`, { skip, concurrency: false }, () => {
    test('who comes back and may not see where a to-do went is told no more than that its old address is empty', async () => {
      await using house = await openHouse(engine);
      const { workspace, bob, carol, make, change, transfer } = house;
      await make('WEB', 'Talk');
      await make('HRX', 'Takes the first number');
      const before = await newestChange(house);
      await workspace.ask(carol, 'PATCH', '/projects/WEB/to-dos/1', { version: 1, priority: 1 });
      await transfer('WEB', 1, 'HRX');
      await change('HRX', 2, { title: 'Secret' });
      await make('WEB', 'Last');
      await using page = await listenAs(workspace, bob, before);
      const heard = await hearUntil(page, 'Last');
      assert.doesNotMatch(JSON.stringify(heard), /Secret|HRX/);
      const ofTalk = heard.filter(({ data }) => data.number === 1).map(({ data }) => [data.kind, data.card]);
      assert.deepEqual(ofTalk.slice(-2), [
        ['toDo.changed', null],
        ['toDo.moved', null],
      ]);
    });

    test('both projects are told of the move, each under its own number', async () => {
      await using house = await openHouse(engine);
      const { workspace, bob, carol, make, transfer } = house;
      await make('WEB', 'Talk');
      await make('HRX', 'Takes the first number');
      await using bobs = await listenAs(workspace, bob);
      await using carols = await listenAs(workspace, carol);
      await transfer('WEB', 1, 'HRX');
      await make('WEB', 'Last');
      assert.deepEqual(movesIn(await hearUntil(bobs, 'Last')), [['WEB', 1, undefined]]);
      const both = [
        ['WEB', 1, undefined],
        ['HRX', 2, 2],
      ];
      assert.deepEqual(movesIn(await hearUntil(carols, 'Last')), both);
    });

    test('back again under a new number, who comes back is told that the old one is empty', async () => {
      await using house = await openHouse(engine);
      const { workspace, bob, make, transfer } = house;
      await make('WEB', 'Talk');
      const before = await newestChange(house);
      await transfer('WEB', 1, 'HRX');
      await transfer('HRX', 1, 'WEB');
      await make('WEB', 'Last');
      await using page = await listenAs(workspace, bob, before);
      assert.deepEqual(movesIn(await hearUntil(page, 'Last')).toSorted(), [
        ['WEB', 1, undefined],
        ['WEB', 2, 2],
      ]);
    });

    test('back again under a new number, each number it had leads to it', async () => {
      await using house = await openHouse(engine);
      const { workspace, bob, carol, make, transfer } = house;
      await make('WEB', 'Talk');
      await transfer('WEB', 1, 'HRX');
      await transfer('HRX', 1, 'WEB');
      const leadsTo = async (person: Person, path: string) => (await workspace.ask(person, 'GET', path)).body.movedTo;
      const now = { projectKey: 'WEB', number: 2 };
      assert.deepEqual(await leadsTo(bob, '/projects/WEB/to-dos/1'), now);
      assert.deepEqual(await leadsTo(carol, '/projects/HRX/to-dos/1'), now);
      await transfer('WEB', 2, 'HRX');
      await transfer('HRX', 2, 'WEB');
      for (const number of [1, 2])
        assert.deepEqual(await leadsTo(bob, `/projects/WEB/to-dos/${number}`), { ...now, number: 3 }, `WEB-${number}`);
    });

    test('its history tells where it was to whom may see that, and to others that it was elsewhere', async () => {
      await using house = await openHouse(engine);
      const { workspace, bob, carol, make, transfer } = house;
      await make('HRX', 'Talk');
      await transfer('HRX', 1, 'WEB');
      const movesFor = async (person: Person) => {
        const { body } = await workspace.ask(person, 'GET', '/projects/WEB/to-dos/1');
        return body.toDo?.history.filter(({ field }) => field === 'project').map(({ from, to }) => [from, to]);
      };
      assert.deepEqual(await movesFor(bob), [[null, 'WEB-1']]);
      assert.deepEqual(await movesFor(carol), [['HRX-1', 'WEB-1']]);
    });

    test('its history names no to-do and no tag of the project that it came from', async () => {
      await using house = await openHouse(engine);
      const { workspace, bob, make, change, transfer } = house;
      const whole = await make('HRX', 'Secret');
      const waitedFor = await make('HRX', 'Secret too');
      const part = await make('HRX', 'Harmless', { parentNumber: whole });
      await change('HRX', part, { parentNumber: null, blockedBy: [waitedFor], tags: ['secret tag'] });
      await change('HRX', part, { blockedBy: [], tags: [] });
      await transfer('HRX', part, 'WEB');
      const { body } = await workspace.ask(bob, 'GET', '/projects/WEB/to-dos/1');
      const told = body.toDo?.history.map(({ field, from }) => [field, from]) ?? [];
      assert.deepEqual(
        told
          .filter(([field]) => field === 'parent' || field === 'tags' || field === 'blockers')
          .map(String)
          .sort(),
        ['blockers,', 'blockers,a former to-do', 'parent,a former to-do', 'tags,', 'tags,a former tag'],
      );
    });
  });
