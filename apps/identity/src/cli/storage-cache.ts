/**
 * `storage cache mds3 status|update|dump|delete`: what is kept of the FIDO Alliance's metadata. It does not know how it is
 * opened: that is handed in, and closed here.
 */
import { parseArgs } from 'node:util';
import type { MetadataStore } from '../sign-in/webauthn/metadata/metadata.store.ts';
import type { Metadata } from '../sign-in/webauthn/metadata/metadata.ts';
import type { Command, CommandIo } from './command.ts';
import { readSecretFile, writeSecretFile } from './secret-files.ts';

export type CacheRoom = {
  readonly metadata: Pick<Metadata, 'kept' | 'update'>;
  readonly store: Pick<MetadataStore, 'find' | 'remove'>;
  readonly nowMs: () => number;
  close(): Promise<void>;
};

export const cacheUsage = `Usage:
  gatehouse storage cache mds3 status
  gatehouse storage cache mds3 update [--force] [--path <file>]
  gatehouse storage cache mds3 dump [--path data.mds3]
  gatehouse storage cache mds3 delete

The metadata of the FIDO Alliance says which makers and models of security keys there are
('webauthn.metadata'). 'update' fetches it when the one that is kept is over, or with --force;
--path takes it from a file, for houses without a way out. Only what the Alliance signed is taken.
`;

type Run = (room: CacheRoom, args: string[], io: CommandIo) => Promise<number | undefined>;
const verbs: Readonly<Record<string, Run>> = { status, update, dump, delete: remove };

export function storageCache(open: () => Promise<CacheRoom>): Command {
  return async ([kind, verb = '', ...rest], io) => {
    const run = kind === 'mds3' && Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    if (!run) return misunderstood(io);
    const room = await open();
    try {
      return (await run(room, rest, io)) ?? misunderstood(io);
    } finally {
      await room.close();
    }
  };
}

async function status(room: CacheRoom, args: string[], io: CommandIo): Promise<number | undefined> {
  if (args.length > 0) return undefined;
  const kept = await room.metadata.kept();
  if (!kept) {
    io.stdout.write('No metadata is kept, or it cannot be used.\n');
    return 1;
  }
  const isOver = kept.nextUpdateMs <= room.nowMs();
  io.stdout.write(
    `Number ${kept.number}, ${kept.models.size} models, fetched ${new Date(kept.fetchedAtMs).toISOString()}, ` +
      `${isOver ? 'over since' : 'good until'} ${new Date(kept.nextUpdateMs).toISOString()}.\n`,
  );
  return isOver ? 1 : 0;
}

async function update(room: CacheRoom, args: string[], io: CommandIo): Promise<number | undefined> {
  const options = { force: { type: 'boolean', short: 'f', default: false }, path: { type: 'string' } } as const;
  const read = attempt(() => parseArgs({ args, options }))?.values;
  if (!read) return undefined;
  const kept = await room.metadata.kept();
  if (kept && room.nowMs() < kept.nextUpdateMs && !read.force && read.path === undefined) {
    io.stdout.write(
      `Number ${kept.number} is good until ${new Date(kept.nextUpdateMs).toISOString()}; --force fetches anyway.\n`,
    );
    return 0;
  }
  const blob = await room.metadata.update(read.path === undefined ? undefined : readSecretFile(read.path));
  io.stdout.write(`Number ${blob.number} with ${blob.models.size} models is kept.\n`);
  return 0;
}

async function dump(room: CacheRoom, args: string[], io: CommandIo): Promise<number | undefined> {
  const options = { path: { type: 'string', default: 'data.mds3' } } as const;
  const read = attempt(() => parseArgs({ args, options }))?.values;
  if (!read) return undefined;
  const kept = await room.store.find();
  if (!kept) {
    io.stderr.write('No metadata is kept.\n');
    return 1;
  }
  writeSecretFile(read.path, kept.blob);
  io.stdout.write(`Wrote it to ${read.path}.\n`);
  return 0;
}

async function remove(room: CacheRoom, args: string[], io: CommandIo): Promise<number | undefined> {
  if (args.length > 0) return undefined;
  const answer = await room.store.remove();
  io.stdout.write(answer === 'removed' ? 'Removed. It is fetched anew when it is needed.\n' : 'None was kept.\n');
  return 0;
}

function attempt<Answer>(read: () => Answer): Answer | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function misunderstood(io: CommandIo): number {
  io.stderr.write(cacheUsage);
  return 2;
}
