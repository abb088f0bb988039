/**
 * `storage bans user|ip add|list|revoke`: the administrator's hand on bans. It does not know how the database is opened:
 * that is handed in, and closed here.
 */
import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { parseDuration } from '../config/values/duration.ts';
import type { FindAnswer } from '../directory/directory.ts';
import type { Ban, Bannable, BanStore } from '../regulation/ban.store.ts';
import { networkOf } from '../regulation/network.ts';
import type { Command, CommandIo } from './command.ts';

export type BansRoom = {
  readonly bans: BanStore;
  readonly nowMs: () => number;
  /** Whom the directory means by a name. */
  find(name: string): Promise<FindAnswer>;
  /** Ends every session of a person; answers how many there were. */
  endSessions(username: string): Promise<number>;
  /** Takes back what a person gave to applications; answers how many grants there were. */
  takeBack(username: string): Promise<number>;
  close(): Promise<void>;
};

export const bansUsage = `Usage:
  gatehouse storage bans user|ip add <name or address> [--duration 1d] [--permanent] [--reason TEXT]
  gatehouse storage bans user|ip list
  gatehouse storage bans user|ip revoke <name or address>
  gatehouse storage bans user|ip revoke --id=<id of the list>
`;
const presetDuration = '1d';
const reasonCharactersMax = 255;

export function storageBans(open: () => Promise<BansRoom>): Command {
  return async (args, io) => {
    const [kind, verb, ...rest] = args;
    const run = verb === 'add' ? add : verb === 'list' ? list : verb === 'revoke' ? revoke : undefined;
    if ((kind !== 'user' && kind !== 'ip') || !run) return misunderstood(io, bansUsage);
    const room = await open();
    try {
      return await run(room, kind, rest, io);
    } finally {
      await room.close();
    }
  };
}

async function add(room: BansRoom, kind: Bannable['kind'], args: string[], io: CommandIo): Promise<number> {
  const { bans, nowMs } = room;
  const read = readAdd(args);
  if (typeof read === 'string') return misunderstood(io, read);
  let subject = subjectOf(kind, read.name);
  if (!subject) return notAnAddress(io, read.name);
  const duration = parseDuration(read.duration);
  if (duration.kind === 'refused') {
    io.stderr.write(`--duration ${duration.reason}. ${duration.cure}\n`);
    return 2;
  }
  if (kind === 'user') subject = { kind, subject: await canonicalName(room, read.name, io) };
  const expiresAtMs = read.permanent ? undefined : nowMs() + duration.value * 1000;
  await bans.add(subject, expiresAtMs, read.reason.slice(0, reasonCharactersMax));
  io.stdout.write(`Banned ${kind} '${subject.subject}' ${endOf(expiresAtMs)}.\n`);
  // Only a name is a person; who sits behind an address is not known.
  if (kind === 'ip') return 0;
  const ended = await room.endSessions(subject.subject);
  if (ended > 0) io.stdout.write(`Ended ${ended === 1 ? '1 session' : `${ended} sessions`} of theirs.\n`);
  if ((await room.takeBack(subject.subject)) > 0)
    io.stdout.write('Took back the access of applications to their account.\n');
  return 0;
}

async function list({ bans }: BansRoom, kind: Bannable['kind'], args: string[], io: CommandIo): Promise<number> {
  if (args.length > 0) return misunderstood(io, bansUsage);
  const all = await bans.list(kind);
  if (all.length === 0) io.stdout.write(`No ${kind} is banned.\n`);
  for (const ban of all) io.stdout.write(`${lineOf(ban)}\n`);
  return 0;
}

async function revoke(room: BansRoom, kind: Bannable['kind'], args: string[], io: CommandIo): Promise<number> {
  const read = readRevoke(args);
  if (typeof read === 'string') return misunderstood(io, read);
  if ('id' in read) return await revokeOne(room, kind, read.id, io);
  const subject = subjectOf(kind, read.name);
  if (!subject) return notAnAddress(io, read.name);
  if ((await room.bans.revoke(subject)) > 0) {
    io.stdout.write(`Revoked every ban of ${kind} '${subject.subject}'.\n`);
    return 0;
  }
  const found = kind === 'user' ? await room.find(read.name) : undefined;
  if (found?.kind === 'found' && found.identity.username !== read.name)
    return await revoke(room, kind, [found.identity.username], io);
  io.stderr.write(`No ban of ${kind} '${subject.subject}' is in force.\n`);
  return 1;
}

async function revokeOne({ bans }: BansRoom, kind: Bannable['kind'], id: string, io: CommandIo): Promise<number> {
  const revoked = await bans.revokeOne(kind, id);
  if (revoked) io.stdout.write(`Revoked the ban '${id}' of ${kind} '${revoked.subject}'.\n`);
  else io.stderr.write(`No ban of a ${kind} with the id '${id}' is in force. The list has the ids.\n`);
  return revoked ? 0 : 1;
}

/** A ban holds for the name as the directory writes it, whatever people type. */
async function canonicalName(room: BansRoom, name: string, io: CommandIo): Promise<string> {
  const found = await room.find(name);
  if (found.kind === 'found') return found.identity.username;
  io.stderr.write(
    found.kind === 'unknown'
      ? `Nobody who may sign in is known as '${name}'. The ban holds for exactly this name.\n`
      : `The directory cannot be asked, so the ban holds for exactly '${name}'. See to it that this is how the directory writes the name.\n`,
  );
  return name;
}

function lineOf(ban: Ban): string {
  return [ban.id, ban.subject, `since ${timeOf(ban.createdAtMs)}`, endOf(ban.expiresAtMs), ban.source, ban.reason].join(
    '\t',
  );
}

function endOf(expiresAtMs: number | undefined): string {
  return expiresAtMs === undefined ? 'until revoked' : `until ${timeOf(expiresAtMs)}`;
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).concat('Z');
}

function subjectOf(kind: Bannable['kind'], name: string): Bannable | undefined {
  if (kind === 'user') return { kind, subject: name };
  return isIP(name) === 0 ? undefined : { kind, subject: networkOf(name) };
}

function notAnAddress(io: CommandIo, name: string): number {
  io.stderr.write(
    `'${name}' is not an IP address. Write one such as 192.0.2.7 or 2001:db8::7; of an IPv6 address its /64 is banned.\n`,
  );
  return 2;
}

function readAdd(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        duration: { type: 'string', short: 'd', default: presetDuration },
        permanent: { type: 'boolean', short: 'p', default: false },
        reason: { type: 'string', short: 'r', default: '' },
      },
    });
    const [name, ...more] = positionals;
    return name === undefined || more.length > 0 ? bansUsage : { name, ...values };
  } catch (cause) {
    return `${cause instanceof Error ? cause.message : String(cause)}\n${bansUsage}`;
  }
}

function readRevoke(args: string[]): string | { readonly name: string } | { readonly id: string } {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { id: { type: 'string', short: 'i' } },
    });
    const [name, ...more] = positionals;
    if (values.id) return name === undefined ? { id: values.id } : bansUsage;
    return name === undefined || more.length > 0 ? bansUsage : { name };
  } catch (cause) {
    return `${cause instanceof Error ? cause.message : String(cause)}\n${bansUsage}`;
  }
}

function misunderstood(io: CommandIo, text: string): number {
  io.stderr.write(text);
  return 2;
}
