/**
 * `storage user totp generate|delete|export uri`: the administrator's hand on one-time codes. It does not know how the
 * database is opened: that is handed in, and closed here.
 */
import { parseArgs } from 'node:util';
import { otpauthUri, totpAlgorithms } from '../sign-in/totp/totp.code.ts';
import type { Totp } from '../sign-in/totp/totp.verify.ts';
import type { Command, CommandIo } from './command.ts';

export type TotpRoom = { readonly totp: Totp; close(): Promise<void> };

export const userTotpUsage = `Usage:
  gatehouse storage user totp generate <username> [--force] [--algorithm SHA1] [--digits 6] [--period 30]
  gatehouse storage user totp delete <username>
  gatehouse storage user totp export uri
`;

export function storageUserTotp(open: () => Promise<TotpRoom>): Command {
  return async (args, io) => {
    const [verb, ...rest] = args;
    const run = verb === 'generate' ? generate : verb === 'delete' ? remove : verb === 'export' ? exportUri : undefined;
    if (!run) return misunderstood(io, userTotpUsage);
    const room = await open();
    try {
      return await run(room, rest, io);
    } finally {
      await room.close();
    }
  };
}

async function generate({ totp }: TotpRoom, args: string[], io: CommandIo): Promise<number> {
  const read = readGenerate(args);
  if (typeof read === 'string') return misunderstood(io, read);
  const { username, force, algorithm, digits, period } = read;
  const preset = totp.options;
  if (!force && (await totp.has(username))) {
    io.stderr.write(
      `'${username}' has a one-time code already. Say --force to replace it: the app they use now stops working.\n`,
    );
    return 1;
  }
  const parameters = {
    algorithm:
      totpAlgorithms.find((each) => each === (algorithm ?? preset.algorithm).toUpperCase()) ?? preset.algorithm,
    digits: digits === undefined ? preset.digits : Number(digits),
    periodSeconds: period === undefined ? preset.periodSeconds : Number(period),
  };
  if (
    (algorithm !== undefined && parameters.algorithm !== algorithm.toUpperCase()) ||
    !preset.allowedAlgorithms.includes(parameters.algorithm) ||
    !preset.allowedDigits.includes(parameters.digits) ||
    !preset.allowedPeriodsSeconds.includes(parameters.periodSeconds)
  ) {
    io.stderr.write(
      `The configuration allows algorithm ${preset.allowedAlgorithms.join(', ')}; digits ${preset.allowedDigits.join(', ')}; period ${preset.allowedPeriodsSeconds.join(', ')}. Change 'totp.allowed_*' or the flags.\n`,
    );
    return 1;
  }
  const key = totp.propose(parameters);
  await totp.create(username, key);
  io.stdout.write(`${otpauthUri(username, key)}\n`);
  return 0;
}

async function remove({ totp }: TotpRoom, args: string[], io: CommandIo): Promise<number> {
  const [username, ...more] = args;
  if (!username || username.startsWith('-') || more.length > 0) return misunderstood(io, userTotpUsage);
  if ((await totp.remove(username)) === 'missing') {
    io.stderr.write(`'${username}' has no one-time code.\n`);
    return 1;
  }
  io.stdout.write(`Removed the one-time code of '${username}'.\n`);
  return 0;
}

async function exportUri({ totp }: TotpRoom, args: string[], io: CommandIo): Promise<number> {
  if (args.length !== 1 || args[0] !== 'uri') return misunderstood(io, userTotpUsage);
  for (const username of await totp.usernames()) {
    const key = await totp.reveal(username);
    if (key) io.stdout.write(`${otpauthUri(username, key)}\n`);
  }
  return 0;
}

function readGenerate(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        force: { type: 'boolean', short: 'f', default: false },
        algorithm: { type: 'string' },
        digits: { type: 'string' },
        period: { type: 'string' },
      },
    });
    const [username, ...more] = positionals;
    return username === undefined || more.length > 0 ? userTotpUsage : { username, ...values };
  } catch (cause) {
    return `${cause instanceof Error ? cause.message : String(cause)}\n${userTotpUsage}`;
  }
}

function misunderstood(io: CommandIo, text: string): number {
  io.stderr.write(text);
  return 2;
}
