/** What is remembered of progress is what would be added up anew, whatever was done before, on both databases. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { efforts, priorities } from '../../wire/to-do.ts';
import type { Workspace } from '../api/workspace.ts';
import type { Counted } from './counted.ts';
import { sumMilestones, sumProjects } from './progress.ts';
import { creationKey, engines, openSetting, type Setting } from './setting.testing.ts';

/** In each, every command once. */
const roundsMin = 8;
/** By then each has found something to be done to. */
const roundsMax = 80;
const titles = ['Fold', 'Print', 'Call'];

/** The same numbers every time (mulberry32). */
function openDice(seed: number) {
  let state = seed;
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(next() * from.length)];
  const shuffle = <T>(from: readonly T[]): T[] =>
    from
      .map((value) => ({ value, place: next() }))
      .sort((a, b) => a.place - b.place)
      .map(({ value }) => value);
  return { next, pick, shuffle };
}

type Step = () => Promise<{ readonly status: number }>;

/** Everything that can alter how far a project is, upon whatever is there. */
async function openSteps(setting: Setting): Promise<Readonly<Record<string, Step>>> {
  const { workspace, statuses } = setting;
  const { db } = workspace.parts;
  const owner = await workspace.addPerson('Olga Owner', 50);
  const { next, pick } = openDice(42);
  const ask = (method: string, path: string, body?: object) =>
    workspace.ask(owner, method, `/projects/WEB${path}`, body);
  await workspace.ask(owner, 'POST', '/projects', { creationKey: creationKey(), name: 'Other', key: 'OTHER' });
  for (const title of titles) await ask('POST', '/milestones', { creationKey: creationKey(), title });
  let changeIds: string[] = [];

  const toDos = (trashed: 'is' | 'is not' = 'is') =>
    db
      .selectFrom('to_dos')
      .innerJoin('projects', 'projects.id', 'to_dos.project_id')
      .where('projects.key', '=', 'WEB')
      .where('to_dos.deleted_at', trashed, null)
      .select(['to_dos.number', 'to_dos.version', 'to_dos.parent_id'])
      .orderBy('to_dos.number')
      .execute();
  const milestones = () => db.selectFrom('milestones').selectAll().orderBy('title').orderBy('id').execute();
  const anyToDo = async () => pick(await toDos()) ?? { number: 1, version: 1 };
  const anyCard = async () => pick((await toDos()).filter(({ parent_id }) => parent_id === null));
  async function anyPlace() {
    const milestoneId = pick([null, ...(await milestones()).map(({ id }) => id)]);
    return { effort: pick([null, ...efforts]), priority: pick([null, ...priorities]), milestoneId };
  }
  async function edit(wish: object) {
    const { number, version } = await anyToDo();
    const answer = await ask('PATCH', `/to-dos/${number}`, { version, ...wish });
    changeIds = [...changeIds, answer.body.changeId ?? ''];
    return answer;
  }
  return {
    make: async () => ask('POST', '/to-dos', { creationKey: creationKey(), title: 'New', ...(await anyPlace()) }),
    estimate: async () => edit({ effort: (await anyPlace()).effort }),
    prioritise: async () => edit({ priority: (await anyPlace()).priority }),
    plan: async () => edit({ milestoneId: (await anyPlace()).milestoneId }),
    async nest() {
      const [{ number, version }, parent] = [await anyToDo(), await anyCard()];
      return ask('PATCH', `/to-dos/${number}`, { version, parentNumber: pick([null, parent?.number ?? null]) });
    },
    async move() {
      const { number } = await anyToDo();
      return ask('POST', `/to-dos/${number}/move`, { statusId: pick(statuses), afterNumber: null });
    },
    async several() {
      const numbers = [...new Set([(await anyToDo()).number, (await anyToDo()).number])];
      return ask('POST', '/to-dos/several', { numbers, change: { statusId: pick(statuses), ...(await anyPlace()) } });
    },
    async split() {
      const number = (await anyCard())?.number;
      return ask('POST', `/to-dos/${number}/parts`, { creationKey: creationKey(), titles });
    },
    async copy() {
      const { number } = await anyToDo();
      return ask('POST', `/to-dos/${number}/duplicate`, { creationKey: creationKey(), title: 'Copy' });
    },
    undo: () => ask('POST', '/undo', { changeId: changeIds.pop() ?? 'none' }),
    async trash() {
      const { number, version } = await anyToDo();
      return ask('DELETE', `/to-dos/${number}`, { version });
    },
    restore: async () => ask('POST', `/trash/${pick(await toDos('is not'))?.number ?? 0}/restore`),
    purge: async () => ask('DELETE', `/trash/${pick(await toDos('is not'))?.number ?? 0}`),
    async send() {
      const { number, version } = await anyToDo();
      return ask('POST', `/to-dos/${number}/transfer`, { version, projectKey: 'OTHER' });
    },
    countColumnOtherwise: () =>
      ask('PATCH', `/statuses/${pick(statuses)}`, { reportType: next() < 0.5 ? 'done' : 'new' }),
    async endColumn() {
      const { body } = await ask('POST', '/statuses', {
        ...{ creationKey: creationKey(), name: creationKey(), reportType: 'done', tone: 'green' },
        ...{ wipLimit: null, onBoard: true },
      });
      const statusId = body.statuses?.find(({ id }) => !statuses.includes(id))?.id;
      await ask('POST', `/to-dos/${(await anyToDo()).number}/move`, { statusId, afterNumber: null });
      return ask('DELETE', `/statuses/${statusId}`, { moveToId: statuses[0] });
    },
    async endMilestone() {
      const gone = pick(await milestones());
      await ask('POST', '/milestones', { creationKey: creationKey(), title: 'Another' });
      return ask('DELETE', `/milestones/${gone?.id}`, { version: gone?.version });
    },
    takeIn: () =>
      ask('POST', '/imports/to-dos', { creationKey: creationKey(), csv: 'Title,Effort\nFrom a file,3\nAnother,\n' }),
    copyProject: () =>
      ask('POST', '/duplicate', {
        ...{ creationKey: creationKey(), name: 'Copy', withPeople: true, withComments: true, withFiles: true },
        ...{ shiftDays: 0 },
      }),
  };
}

