/** Telling of many changes at once, on both databases. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Workspace } from '../api/workspace.ts';
import { creationKey, engines, openSetting } from './setting.testing.ts';
import { tellWaiting } from './teller.ts';

/** A to-do of Bob's, and nobody who tells of it but the test. */
async function openQuiet(engine: (typeof engines)[number]['engine']) {
  const setting = await openSetting(engine);
  const { workspace, alice, bob, make } = setting;
  await make('Call', { assigneeIds: ['bob'] });
  await workspace.worker.settle();
  await workspace.worker.stop();
  return {
    parts: workspace.parts,
    say: (body: string) =>
      workspace.ask(alice, 'POST', '/projects/WEB/to-dos/1/comments', { creationKey: creationKey(), body }),
    said: async () => (await setting.told(bob)).filter((text) => text.startsWith('comment')),
    [Symbol.asyncDispose]: () => setting[Symbol.asyncDispose](),
  };
}

/** The same workspace, whose statements are counted. */
function counting(parts: Workspace) {
  const asked: string[] = [];
  const db = parts.db.withPlugin({
    transformQuery({ node }) {
      asked.push(node.kind);
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  return { parts: { ...parts, db }, asked };
}

for (const { engine, skip } of engines)
  describe(`telling on ${engine}`, { skip }, () => {
    test('ten changes take as many statements as one', async () => {
      await using quiet = await openQuiet(engine);
      const askedFor = async (changes: number): Promise<readonly string[]> => {
        for (let index = 0; index < changes; index++) await quiet.say(`Word ${index} of ${changes}`);
        const { parts, asked } = counting(quiet.parts);
        assert.equal((await tellWaiting(parts)).changes, changes);
        return asked;
      };
      const forOne = await askedFor(1);
      assert.notEqual(forOne.length, 0);
      assert.deepEqual(await askedFor(10), forOne);
      assert.equal((await quiet.said()).length, 11);
    });

    test('a change that cannot be told holds up none beside it, and is tried again', async () => {
      await using quiet = await openQuiet(engine);
      const { db } = quiet.parts;
      await quiet.say('Before');
      await quiet.say('Broken');
      const { id, facts } = await db.selectFrom('changes').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();
      const write = (written: string) =>
        db.updateTable('changes').set({ facts: written }).where('id', '=', id).execute();
      await write('no JSON');
      await quiet.say('After');
      await assert.rejects(tellWaiting(quiet.parts), SyntaxError);
      const beside = ['comment · Call · After', 'comment · Call · Before'];
      assert.deepEqual((await quiet.said()).sort(), beside);
      await write(facts);
      assert.equal((await tellWaiting(quiet.parts)).changes, 1);
      assert.deepEqual((await quiet.said()).sort(), [...beside, 'comment · Call · Broken']);
    });
  });
