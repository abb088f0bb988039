/** What the history of a to-do says when its column, tag, milestone or sprint goes, on both databases. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Answer } from '../api/workspace.testing.ts';
import { listenAs } from '../live/listening.testing.ts';
import { creationKey, edit, engines, makeToDo, openSetting, readToDo, type Setting } from './setting.testing.ts';

type Removal = {
  readonly of: string;
  /** Puts the to-do there; answers with what removes it. */
  place(setting: Setting, number: number): Promise<() => Promise<Answer>>;
  readonly field: string;
  readonly from: string;
  readonly to: string | null;
};

const removals: readonly Removal[] = [
  {
    of: 'milestone',
    async place(setting, number) {
      const { body } = await setting.ask('POST', '/milestones', { creationKey: creationKey(), title: 'Launch' });
      const id = body.milestone?.id;
      await edit(setting, number, { milestoneId: id });
      return () => setting.ask('DELETE', `/milestones/${id}`, { version: 1 });
    },
    ...{ field: 'milestone', from: 'Launch', to: null },
  },
  {
    of: 'sprint',
    async place(setting, number) {
      const days = { name: 'First', startOn: '2026-01-01', endOn: '2026-01-14' };
      const { body } = await setting.ask('POST', '/sprints', { creationKey: creationKey(), ...days });
      const id = body.sprints?.[0]?.id;
      await edit(setting, number, { sprintId: id });
      return () => setting.ask('DELETE', `/sprints/${id}`, { version: 1 });
    },
    ...{ field: 'sprint', from: 'First', to: null },
  },
  {
    of: 'tag',
    async place(setting, number) {
      await edit(setting, number, { tags: ['billing', 'garden'] });
      const tags = (await setting.ask('GET', '/tags')).body.tags ?? [];
      return () => setting.ask('DELETE', `/tags/${tags.find(({ name }) => name === 'billing')?.id}`);
    },
    ...{ field: 'tags', from: 'billing, garden', to: 'garden' },
  },
  {
    of: 'tag that is put together with another',
    async place(setting, number) {
      await edit(setting, number, { tags: ['bills'] });
      await makeToDo(setting, 'Other', { tags: ['billing'] });
      const tags = (await setting.ask('GET', '/tags')).body.tags ?? [];
      const id = tags.find(({ name }) => name === 'bills')?.id;
      return () => setting.ask('PATCH', `/tags/${id}`, { name: 'billing' });
    },
    ...{ field: 'tags', from: 'bills', to: 'billing' },
  },
  {
    of: 'column',
    place:
      async ({ ask, statuses: [first, second] }) =>
      () =>
        ask('DELETE', `/statuses/${first}`, { moveToId: second }),
    ...{ field: 'status', from: 'New', to: 'Blocked' },
  },
];

const sorted = (value: string | null | undefined): string | null => value?.split(', ').sort().join(', ') ?? null;

for (const { engine, skip } of engines)
  describe(`history of what went, on ${engine}`, { skip, concurrency: false }, () => {
    for (const removal of removals)
      test(`a removed ${removal.of} is in the history of its to-dos by name, and each is a version further`, async () => {
        await using setting = await openSetting(engine);
        const { number } = await makeToDo(setting, 'Call');
        const untouched = await makeToDo(setting, 'Not concerned', { statusId: setting.statuses[2] });
        const remove = await removal.place(setting, number);
        await using page = await listenAs(setting.workspace, setting.alice);
        await page.next('bell');
        const before = await readToDo(setting, number);
        const answer = await remove();
        assert.ok(answer.status < 300, JSON.stringify(answer.body));
        const after = await readToDo(setting, number);
        assert.equal(after.version, before.version + 1);
        assert.equal(after.history.length, before.history.length + 1);
        const line = after.history[0];
        assert.deepEqual(
          [line?.field, sorted(line?.from), sorted(line?.to), line?.by.name, line?.changeId],
          [removal.field, removal.from, removal.to, 'Alice Example', null],
        );
        const earlier = after.history.find((each) => each.field === removal.field && each.id !== line?.id);
        if (earlier) assert.equal(sorted(earlier.to), removal.from, 'what was said before still has the name');
        assert.equal((await readToDo(setting, untouched.number)).version, 1);
        assert.ok((await page.next('change')).data.kind, 'open pages hear of it');
      });

    test('an edit on the version before is merged, but for the field that went', async () => {
      await using setting = await openSetting(engine);
      const { number } = await makeToDo(setting, 'Call');
      const remove = await removals[0]?.place(setting, number);
      const { version } = await readToDo(setting, number);
      await remove?.();
      assert.equal((await setting.ask('PATCH', `/to-dos/${number}`, { version, title: 'Call Bob' })).status, 200);
      assert.equal((await readToDo(setting, number)).title, 'Call Bob');
    });

    test('of a thousand and more to-dos each has its line, also those in the trash', async () => {
      await using setting = await openSetting(engine);
      const { workspace, statuses } = setting;
      const first = await makeToDo(setting, 'One');
      const { kysely } = workspace.database;
      const row = await kysely.selectFrom('to_dos').selectAll().executeTakeFirstOrThrow();
      const many = Array.from({ length: 1_201 }, (_, index) => ({
        ...{ ...row, id: `many-${index}`, number: 10 + index, rank: `z${String(index).padStart(5, '0')}` },
        ...{ creation_key: `many-${index}`, deleted_at: index % 2 === 0 ? 1 : null },
      }));
      for (let from = 0; from < many.length; from += 300)
        await kysely
          .insertInto('to_dos')
          .values(many.slice(from, from + 300))
          .execute();
      await setting.ask('DELETE', `/statuses/${statuses[0]}`, { moveToId: statuses[1] });
      const lines = await kysely
        .selectFrom('to_do_history')
        .innerJoin('to_dos', 'to_dos.id', 'to_do_history.to_do_id')
        .whereRef('to_do_history.version', '=', 'to_dos.version')
        .where('field', '=', 'status')
        .select(['to_dos.id', 'to_dos.status_id', 'to_dos.version'])
        .execute();
      assert.equal(lines.length, many.length + 1);
      assert.ok(lines.every(({ status_id, version }) => status_id === statuses[1] && version === 2));
      assert.equal((await readToDo(setting, first.number)).history[0]?.to, 'Blocked');
      const kinds = await kysely.selectFrom('changes').select('kind').orderBy('id', 'desc').limit(2).execute();
      assert.deepEqual(
        kinds.map(({ kind }) => kind),
        ['project.changed', 'toDo.created'],
        'told once',
      );
    });
  });
