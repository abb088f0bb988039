/**
 * What is in the store and belongs to nobody goes by itself: the bytes of an upload that failed on its way or whose process
 * ended, those of a to-do that is gone, and those of a file that was removed and is not brought back any more. A key is written down before its bytes go out and is marked in the transaction
 * that makes its file; whoever clears away claims the key first, so that no file is made of bytes that are leaving.
 * The store is never listed: what others keep in the same place is not touched.
 */
import type { Log } from '@gatehouse/web/log.ts';
import type { Executor, Workspace } from '../api/workspace.ts';

/** Longer than any upload and any import lasts between its first byte and its row. */
const comingMsMax = 24 * 60 * 60_000;
/** Longer than anybody who removed a file by mistake leaves it at that. */
const removedMsMax = 7 * 24 * 60 * 60_000;
const batchMax = 200;

type Put = Pick<Workspace, 'db' | 'files' | 'now'>;

/** Throws `FileStoreFailed`; then the key is cleared away later. */
export async function putFile({ db, files, now }: Put, key: string, path: string, sha256: string): Promise<void> {
  await db.insertInto('stored_files').values({ key, put_at: now(), kept: 0, leaving: 0 }).execute();
  await files.store.put(key, path, sha256);
}

/** In the transaction that writes the files' rows. */
export async function markKept(trx: Executor, keys: readonly string[]): Promise<void> {
  for (let from = 0; from < keys.length; from += batchMax) {
    const some = keys.slice(from, from + batchMax);
    const marked = await trx
      .updateTable('stored_files')
      .set({ kept: 1 })
      .where('key', 'in', some)
      .where('leaving', '=', 0)
      .returning('key')
      .execute();
    if (marked.length !== some.length) throw new Error('The bytes of a file were cleared away before it was whole.');
  }
}

/** One round. A key that cannot be removed now is tried again in the next. */
export async function sweepFiles({ db, files, now }: Put, log: Log): Promise<void> {
  await db
    .deleteFrom('files')
    .where('removed_at', '<', now() - removedMsMax)
    .execute();
  await claimOrphans(db, now() - comingMsMax);
  let after = '';
  for (;;) {
    const leaving = await db
      .selectFrom('stored_files')
      .select('key')
      .where('leaving', '=', 1)
      .where('key', '>', after)
      .orderBy('key')
      .limit(batchMax)
      .execute();
    for (const { key } of leaving) {
      after = key;
      try {
        await files.store.remove(key);
      } catch (cause) {
        // The store is away, most likely for all of them.
        log.warn(
          { reason: cause instanceof Error ? cause.message : String(cause) },
          'Files that are gone stay for now',
        );
        return;
      }
      await db.deleteFrom('stored_files').where('key', '=', key).where('leaving', '=', 1).execute();
    }
    if (leaving.length < batchMax) return;
  }
}

async function claimOrphans(db: Executor, before: number): Promise<void> {
  await db
    .updateTable('stored_files')
    .set({ leaving: 1 })
    .where('kept', '=', 0)
    .where('leaving', '=', 0)
    .where('put_at', '<', before)
    .execute();
  // A row that is gone never comes back.
  await db
    .updateTable('stored_files')
    .set({ leaving: 1 })
    .where('kept', '=', 1)
    .where('leaving', '=', 0)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('files').select('files.id').whereRef('files.id', '=', 'stored_files.key'))),
    )
    .execute();
}
