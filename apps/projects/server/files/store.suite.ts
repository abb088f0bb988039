/** What every store of files does. A backend adds ten lines that open it. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import type { FileStore } from './store.ts';

export type OpenedStore = AsyncDisposable & { readonly store: FileStore };

export function fileStoreSuite(name: string, openStore: () => Promise<OpenedStore>): void {
  describe(`files kept in ${name}`, () => {
    test('what is put there comes out byte by byte', async () => {
      await using opened = await openStore();
      for (const bytes of [1, 100_000, 5_000_000]) {
        const content = randomBytes(bytes);
        const key = `key-of-${bytes}-bytes`;
        await put(opened.store, key, content);
        assert.ok((await read(opened.store, key))?.equals(content), `${bytes} bytes`);
      }
    });

    test('what was removed is gone, and removing it again is no failure', async () => {
      await using opened = await openStore();
      await put(opened.store, 'one-of-two', Buffer.from('one'));
      await put(opened.store, 'two-of-two', Buffer.from('two'));
      await opened.store.remove('one-of-two');
      await opened.store.remove('one-of-two');
      assert.equal(await read(opened.store, 'one-of-two'), undefined);
      assert.equal(String(await read(opened.store, 'two-of-two')), 'two');
    });

    test('there is nothing under a key that was never used, and a path is no key', async () => {
      await using opened = await openStore();
      assert.equal(await read(opened.store, 'never-used'), undefined);
      await assert.rejects(read(opened.store, '../../etc/passwd'), TypeError);
    });
  });
}

async function put(store: FileStore, key: string, content: Buffer): Promise<void> {
  await using folder = temporaryFolder('put');
  const path = join(folder.path, 'content');
  await writeFile(path, content);
  await store.put(key, path, createHash('sha256').update(content).digest('hex'));
}

async function read(store: FileStore, key: string): Promise<Buffer | undefined> {
  const stream = await store.open(key);
  return stream && Buffer.from(await new Response(stream).arrayBuffer());
}
