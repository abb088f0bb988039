/** Files of projects and to-dos over the API, on both databases: in, out, limits, whose they are, and that none is ever taken for a page. */
import assert from 'node:assert/strict';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { filesOfProjectMax } from '../../wire/file.ts';
import { ownOrigin } from '../api/workspace.testing.ts';
import type { Person } from '../people/person.ts';
import {
  creationKey,
  edit,
  engines,
  makeToDo,
  openSetting,
  readToDo,
  type Setting,
} from '../to-dos/setting.testing.ts';

const base = '/api/v1/projects/WEB';
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('the rest')]);

async function upload(
  { workspace, alice }: Setting,
  name: string,
  body: Buffer | string,
  {
    person = alice,
    key = creationKey(),
    headers = {},
    number = 1,
  }: {
    person?: Person;
    key?: string;
    headers?: object /** Null: to the project itself. */;
    number?: number | null;
  } = {},
): Promise<{ status: number; id: string; text: string }> {
  const response = await workspace.app.request(`${base}${number === null ? '' : `/to-dos/${number}`}/files`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(name),
      'x-creation-key': key,
      cookie: `person=${person.id}`,
      origin: ownOrigin,
      ...headers,
    },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  const text = await response.text();
  const answer: unknown = text === '' ? {} : JSON.parse(text);
  const file = (answer as { file?: { id: string } }).file;
  return { status: response.status, id: file?.id ?? '', text };
}

async function download({ workspace, alice }: Setting, id: string, query = ''): Promise<Response> {
  return workspace.app.request(`${base}/files/${id}/content${query}`, { headers: { cookie: `person=${alice.id}` } });
}

