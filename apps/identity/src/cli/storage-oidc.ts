/**
 * `storage oidc clients list|delete` and `storage oidc initial-access-tokens generate|list|revoke`: the administrator's hand
 * on applications that register themselves. It does not know how the database is opened: that is handed in, and closed here.
 */
import { parseArgs } from 'node:util';
import { parseDuration } from '../config/values/duration.ts';
import type { InitialAccessStore } from '../oidc/registration/initial-access.store.ts';
import type { RegisteredClientStore } from '../oidc/registration/registered-client.store.ts';
import type { Command, CommandIo } from './command.ts';

export type RegistrationRoom = {
  readonly clients: Pick<RegisteredClientStore, 'list' | 'remove'>;
  readonly tokens: Pick<InitialAccessStore, 'create' | 'list' | 'revoke'>;
  /** Whether the configuration lets anybody register at all. */
  readonly enabled: boolean;
  readonly nowMs: () => number;
  close(): Promise<void>;
};

export const oidcUsage = `Usage:
  gatehouse storage oidc clients list
  gatehouse storage oidc clients delete <client id>
  gatehouse storage oidc initial-access-tokens generate [--uses 1] [--duration 1d] [--description TEXT]
  gatehouse storage oidc initial-access-tokens list
  gatehouse storage oidc initial-access-tokens revoke <id>
`;

const usesMax = 1000;
const descriptionCharactersMax = 255;

type Run = (room: RegistrationRoom, args: string[], io: CommandIo) => Promise<number>;

const verbs: Readonly<Record<string, Run>> = {
  'clients list': listClients,
  'clients delete': deleteClient,
  'initial-access-tokens generate': generate,
  'initial-access-tokens list': listTokens,
  'initial-access-tokens revoke': revoke,
};

export function storageOidc(open: () => Promise<RegistrationRoom>): Command {
  return async ([what = '', verb = '', ...rest], io) => {
    const name = `${what} ${verb}`;
    const run = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
    if (!run) return misunderstood(io);
    const room = await open();
    try {
      return await run(room, rest, io);
    } finally {
      await room.close();
    }
  };
}

async function listClients({ clients }: RegistrationRoom, args: string[], io: CommandIo): Promise<number> {
  if (args.length > 0) return misunderstood(io);
  const all = await clients.list();
  if (all.length === 0) io.stdout.write('No application has registered itself.\n');
  for (const { clientId, name, createdAtMs, usedAtMs } of all)
    io.stdout.write(`${[clientId, name, `since ${timeOf(createdAtMs)}`, `used ${dayOf(usedAtMs)}`].join('\t')}\n`);
  return 0;
}

async function deleteClient({ clients }: RegistrationRoom, args: string[], io: CommandIo): Promise<number> {
  const [clientId, ...more] = args;
  if (!clientId || clientId.startsWith('-') || more.length > 0) return misunderstood(io);
  if ((await clients.remove(clientId)) === 'missing') {
    io.stderr.write(`No application has registered itself as '${clientId}'. 'storage oidc clients list' shows them.\n`);
    return 1;
  }
  io.stdout.write(`Removed '${clientId}'. What it holds no longer works.\n`);
  return 0;
}

async function generate(room: RegistrationRoom, args: string[], io: CommandIo): Promise<number> {
  const read = readGenerate(args);
  if (!read) return misunderstood(io);
  const uses = Number(read.uses);
  if (!Number.isInteger(uses) || uses < 1 || uses > usesMax) {
    io.stderr.write(`--uses takes a number from 1 to ${usesMax}.\n`);
    return 2;
  }
  const duration = parseDuration(read.duration);
  if (duration.kind === 'refused') {
    io.stderr.write(`--duration ${duration.reason}. ${duration.cure}\n`);
    return 2;
  }
  const expiresAtMs = room.nowMs() + duration.value * 1000;
  const description = read.description.slice(0, descriptionCharactersMax);
  const { id, token } = await room.tokens.create({ description, uses, expiresAtMs });
  if (!room.enabled)
    io.stderr.write(
      "The token has no effect yet: set 'identity_providers.oidc.dynamic_client_registration.enabled: true'.\n",
    );
  const often = uses === 1 ? 'one registration' : `${uses} registrations`;
  io.stdout.write(`Initial access token: ${token}\nFor ${often}, until ${timeOf(expiresAtMs)}. Its id is ${id}.\n`);
  return 0;
}

async function listTokens({ tokens }: RegistrationRoom, args: string[], io: CommandIo): Promise<number> {
  if (args.length > 0) return misunderstood(io);
  const all = await tokens.list();
  if (all.length === 0) io.stdout.write('No initial access token is in force.\n');
  for (const { id, usesLeft, expiresAtMs, description } of all)
    io.stdout.write(`${[id, `${usesLeft} left`, `until ${timeOf(expiresAtMs)}`, description].join('\t')}\n`);
  return 0;
}

async function revoke({ tokens }: RegistrationRoom, args: string[], io: CommandIo): Promise<number> {
  const [id, ...more] = args;
  if (!id || id.startsWith('-') || more.length > 0) return misunderstood(io);
  if ((await tokens.revoke(id)) === 'missing') {
    io.stderr.write(`There is no initial access token with the id '${id}'.\n`);
    return 1;
  }
  io.stdout.write(`Revoked '${id}'.\n`);
  return 0;
}

function readGenerate(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        uses: { type: 'string', default: '1' },
        duration: { type: 'string', short: 'd', default: '1d' },
        description: { type: 'string', default: '' },
      },
    });
    return positionals.length > 0 ? undefined : values;
  } catch {
    return undefined;
  }
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).concat('Z');
}

function dayOf(ms: number): string {
  return timeOf(ms).slice(0, 10);
}

function misunderstood(io: CommandIo): number {
  io.stderr.write(oidcUsage);
  return 2;
}
