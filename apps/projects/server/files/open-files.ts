/** Opens the store that the configuration names. */
import type { Log } from '@gatehouse/web/log.ts';
import type { FileSettings } from '../configuration/files.ts';
import { type Files, openFiles } from './files.ts';
import { folderStore } from './folder-store.ts';
import { s3Store } from './s3-store.ts';
import type { FileStore } from './store.ts';

export function openConfiguredFiles({ folder, s3, fileBytesMax, projectBytesMax }: FileSettings, log: Log): Files {
  return openFiles({
    store: storeOf({ folder, s3 }),
    fileBytesMax,
    projectBytesMax,
    onFailure: (err) => log.warn({ err }, 'A file that is gone from the workspace could not be removed from its store'),
  });
}

export function storeOf({ folder, s3 }: Pick<FileSettings, 'folder' | 's3'>): FileStore {
  return s3 ? s3Store(s3) : folderStore(folder);
}
