/**
 * `storage user webauthn list|delete|verify|export|import`: the administrator's hand on security keys and passkeys. It does
 * not know how the database is opened: that is handed in, and closed here.
 */
import { parseArgs } from 'node:util';
import type { TakenOver } from '../moving/take-over.ts';
import { isFine, type KeyAudit } from '../sign-in/webauthn/audit.ts';
import type { SecurityKey, WebauthnStore } from '../sign-in/webauthn/webauthn.store.ts';
import type { ForeignKey } from '../sign-in/webauthn/webauthn.take.ts';
import type { Command, CommandIo } from './command.ts';
import { exportKeys, importKeys, webauthnFilesUsage } from './storage-user-webauthn-files.ts';

export type WebauthnRoom = {
  readonly keys: Pick<WebauthnStore, 'all' | 'remove'>;
  take(key: ForeignKey, overwrite: boolean): Promise<TakenOver>;
  audit(key: SecurityKey): Promise<KeyAudit>;
  readonly nowMs: () => number;
  close(): Promise<void>;
};

export const userWebauthnUsage = `Usage:
  gatehouse storage user webauthn list [<username>]
  gatehouse storage user webauthn verify
  gatehouse storage user webauthn delete <username> --all
  gatehouse storage user webauthn delete <username> --description <name of the key>
  gatehouse storage user webauthn delete --kid <identifier of the key>
${webauthnFilesUsage}`;

type Run = (room: WebauthnRoom, args: string[], io: CommandIo) => Promise<number | undefined>;
const verbs: Readonly<Record<string, Run>> = { list, delete: remove, verify, export: exportKeys, import: importKeys };

export function storageUserWebauthn(open: () => Promise<WebauthnRoom>): Command {
  return async ([verb = '', ...rest], io) => {
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    if (!run) return misunderstood(io);
    const room = await open();
    try {
      return (await run(room, rest, io)) ?? misunderstood(io);
    } finally {
      await room.close();
    }
  };
}

async function list({ keys }: WebauthnRoom, args: string[], io: CommandIo): Promise<number | undefined> {
  const [username, ...more] = args;
  if (username?.startsWith('-') || more.length > 0) return undefined;
  const found = await keys.all(username);
  if (found.length === 0) {
    io.stderr.write(username === undefined ? 'Nobody has a security key.\n' : `'${username}' has no security key.\n`);
    return 1;
  }
  for (const key of found) {
    const used = key.lastUsedAtMs === undefined ? 'never' : new Date(key.lastUsedAtMs).toISOString();
    const state = key.cloneWarning ? 'refused, may be copied' : 'accepted';
    const columns = [
      ...[key.username, key.rpId, key.name, new Date(key.createdAtMs).toISOString(), used, state],
      kidOf(key),
    ];
    io.stdout.write(`${columns.join('\t')}\n`);
  }
  return 0;
}

async function remove({ keys }: WebauthnRoom, args: string[], io: CommandIo): Promise<number | undefined> {
  const read = readRemoval(args);
  if (!read) return undefined;
  const { username, name, kid } = read;
  const meant = (await keys.all(username)).filter(
    (key) => (name === undefined || key.name === name) && (kid === undefined || kidOf(key) === kid),
  );
  if (meant.length === 0) {
    io.stderr.write(
      username === undefined ? 'Nobody has such a security key.\n' : `'${username}' has no such security key.\n`,
    );
    return 1;
  }
  for (const key of meant) {
    await keys.remove(key.username, key.id);
    io.stdout.write(`Removed the security key '${key.name}' of '${key.username}' at ${key.rpId}.\n`);
  }
  return 0;
}

async function verify({ keys, audit }: WebauthnRoom, args: string[], io: CommandIo): Promise<number | undefined> {
  // Authelia's flag for more words: all that is known is told anyway.
  if (args.some((each) => each !== '--verbose')) return undefined;
  const all = await keys.all();
  let odd = 0;
  for (const key of all) {
    const found = await audit(key);
    if (!isFine(found)) odd++;
    const columns = [
      ...[key.username, key.rpId, key.name, key.aaguid ?? 'no model'],
      ...[`statement ${found.statement}`, `model ${found.model}`, `backup ${found.backup}`, `maker ${found.maker}`],
    ];
    io.stdout.write(`${columns.join('\t')}\n`);
  }
  io.stdout.write(`${all.length} security keys; ${odd} would not be let in today. All of them go on working.\n`);
  return odd === 0 ? 0 : 1;
}

/** As Authelia writes it: base64 of the identifier. */
function kidOf({ credentialId }: SecurityKey): string {
  return Buffer.from(credentialId, 'base64url').toString('base64');
}

/** Exactly one of the three says which keys are meant; an identifier is nobody else's, so it needs no name. */
function readRemoval(args: string[]) {
  try {
    const options = { all: { type: 'boolean' }, description: { type: 'string' }, kid: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    const [username, ...more] = positionals;
    const { all, description: name, kid } = values;
    if (more.length > 0 || [all, name, kid].filter((each) => each !== undefined).length !== 1) return undefined;
    return username === undefined && kid === undefined ? undefined : { username, name, kid };
  } catch {
    return undefined;
  }
}

function misunderstood(io: CommandIo): number {
  io.stderr.write(userWebauthnUsage);
  return 2;
}
