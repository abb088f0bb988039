/** The suite of file stores over a folder. */
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { folderStore } from './folder-store.ts';
import { fileStoreSuite } from './store.suite.ts';

fileStoreSuite('a folder', async () => {
  const folder = temporaryFolder('files');
  return { store: folderStore(folder.path), [Symbol.asyncDispose]: () => folder.remove() };
});
