/**
 * `storage encryption check|change-key`: whether the key opens the database, with `--verbose` every sealed value in it, and
 * another key for all of them. It does not know how the storage is opened: that is handed in, and closed here.
 */
import { parseArgs } from 'node:util';
import type { SealCount } from '../storage/sealed-columns.ts';
import type { Command, CommandIo } from './command.ts';
import { readSecretFile } from './secret-files.ts';

export type EncryptionRoom = {
  count(): Promise<readonly SealCount[]>;
  changeKey(to: string): Promise<{ readonly durable: number; readonly expiring: number }>;
  close(): Promise<void>;
};

export const encryptionUsage = `Usage:
  gatehouse storage encryption check [--verbose]
  gatehouse storage encryption change-key --new-encryption-key <key> | --new-encryption-key-file <path>

'check' says whether the encryption key is the one of this database; with --verbose also whether
every sealed value opens. Sessions and tokens, which expire, are not looked at.

'change-key' seals everything anew: one-time codes, security keys, sessions, tokens. Stop the portal
first and keep a backup; afterwards put the new key into 'storage.encryption_key'. If it is
interrupted, run the same again. Who looks at the processes of the machine sees flags: prefer the file.
`;

/** As Authelia. */
const keyCharactersMin = 20;

/** Opening the room fails with the wrong key. */
export function storageEncryption(open: () => Promise<EncryptionRoom>): Command {
  return async ([verb, ...flags], io) => {
    const run = verb === 'check' ? check(flags) : verb === 'change-key' ? changeKey(flags) : undefined;
    if (!run) {
      io.stderr.write(encryptionUsage);
      return 2;
    }
    const room = await open();
    try {
      return await run(room, io);
    } finally {
      await room.close();
    }
  };
}

type Run = (room: EncryptionRoom, io: CommandIo) => Promise<number>;

function check(flags: readonly string[]): Run | undefined {
  const verbose = flags.length === 1 && flags[0] === '--verbose';
  if (flags.length > 0 && !verbose) return undefined;
  return async (room, io) => {
    io.stdout.write('The encryption key is the one of this database.\n');
    if (!verbose) return 0;
    const counts = await room.count();
    for (const { table, column, opened, broken } of counts)
      io.stdout.write(`${table}.${column}: ${opened} open, ${broken} do not\n`);
    if (counts.every(({ broken }) => broken === 0)) return 0;
    io.stderr.write('Values that do not open were altered or moved. Restore them from a backup, or make them anew.\n');
    return 1;
  };
}

function changeKey(flags: readonly string[]): Run | undefined {
  const read = keyFlags(flags);
  if (!read) return undefined;
  return async (room, io) => {
    const key = read['new-encryption-key'] ?? readSecretFile(read['new-encryption-key-file'] ?? '').replace(/\n+$/, '');
    if (key.length < keyCharactersMin) {
      io.stderr.write(
        `The new key has fewer than ${keyCharactersMin} characters. Make one with 'gatehouse crypto rand --length 64'.\n`,
      );
      return 1;
    }
    const { durable, expiring } = await room.changeKey(key);
    io.stdout.write(
      `Sealed ${durable} values anew, and ${expiring} sessions, tokens and their like. Now put the new key into 'storage.encryption_key'.\n`,
    );
    return 0;
  };
}

function keyFlags(flags: readonly string[]) {
  try {
    const options = {
      'new-encryption-key': { type: 'string' },
      'new-encryption-key-file': { type: 'string' },
    } as const;
    const { values } = parseArgs({ args: [...flags], options });
    return Object.keys(values).length === 1 ? values : undefined;
  } catch {
    return undefined;
  }
}
