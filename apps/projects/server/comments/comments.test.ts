/** Comments over the API, on both databases: threads, mentions, reactions, whose they are, and what is refused. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Comment } from '../../wire/comment.ts';
import { ownOrigin } from '../api/workspace.testing.ts';
import type { Person } from '../people/person.ts';
import { creationKey, edit, engines, makeToDo, openSetting, type Setting } from '../to-dos/setting.testing.ts';

const base = '/to-dos/1/comments';

async function say({ ask }: Setting, body: unknown, more: object = {}): Promise<Comment> {
  const answer = await ask('POST', base, { creationKey: creationKey(), body, ...more });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  assert.ok(answer.body.comment);
  return answer.body.comment;
}

const mention = (id: string): object => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'mention', attrs: { id, label: 'Bob Builder' } }] }],
});

for (const { engine, skip } of engines)
  describe(`comments on ${engine}`, { skip, concurrency: false }, () => {
    test('answers stand in the thread of the first, however deep they answer, and a repeated one once', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First');
      const first = await say(setting, 'Shall we?');
      const key = { creationKey: creationKey() };
      const reply = await say(setting, 'Yes.', { replyTo: first.id, ...key });
      await say(setting, 'Yes.', { replyTo: first.id, ...key });
      const deeper = await say(setting, 'When?', { replyTo: reply.id });
      assert.equal(deeper.replyTo, first.id);
      const { comments } = (await setting.ask('GET', base)).body;
      assert.equal(comments?.length, 3);
      const { toDo } = (await setting.ask('GET', '/to-dos/1')).body;
      assert.equal(toDo?.comments, 3);
    });

    test('only people who can see the project can be named, and who is named watches', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First');
      const bob = await setting.workspace.addPerson('Bob Builder', 20);
      const refused = await setting.ask('POST', base, { creationKey: creationKey(), body: mention(bob.id) });
      assert.equal(refused.status, 422);
      await setting.workspace.addPerson('Carol Manager', 30);
      await say(setting, mention('carol'));
      const { toDo } = (await setting.ask('GET', '/to-dos/1')).body;
      assert.deepEqual(
        toDo?.watchers.map(({ id }) => id),
        ['alice', 'carol'],
      );
      const changes = await setting.workspace.database.kysely
        .selectFrom('changes')
        .select('facts')
        .where('kind', '=', 'comment.added')
        .execute();
      assert.deepEqual(
        changes.map(({ facts }) => JSON.parse(facts).mentionedIds),
        [['carol']],
      );
    });

    test('a mention carries the name of the person it leads to, whatever the request called them', async () => {
      await using setting = await openSetting(engine);
      await setting.workspace.addPerson('Carol Manager', 30);
      // The mention says Bob Builder and leads to Carol.
      const forged = mention('carol');
      await makeToDo(setting, 'First', { description: forged });
      const { id } = await say(setting, forged);
      const kept = async () => {
        const { kysely } = setting.workspace.database;
        const toDo = await kysely.selectFrom('to_dos').selectAll().executeTakeFirstOrThrow();
        const comment = await kysely.selectFrom('comments').selectAll().executeTakeFirstOrThrow();
        const changes = await kysely
          .selectFrom('changes')
          .select('facts')
          .where('facts', 'like', '%excerpt%')
          .execute();
        return JSON.stringify([toDo, comment, changes]);
      };
      assert.ok((await kept()).includes('@Carol Manager'));
      assert.ok(!(await kept()).includes('Bob Builder'));
      const again = await setting.ask('PATCH', `${base}/${id}`, { version: 1, body: forged });
      assert.equal(again.status, 200);
      await edit(setting, 1, { description: 'Gone' });
      await edit(setting, 1, { description: forged });
      assert.ok(!(await kept()).includes('Bob Builder'));
    });

    test('one changes and removes what is one’s own; a manager also what is another’s', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, ask } = setting;
      await makeToDo(setting, 'First');
      const carol = await workspace.addPerson('Carol Manager', 30);
      const hers = await workspace.ask(carol, 'POST', `/projects/WEB${base}`, {
        creationKey: creationKey(),
        body: 'Hers',
      });
      const id = hers.body.comment?.id ?? '';
      const membership = { project_id: (await projectId(setting)) ?? '', person_id: 'dave', role: null, created_at: 0 };
      await workspace.database.kysely.insertInto('project_members').values(membership).execute();
      const dave = await workspace.addPerson('Dave Editor', 20);
      assert.equal(
        (await workspace.ask(dave, 'PATCH', `/projects/WEB${base}/${id}`, { version: 1, body: 'Mine' })).status,
        403,
      );
      assert.equal((await workspace.ask(dave, 'DELETE', `/projects/WEB${base}/${id}`)).status, 403);
      const own = await say(setting, 'Mine');
      const edited = await ask('PATCH', `${base}/${own.id}`, { version: 1, body: 'Mine, better' });
      assert.equal(edited.status, 200);
      assert.ok(edited.body.comment?.editedAt);
      assert.equal((await ask('PATCH', `${base}/${own.id}`, { version: 1, body: 'Late' })).status, 409);
      assert.equal((await workspace.ask(carol, 'DELETE', `/projects/WEB${base}/${own.id}`)).status, 200);
      assert.deepEqual(
        (await ask('GET', base)).body.comments?.map((each) => each.id),
        [id],
      );
      assert.equal((await workspace.ask(alice, 'POST', `/projects/WEB${base}/${own.id}/restore`)).status, 200);
      assert.equal((await ask('GET', base)).body.comments?.length, 2);
      const said = { creationKey: creationKey(), body: 'His' };
      const { body } = await workspace.ask(dave, 'POST', `/projects/WEB${base}`, said);
      const act = async (person: Person, method: string, path = '') =>
        (await workspace.ask(person, method, `/projects/WEB${base}/${body.comment?.id}${path}`)).status;
      assert.deepEqual([await act(dave, 'DELETE'), await act(dave, 'POST', '/restore')], [200, 200]);
      assert.deepEqual([await act(carol, 'DELETE'), await act(dave, 'POST', '/restore')], [200, 403]);
      assert.equal(await act(carol, 'POST', '/restore'), 200);
    });

    test('a removed comment that was answered leaves its place, without its words', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First');
      const first = await say(setting, 'A secret');
      await say(setting, 'Really?', { replyTo: first.id });
      await setting.ask('DELETE', `${base}/${first.id}`);
      const answer = await setting.ask('GET', base);
      assert.equal(answer.body.comments?.[0]?.body, null);
      assert.ok(!JSON.stringify(answer.body).includes('secret'));
    });

    test('a reaction counts once a person, and is taken back', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First');
      const { id } = await say(setting, 'Done');
      const path = `${base}/${id}/reactions`;
      await Promise.all([setting.ask('PUT', `${path}/thanks`), setting.ask('PUT', `${path}/thanks`)]);
      const { comment } = (await setting.ask('PUT', `${path}/seen`)).body;
      assert.deepEqual(
        comment?.reactions.map((each) => `${each.reaction} ${each.people.length} ${each.mine}`),
        ['thanks 1 true', 'seen 1 true'],
      );
      const after = (await setting.ask('DELETE', `${path}/thanks`)).body.comment;
      assert.deepEqual(
        after?.reactions.map(({ reaction }) => reaction),
        ['seen'],
      );
      assert.equal((await setting.ask('PUT', `${path}/anger`)).status, 404);
    });

    test('text that could do harm, or is no text, is refused and nothing is stored', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First');
      const text = (marks: object[]): object => ({
        type: 'doc',
        content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x', marks }] }],
      });
      let deep: object = { type: 'paragraph' };
      for (let depth = 0; depth < 500; depth++) deep = { type: 'blockquote', content: [deep] };
      const wrong: unknown[] = [
        '',
        '   ',
        7,
        null,
        'a\u0000b',
        'x'.repeat(10_001),
        { type: 'doc', content: [] },
        { type: 'doc', content: [{ type: 'script', content: [{ type: 'text', text: 'alert(1)' }] }] },
        { type: 'doc', content: [{ type: 'image', attrs: { src: 'https://evil.example/x.png' } }] },
        { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: '' }] }] },
        { type: 'doc', content: [{ type: 'heading', attrs: { level: 1 } }] },
        { type: 'doc', content: [deep] },
        { type: 'doc', content: Array(5_001).fill({ type: 'paragraph' }) },
        text([{ type: 'link', attrs: { href: 'javascript:alert(1)' } }]),
        text([{ type: 'link', attrs: { href: 'data:text/html,<script>' } }]),
        text([{ type: 'textStyle', attrs: { color: 'red' } }]),
      ];
      for (const body of wrong) {
        const answer = await setting.ask('POST', base, { creationKey: creationKey(), body });
        assert.equal(answer.status, 422, JSON.stringify(body).slice(0, 200));
      }
      assert.deepEqual((await setting.ask('GET', base)).body.comments, []);
      const kept = await say(setting, {
        type: 'doc',
        onclick: 'alert(1)',
        content: [
          {
            type: 'paragraph',
            attrs: { style: 'x' },
            content: [
              {
                type: 'text',
                text: '<script>alert(1)</script>',
                marks: [{ type: 'link', attrs: { href: 'https://example.com/', target: '_top', onclick: 'x' } }],
              },
            ],
          },
        ],
      });
      assert.deepEqual(kept.body, {
        type: 'doc',
        content: [
          {
            type: 'paragraph',
            content: [
              {
                type: 'text',
                text: '<script>alert(1)</script>',
                marks: [{ type: 'link', attrs: { href: 'https://example.com/' } }],
              },
            ],
          },
        ],
      });
    });

    test('somebody who may only read hears no word of theirs taken, and a foreign to-do has no comments', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First');
      const { id } = await say(setting, 'Hello');
      await makeToDo(setting, 'Second');
      assert.equal((await setting.ask('PATCH', `/to-dos/2/comments/${id}`, { version: 1, body: 'x' })).status, 404);
      assert.equal(
        (await setting.ask('POST', '/to-dos/2/comments', { creationKey: creationKey(), body: 'x', replyTo: id }))
          .status,
        404,
      );
      const membership = {
        project_id: (await projectId(setting)) ?? '',
        person_id: 'rita',
        role: 5,
        created_at: 0,
      } as const;
      await setting.workspace.database.kysely.insertInto('project_members').values(membership).execute();
      const rita = await setting.workspace.addPerson('Rita Reader', 5);
      const said = await setting.workspace.ask(rita, 'POST', `/projects/WEB${base}`, {
        creationKey: creationKey(),
        body: 'x',
      });
      assert.equal(said.status, 403);
    });
  });

test('a comment of ten megabytes is refused before it is read', async () => {
  await using setting = await openSetting('SQLite');
  await makeToDo(setting, 'First');
  const response = await setting.workspace.app.request(`/api/v1/projects/WEB${base}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: 'person=alice', origin: ownOrigin },
    body: JSON.stringify({ creationKey: creationKey(), body: 'x'.repeat(10_000_000) }),
  });
  assert.equal(response.status, 413);
});

async function projectId({ workspace }: Setting): Promise<string | undefined> {
  const row = await workspace.database.kysely
    .selectFrom('projects')
    .select('id')
    .where('key', '=', 'WEB')
    .executeTakeFirst();
  return row?.id;
}