for (const { engine, skip } of engines)
  describe(`files on ${engine}`, { skip, concurrency: false }, () => {
    test('a file comes out as it went in, as a download that nothing in it can run from', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First');
      const html = '<script>alert(1)</script>';
      const { id, status } = await upload(setting, 'C:\\Über “uns”.html', html);
      assert.equal(status, 201);
      for (const query of ['', '?show=1']) {
        const response = await download(setting, id, query);
        assert.equal(await response.text(), html);
        assert.equal(response.headers.get('content-type'), 'application/octet-stream');
        assert.equal(
          response.headers.get('content-disposition'),
          `attachment; filename*=UTF-8''${encodeURIComponent('Über “uns”.html')}`,
        );
        assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
        assert.equal(response.headers.get('content-security-policy'), "default-src 'none'; sandbox");
      }
      assert.equal((await readToDo(setting, 1)).files, 1);
    });

    test('an image is told by its content, not by its name, and may stand in a page', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First');
      const real = await download(setting, (await upload(setting, 'picture.txt', png)).id, '?show=1');
      assert.equal(real.headers.get('content-type'), 'image/png');
      assert.match(real.headers.get('content-disposition') ?? '', /^inline/);
      const false_ = await download(setting, (await upload(setting, 'picture.png', '<svg onload="x">')).id, '?show=1');
      assert.equal(false_.headers.get('content-type'), 'application/octet-stream');
      const { files } = (await setting.ask('GET', '/files')).body;
      assert.deepEqual(files?.map(({ imageType }) => imageType).sort(), ['image/png', null]);
    });

    test('a file that is too large, a project that is full, and nothing at all are refused and leave nothing', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First');
      const large = await upload(setting, 'large', Buffer.alloc(10_000_000));
      assert.deepEqual([large.status, /1 MB at most/.test(large.text)], [413, true]);
      assert.equal((await upload(setting, 'empty', '')).status, 422);
      for (const name of ['a', 'b']) assert.equal((await upload(setting, name, Buffer.alloc(1_000_000))).status, 201);
      const full = await upload(setting, 'c', Buffer.alloc(900_000));
      assert.deepEqual([full.status, /it is full/.test(full.text)], [422, true]);
      assert.equal((await setting.ask('GET', '/to-dos/1/files')).body.files?.length, 2);
    });

    test('a file of the project may be as large as one of a to-do, and larger than any other request', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First');
      for (const number of [1, null]) {
        const { status, text } = await upload(setting, 'picture', Buffer.alloc(900_000), { number });
        assert.equal(status, 201, text);
      }
      const large = await upload(setting, 'large', Buffer.alloc(1_000_001), { number: null });
      assert.deepEqual([large.status, /1 MB at most/.test(large.text)], [413, true]);
    });

    test('a removed file takes no room, and comes back only where there is room for it', async () => {
      await using setting = await openSetting(engine);
      const { ask } = setting;
      await makeToDo(setting, 'First');
      const megabyte = Buffer.alloc(1_000_000);
      const first = await upload(setting, 'a', megabyte);
      assert.equal((await upload(setting, 'b', megabyte)).status, 201);
      assert.equal((await ask('DELETE', `/files/${first.id}`)).status, 204);
      const third = await upload(setting, 'c', megabyte);
      assert.equal(third.status, 201, third.text);
      assert.equal((await ask('POST', `/files/${first.id}/restore`)).status, 422);
      assert.equal((await ask('DELETE', `/files/${third.id}`)).status, 204);
      assert.equal((await ask('POST', `/files/${first.id}/restore`)).status, 200);
    });

    test('how much all files of a project take, and those of one to-do, is told with them', async () => {
      await using setting = await openSetting(engine);
      const { ask } = setting;
      await makeToDo(setting, 'First');
      await makeToDo(setting, 'Second');
      const told = async (place: string) => (await ask('GET', `${place}/files`)).body.bytes;
      assert.equal(await told(''), 0);
      await upload(setting, 'a', 'x'.repeat(10), { number: null });
      await upload(setting, 'b', 'x'.repeat(200), { number: 1 });
      await upload(setting, 'c', 'x'.repeat(3_000), { number: 2 });
      const removed = await upload(setting, 'd', 'x'.repeat(40_000));
      await ask('DELETE', `/files/${removed.id}`);
      assert.deepEqual([await told(''), await told('/to-dos/1')], [3_210, 200]);
      await ask('DELETE', '/to-dos/2', { version: 1 });
      assert.equal(await told(''), 210);
    });

    test('an upload without a name or a key, as a form, from elsewhere or from nobody is refused', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First');
      const asks: readonly [object, number][] = [
        [{ 'content-type': 'multipart/form-data; boundary=x' }, 422],
        [{ 'x-file-name': '' }, 422],
        [{ 'x-file-name': '%E0%A4%A' }, 422],
        [{ 'x-file-name': 'a%00b' }, 422],
        [{ 'x-creation-key': 'short' }, 422],
        [{ origin: 'https://evil.example' }, 403],
        [{ cookie: '' }, 401],
      ];
      for (const [headers, status] of asks)
        assert.equal((await upload(setting, 'a', 'x', { headers })).status, status, JSON.stringify(headers));
      assert.equal((await upload(setting, 'a', 'x', { number: 99 })).status, 404);
      assert.deepEqual((await setting.ask('GET', '/files')).body.files, []);
    });

    test('an upload that is sent again adds nothing', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First');
      const key = creationKey();
      const first = await upload(setting, 'a', 'x', { key });
      const second = await upload(setting, 'a', 'x', { key });
      assert.equal(second.id, first.id);
      assert.equal((await setting.ask('GET', '/files')).body.files?.length, 1);
    });

    test('a removed file is not had any more, comes back, and goes for good with its to-do', async () => {
      await using setting = await openSetting(engine);
      const { ask, workspace } = setting;
      await makeToDo(setting, 'First');
      const { id } = await upload(setting, 'a', 'x');
      assert.equal((await ask('DELETE', `/files/${id}`)).status, 204);
      assert.equal((await download(setting, id)).status, 404);
      assert.equal((await ask('POST', `/files/${id}/restore`)).status, 200);
      assert.equal(await (await download(setting, id)).text(), 'x');
      const { version } = await readToDo(setting, 1);
      await ask('DELETE', '/to-dos/1', { version });
      assert.equal((await download(setting, id)).status, 404);
      await ask('DELETE', '/trash/1');
      assert.deepEqual(await workspace.database.kysely.selectFrom('files').selectAll().execute(), []);
    });

    test('who may remove only what is their own brings back no file that somebody else removed', async () => {
      await using setting = await openSetting(engine);
      const { workspace } = setting;
      await makeToDo(setting, 'First');
      const carol = await workspace.addPerson('Carol Manager', 30);
      const bob = await workspace.addPerson('Bob Builder', 10);
      await workspace.ask(carol, 'PUT', '/projects/WEB/members/bob', { role: null });
      const { id } = await upload(setting, 'a', 'x', { person: bob });
      const act = async (person: Person, method: string, path = '') =>
        (await workspace.ask(person, method, `/projects/WEB/files/${id}${path}`)).status;
      assert.deepEqual([await act(bob, 'DELETE'), await act(bob, 'POST', '/restore')], [204, 200]);
      assert.deepEqual([await act(carol, 'DELETE'), await act(bob, 'POST', '/restore')], [204, 403]);
      assert.equal(await act(carol, 'POST', '/restore'), 200);
    });

    test('a project has files of its own beside those of its to-dos, which go and come back as those do', async () => {
      await using setting = await openSetting(engine);
      const { ask, workspace, alice } = setting;
      await makeToDo(setting, 'First');
      const key = creationKey();
      const own = await upload(setting, 'plan.txt', 'x', { number: null, key });
      assert.equal(own.status, 201, own.text);
      assert.equal((await upload(setting, 'plan.txt', 'x', { number: null, key })).id, own.id, 'sent again');
      await upload(setting, 'note.txt', 'y', { key });
      const { files } = (await ask('GET', '/files')).body;
      assert.deepEqual(
        new Map(files?.map(({ name, toDo }) => [name, toDo])),
        new Map<string, unknown>([
          ['plan.txt', null],
          ['note.txt', { number: 1, title: 'First' }],
        ]),
      );
      assert.equal((await ask('GET', '/to-dos/1/files')).body.files?.length, 1);
      assert.equal((await readToDo(setting, 1)).files, 1);
      assert.equal(await (await download(setting, own.id)).text(), 'x');
      const { activity } = (await ask('GET', '/overview?today=2026-11-23')).body;
      assert.ok(
        activity?.some(
          ({ acts, toDos, title }) => acts[0]?.kind === 'file.added' && toDos.length === 0 && title === 'Website',
        ),
      );
      await workspace.worker.settle();
      await workspace.ask(alice, 'DELETE', '/projects/WEB/to-dos/1', { version: (await readToDo(setting, 1)).version });
      assert.equal((await ask('DELETE', `/files/${own.id}`)).status, 204);
      assert.deepEqual((await ask('GET', '/files')).body.files, []);
      assert.equal((await download(setting, own.id)).status, 404);
      assert.equal((await ask('POST', `/files/${own.id}/restore`)).status, 200);
      assert.equal(await (await download(setting, own.id)).text(), 'x');
    });

    test('a project has only so many files of its own, and all of them are listed', async () => {
      await using setting = await openSetting(engine);
      const { kysely } = setting.workspace.database;
      const { id } = await upload(setting, 'first', 'x', { number: null });
      const row = await kysely.selectFrom('files').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
      const others = Array.from({ length: filesOfProjectMax - 1 }, (_, index) => ({
        ...row,
        ...{ id: `other-${index}`, creation_key: `other-${index}`, created_at: Number(row.created_at) + index },
      }));
      await kysely.insertInto('files').values(others).execute();
      assert.equal((await setting.ask('GET', '/files')).body.files?.length, filesOfProjectMax);
      const full = await upload(setting, 'one too many', 'x', { number: null });
      assert.deepEqual([full.status, /A project has at most 500 files/.test(full.text)], [422, true]);
      await makeToDo(setting, 'First');
      assert.equal((await upload(setting, 'on a to-do', 'x')).status, 201);
      assert.equal((await setting.ask('GET', '/files')).body.files?.length, filesOfProjectMax + 1);
    });

    test('who only looks adds no file to a project, and in an archived one nobody does', async () => {
      await using setting = await openSetting(engine);
      const { ask, workspace } = setting;
      const dora = await workspace.addPerson('Dora Reader', 5);
      await ask('PUT', '/members/dora', { role: null });
      const refused = await upload(setting, 'a', 'x', { person: dora, number: null });
      assert.deepEqual([refused.status, /You may not add files/.test(refused.text)], [403, true]);
      assert.equal((await workspace.ask(dora, 'GET', '/projects/WEB/files')).body.may?.add, false);
      const { version } = (await workspace.ask(setting.alice, 'GET', '/projects/WEB')).body.project ?? {};
      assert.equal((await ask('PATCH', '', { version, state: 'archived' })).status, 200);
      assert.equal((await upload(setting, 'a', 'x', { number: null })).status, 403);
    });

    test('a file goes along with its to-do into another project', async () => {
      await using setting = await openSetting(engine);
      const { ask, workspace, alice } = setting;
      await makeToDo(setting, 'First');
      const { id } = await upload(setting, 'a', 'x');
      await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Other', key: 'OTHER' });
      const moved = await ask('POST', '/to-dos/1/transfer', { version: 1, projectKey: 'OTHER' });
      assert.equal(moved.status, 200, JSON.stringify(moved.body));
      assert.deepEqual((await ask('GET', '/files')).body.files, []);
      assert.equal((await download(setting, id)).status, 404);
      assert.equal((await workspace.ask(alice, 'GET', '/projects/OTHER/files')).body.files?.[0]?.id, id);
    });

    test('a part of a file is had, the rest of one that was begun too, and none that is not there', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First');
      const { id } = await upload(setting, 'a.txt', '0123456789');
      const part = async (headers: Record<string, string>): Promise<[number, string | null, string]> => {
        const cookie = `person=${setting.alice.id}`;
        const path = `${base}/files/${id}/content`;
        const answer = await setting.workspace.app.request(path, { headers: { cookie, ...headers } });
        return [answer.status, answer.headers.get('content-range'), await answer.text()];
      };
      const etag = (await download(setting, id)).headers.get('etag') ?? '';
      assert.deepEqual(await part({ range: 'bytes=2-4' }), [206, 'bytes 2-4/10', '234']);
      assert.deepEqual(await part({ range: 'bytes=7-' }), [206, 'bytes 7-9/10', '789']);
      assert.deepEqual(await part({ range: 'bytes=-3' }), [206, 'bytes 7-9/10', '789']);
      assert.deepEqual(await part({ range: 'bytes=8-99' }), [206, 'bytes 8-9/10', '89']);
      assert.deepEqual(await part({ range: 'bytes=5-', 'if-range': etag }), [206, 'bytes 5-9/10', '56789']);
      assert.deepEqual(await part({ range: 'bytes=5-', 'if-range': '"another"' }), [200, null, '0123456789']);
      assert.deepEqual(await part({ range: 'bytes=10-' }), [416, 'bytes */10', '']);
      for (const whole of ['bytes=4-2', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=-'])
        assert.deepEqual(await part({ range: whole }), [200, null, '0123456789'], whole);
    });

    test('a browser that keeps a file asks each time, and is told that it has it only while its person may see it', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice } = setting;
      await makeToDo(setting, 'First');
      const { id } = await upload(setting, 'a.txt', 'x');
      const bob = await workspace.addPerson('Bob Builder', 20);
      const first = await download(setting, id);
      assert.equal(first.headers.get('cache-control'), 'private, no-cache');
      const etag = first.headers.get('etag') ?? '';
      const again = (person: Person, held: string) =>
        workspace.app.request(`${base}/files/${id}/content`, {
          headers: { cookie: `person=${person.id}`, 'if-none-match': held },
        });
      for (const held of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const answer = await again(alice, held);
        assert.deepEqual([answer.status, answer.headers.get('etag'), await answer.text()], [304, etag, ''], held);
        // What a 304 says replaces what a browser has kept.
        for (const name of ['content-security-policy', 'cross-origin-resource-policy'])
          assert.equal(answer.headers.get(name), first.headers.get(name));
      }
      assert.equal((await again(alice, '"other"')).status, 200);
      assert.equal((await again(bob, etag)).status, 404);
      await setting.ask('DELETE', `/files/${id}`);
      assert.equal((await again(alice, etag)).status, 404);
    });

    test('while the place of files is away an upload says so and leaves nothing; afterwards the same one goes', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First');
      const kept = await upload(setting, 'a.txt', 'kept');
      const { filesFolder, database } = setting.workspace;
      renameSync(filesFolder, `${filesFolder}-away`);
      writeFileSync(filesFolder, 'no folder');
      const key = creationKey();
      const refused = await upload(setting, 'b.txt', 'content', { key });
      assert.equal(refused.status, 503);
      assert.match(refused.text, /"code":"server.files_away".*Files cannot be reached just now/);
      assert.equal((await database.kysely.selectFrom('files').selectAll().execute()).length, 1);
      rmSync(filesFolder);
      renameSync(`${filesFolder}-away`, filesFolder);
      const again = await upload(setting, 'b.txt', 'content', { key });
      assert.equal(again.status, 201);
      assert.equal(await (await download(setting, again.id)).text(), 'content');
      assert.equal(await (await download(setting, kept.id)).text(), 'kept');
    });

    test('a file of a project that one may not see is not there', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice } = setting;
      await makeToDo(setting, 'First');
      const { id } = await upload(setting, 'a', 'x');
      const bob = await workspace.addPerson('Bob Builder', 20);
      assert.equal((await workspace.ask(bob, 'GET', `/projects/WEB/files/${id}/content`)).status, 404);
      await workspace.ask(bob, 'POST', '/projects', { creationKey: creationKey(), name: 'Bobs', key: 'BOB' });
      assert.equal((await workspace.ask(bob, 'GET', `/projects/BOB/files/${id}/content`)).status, 404);
      assert.equal((await workspace.ask(bob, 'DELETE', `/projects/BOB/files/${id}`)).status, 404);
      assert.equal((await upload(setting, 'a', 'x', { person: bob })).status, 404);
      assert.equal((await edit(setting, 1, { title: 'Still there' })).status, 200);
      assert.equal((await workspace.ask(alice, 'GET', '/projects/WEB/files')).body.files?.length, 1);
    });
  });
