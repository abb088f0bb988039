/** HEAD says what GET would, and leaves nothing open: no file, no S3 answer, no stream of a live page. */
import assert from 'node:assert/strict';
import { readdirSync, readlinkSync } from 'node:fs';
import { test } from 'node:test';
import { until } from '@gatehouse/testing/until.ts';
import { ownOrigin, type TestWorkspace } from './api/workspace.testing.ts';
import { makeToDo, openSetting } from './to-dos/setting.testing.ts';

/** Longer than what is read of a file before somebody wants more. */
const bytes = 900_000;
const alices = { cookie: 'person=alice', origin: ownOrigin };

function head({ app }: TestWorkspace, path: string): Promise<Response> {
  return Promise.resolve(app.request(path, { method: 'HEAD', headers: alices }));
}

/** Files of that folder that this process holds open. */
function heldOpen(folder: string): number {
  const targets = readdirSync('/proc/self/fd').map((number) => {
    try {
      return readlinkSync(`/proc/self/fd/${number}`);
    } catch {
      return '';
    }
  });
  return targets.filter((target) => target.startsWith(folder)).length;
}

test('the content of a file that is asked about by HEAD is not left open', async () => {
  await using setting = await openSetting('SQLite');
  const { workspace } = setting;
  await makeToDo(setting, 'First');
  const sent = await workspace.app.request('/api/v1/projects/WEB/to-dos/1/files', {
    method: 'POST',
    headers: {
      ...alices,
      'content-type': 'application/octet-stream',
      'x-file-name': 'a.txt',
      'x-creation-key': 'a-key-of-the-file',
    },
    body: new Uint8Array(bytes),
  });
  const { file } = (await sent.json()) as { file: { id: string } };
  const path = `/api/v1/projects/WEB/files/${file.id}/content`;
  for (let asked = 0; asked < 20; asked += 1) {
    const answer = await head(workspace, path);
    assert.deepEqual([answer.status, answer.headers.get('content-length'), answer.body], [200, String(bytes), null]);
  }
  await until('every file is closed', async () => heldOpen(workspace.filesFolder) === 0);
  const whole = await workspace.app.request(path, { headers: alices });
  assert.equal((await whole.arrayBuffer()).byteLength, bytes);
});

test('a live page that is asked about by HEAD takes none of the streams that its person may open', async () => {
  await using setting = await openSetting('SQLite', { live: { perPersonMax: 2 } });
  for (let asked = 0; asked < 3; asked += 1) assert.equal((await head(setting.workspace, '/api/live')).status, 200);
  assert.equal(setting.workspace.live.streams, 0);
});
