/** Files of to-dos over the API, on both databases: in, out, limits, whose they are, and that none is ever taken for a page. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
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
  }: { person?: Person; key?: string; headers?: object; number?: number } = {},
): Promise<{ status: number; id: string; text: string }> {
  const response = await workspace.app.request(`${base}/to-dos/${number}/files`, {
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
      assert.deepEqual([large.status, /at most 1 MB/.test(large.text)], [413, true]);
      assert.equal((await upload(setting, 'empty', '')).status, 422);
      for (const name of ['a', 'b']) assert.equal((await upload(setting, name, Buffer.alloc(1_000_000))).status, 201);
      const full = await upload(setting, 'c', Buffer.alloc(900_000));
      assert.deepEqual([full.status, /it is full/.test(full.text)], [422, true]);
      assert.equal((await setting.ask('GET', '/to-dos/1/files')).body.files?.length, 2);
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
