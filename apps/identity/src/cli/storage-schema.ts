/**
 * `storage schema-info` and `storage migrate up|history|list-up|list-down`: how far the tables are. There is no way down: a
 * backup is. It does not know how the database is opened: that is handed in, and closed here.
 */
import type { AppliedStep } from '@gatehouse/storage/applied-steps.ts';
import type { Command, CommandIo } from './command.ts';

export type SchemaRoom = {
  readonly kind: string;
  applied(): Promise<readonly AppliedStep[]>;
  /** Names of the steps that this version has and the database has not, in order. */
  missing(): Promise<readonly string[]>;
  /** Whether the encryption key is the one of this database; undefined: there is nothing sealed in it yet. */
  isKeyRight(): Promise<boolean | undefined>;
  migrate(): Promise<void>;
  close(): Promise<void>;
};

export const schemaUsage = `Usage:
  gatehouse storage schema-info
  gatehouse storage migrate up
  gatehouse storage migrate history
  gatehouse storage migrate list-up

The portal brings its tables forward by itself when it starts; 'migrate up' does it without starting.
There is no way down: restore a backup from before the upgrade.
`;

type Run = (room: SchemaRoom, io: CommandIo) => Promise<number>;
const verbs: Readonly<Record<string, Run>> = {
  'schema-info': info,
  'migrate up': up,
  'migrate history': history,
  'migrate list-up': listUp,
};

/** `args` begin with `schema-info` or `migrate`. */
export function storageSchema(open: () => Promise<SchemaRoom>): Command {
  return async (args, io) => {
    const verb = args.join(' ');
    if (/^migrate (down|list-down)\b/.test(verb)) {
      io.stderr.write(
        'There is no way down. Restore a backup from before the upgrade, and start the version of that time.\n',
      );
      return 1;
    }
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    if (!run) {
      io.stderr.write(schemaUsage);
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

async function info(room: SchemaRoom, io: CommandIo): Promise<number> {
  const [applied, missing, isKeyRight] = [await room.applied(), await room.missing(), await room.isKeyRight()];
  const key = isKeyRight === undefined ? 'not used yet' : isKeyRight ? 'is the one of this database' : 'is another one';
  const lines = [
    `Storage: ${room.kind}`,
    `Schema: ${applied.at(-1)?.name ?? 'none'}, ${applied.length} steps`,
    `Upgrade: ${missing.length === 0 ? 'none needed' : `${missing.length} steps, to ${missing.at(-1)}`}`,
    `Encryption key: ${key}`,
  ];
  io.stdout.write(`${lines.join('\n')}\n`);
  return isKeyRight === false ? 1 : 0;
}

async function up(room: SchemaRoom, io: CommandIo): Promise<number> {
  const missing = await room.missing();
  await room.migrate();
  io.stdout.write(
    missing.length === 0
      ? 'The tables are as this version wants them.\n'
      : `Applied ${missing.length} steps, to ${missing.at(-1)}.\n`,
  );
  return 0;
}

async function history(room: SchemaRoom, io: CommandIo): Promise<number> {
  for (const { name, appliedAtMs } of await room.applied())
    io.stdout.write(`${name}\t${new Date(appliedAtMs).toISOString()}\n`);
  return 0;
}

async function listUp(room: SchemaRoom, io: CommandIo): Promise<number> {
  const missing = await room.missing();
  io.stdout.write(
    missing.length === 0 ? 'None: the tables are as this version wants them.\n' : `${missing.join('\n')}\n`,
  );
  return 0;
}
