/**
 * `storage user webauthn list|delete`: the administrator's hand on security keys and passkeys. It does not know how the
 * database is opened: that is handed in, and closed here.
 */
import { parseArgs } from 'node:util';
import type { WebauthnStore } from '../sign-in/webauthn/webauthn.store.ts';
import type { Command, CommandIo } from './command.ts';

export type WebauthnRoom = { readonly keys: Pick<WebauthnStore, 'all' | 'remove'>; close(): Promise<void> };

export const userWebauthnUsage = `Usage:
  gatehouse storage user webauthn list [<username>]
  gatehouse storage user webauthn delete <username> --all
  gatehouse storage user webauthn delete <username> --description <name of the key>
`;

export function storageUserWebauthn(open: () => Promise<WebauthnRoom>): Command {
  return async (args, io) => {
    const read = readArguments(args);
    if (!read) {
      io.stderr.write(userWebauthnUsage);
      return 2;
    }
    const room = await open();
    try {
      return read.verb === 'list' ? await list(room, read.username, io) : await remove(room, read, io);
    } finally {
      await room.close();
    }
  };
}

type Removal = { readonly verb: 'delete'; readonly username: string; readonly name: string | undefined };

async function list({ keys }: WebauthnRoom, username: string | undefined, io: CommandIo): Promise<number> {
  const found = await keys.all(username);
  if (found.length === 0) {
    io.stderr.write(username === undefined ? 'Nobody has a security key.\n' : `'${username}' has no security key.\n`);
    return 1;
  }
  for (const key of found) {
    const used = key.lastUsedAtMs === undefined ? 'never' : new Date(key.lastUsedAtMs).toISOString();
    const state = key.cloneWarning ? 'refused, may be copied' : 'accepted';
    const columns = [key.username, key.rpId, key.name, new Date(key.createdAtMs).toISOString(), used, state];
    io.stdout.write(`${columns.join('\t')}\n`);
  }
  return 0;
}

async function remove({ keys }: WebauthnRoom, { username, name }: Removal, io: CommandIo): Promise<number> {
  const meant = (await keys.all(username)).filter((key) => name === undefined || key.name === name);
  if (meant.length === 0) {
    io.stderr.write(`'${username}' has no such security key.\n`);
    return 1;
  }
  for (const key of meant) {
    await keys.remove(username, key.id);
    io.stdout.write(`Removed the security key '${key.name}' of '${username}' at ${key.rpId}.\n`);
  }
  return 0;
}

function readArguments(args: string[]) {
  const [verb, ...rest] = args;
  const parsed = tryParse(rest);
  if (!parsed || parsed.positionals.length > 1) return undefined;
  const [username] = parsed.positionals;
  const { all, description: name } = parsed.values;
  if (verb === 'list') return all || name !== undefined ? undefined : ({ verb, username } as const);
  // Exactly one of the two says which keys are meant.
  if (verb !== 'delete' || username === undefined || (all === true) === (name !== undefined)) return undefined;
  return { verb, username, name } as const;
}

function tryParse(args: string[]) {
  try {
    const options = { all: { type: 'boolean' }, description: { type: 'string' } } as const;
    return parseArgs({ args, allowPositionals: true, options });
  } catch {
    return undefined;
  }
}