async function assertRemembered({ db, progress }: Workspace, after: string): Promise<void> {
  const projects = await db.selectFrom('projects').select(['id', 'progress_stamp as stamp']).execute();
  const milestones = await db
    .selectFrom('milestones')
    .innerJoin('projects', 'projects.id', 'milestones.project_id')
    .select(['milestones.id', 'progress_stamp as stamp'])
    .execute();
  const ids = (of: readonly { id: string }[]): string[] => of.map(({ id }) => id);
  for (const [remembered, anew] of [
    [await progress.ofProjects(projects), await sumProjects(db, ids(projects))],
    [await progress.ofMilestones(milestones), await sumMilestones(db, ids(milestones))],
  ] as const)
    assert.deepEqual(rounded(remembered), rounded(anew), after);
}

/** Thirds add up to a little more or less in another order. */
function rounded(sums: ReadonlyMap<string, Counted>): Record<string, Record<string, string>> {
  const round = (counted: Counted) =>
    Object.fromEntries(Object.entries(counted).map(([what, value]) => [what, Number(value).toFixed(6)]));
  return Object.fromEntries([...sums].map(([id, counted]) => [id, round(counted)]));
}

for (const { engine, skip } of engines)
  describe(`remembered progress on ${engine}`, { skip, concurrency: false }, () => {
    test('it is what would be added up anew, after every command that can alter it', async () => {
      await using setting = await openSetting(engine);
      const steps = Object.entries(await openSteps(setting));
      const { shuffle } = openDice(7);
      const done = new Set<string>();
      for (let time = 0; time < 12; time++) await steps[0]?.[1]();
      for (let round = 0; round < roundsMin || (done.size < steps.length && round < roundsMax); round++)
        for (const [what, step] of shuffle(steps)) {
          const { status } = await step();
          assert.ok(status < 500, what);
          if (status < 300) done.add(what);
          await assertRemembered(setting.workspace.parts, `${what} in round ${round}`);
        }
      assert.deepEqual([...done].toSorted(), steps.map(([what]) => what).toSorted());
    });

    test('nothing is added up again until a to-do that counts is changed', async () => {
      await using setting = await openSetting(engine);
      const { ask, statuses, workspace } = setting;
      const { card } = (await ask('POST', '/to-dos', { creationKey: creationKey(), title: 'One' })).body;
      const stampOf = async () =>
        (await workspace.parts.db.selectFrom('projects').select('progress_stamp').executeTakeFirst())?.progress_stamp;
      const first = await stampOf();
      assert.ok(first);
      await ask('PATCH', `/to-dos/${card?.number}`, { version: card?.version, title: 'Another' });
      await ask('POST', `/to-dos/${card?.number}/move`, { statusId: statuses[1], afterNumber: null });
      await ask('POST', `/to-dos/${card?.number}/comments`, { creationKey: creationKey(), body: 'Well.' });
      assert.equal(await stampOf(), first);
      await ask('POST', `/to-dos/${card?.number}/move`, { statusId: statuses[4], afterNumber: null });
      assert.notEqual(await stampOf(), first);
    });
  });
