/** Several reads that see the database as it was at one moment, whatever others write meanwhile. Knows no feature. */
import type { Executor, Workspace } from './workspace.ts';

export function atOneMoment<T>(
  { db, dialect }: Pick<Workspace, 'db' | 'dialect'>,
  read: (trx: Executor) => Promise<T>,
): Promise<T> {
  const transaction = db.transaction();
  // On SQLite every transaction is such a moment.
  if (dialect === 'sqlite') return transaction.execute(read);
  return transaction.setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);
}
