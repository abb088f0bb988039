/** `storage encryption check`: whether the key opens the database, and with `--verbose` every sealed value in it. */
import type { SealCount } from '../storage/sealed-columns.ts';
import type { Command } from './command.ts';

export type EncryptionRoom = { count(): Promise<readonly SealCount[]>; close(): Promise<void> };

export const encryptionUsage = `Usage:
  gatehouse storage encryption check [--verbose]

Says whether the encryption key is the one of this database; with --verbose also whether every
sealed value opens. Sessions and tokens, which expire, are not looked at.
`;

/** Opening the room fails with the wrong key. */
export function storageEncryption(open: () => Promise<EncryptionRoom>): Command {
  return async ([verb, ...flags], io) => {
    const verbose = flags.length === 1 && flags[0] === '--verbose';
    if (verb !== 'check' || (flags.length > 0 && !verbose)) {
      io.stderr.write(encryptionUsage);
      return 2;
    }
    const room = await open();
    try {
      io.stdout.write('The encryption key is the one of this database.\n');
      if (!verbose) return 0;
      const counts = await room.count();
      for (const { table, column, opened, broken } of counts)
        io.stdout.write(`${table}.${column}: ${opened} open, ${broken} do not\n`);
      if (counts.every(({ broken }) => broken === 0)) return 0;
      io.stderr.write(
        'Values that do not open were altered or moved. Restore them from a backup, or make them anew.\n',
      );
      return 1;
    } finally {
      await room.close();
    }
  };
}
