/**
 * `storage user totp generate|delete|export|import`: the administrator's hand on one-time codes. It does not know how the
 * database is opened: that is handed in, and closed here.
 */
import { parseArgs } from 'node:util';
import { otpauthUri, secretOfBase32, totpAlgorithms } from '../sign-in/totp/totp.code.ts';
import type { ForeignCode, takeTotp } from '../sign-in/totp/totp.take.ts';
import type { Totp } from '../sign-in/totp/totp.verify.ts';
import type { Command, CommandIo } from './command.ts';
import { writeSecretFile } from './secret-files.ts';
import { exportCodes, importCodes, pngOf, totpFilesUsage } from './storage-user-totp-files.ts';

export type TotpRoom = {
  readonly totp: Totp;
  /** Everybody's, secrets included. */
  all(): Promise<readonly ForeignCode[]>;
  take(code: ForeignCode, overwrite: boolean): ReturnType<typeof takeTotp>;
  readonly nowMs: () => number;
  close(): Promise<void>;
};

export const userTotpUsage = `Usage:
  gatehouse storage user totp generate <username> [--force] [--issuer <name>] [--algorithm SHA1] [--digits 6] [--period 30]
                                       [--secret <base32>] [--path <file.png>]
  gatehouse storage user totp delete <username>
${totpFilesUsage}`;

/** RFC 4226 section 4, R6: 128 bits at least. In base32 a character is five. */
const secretCharactersMin = 26;

type Run = (room: TotpRoom, args: string[], io: CommandIo) => Promise<number | undefined>;
const verbs: Readonly<Record<string, Run>> = { generate, delete: remove, export: exportCodes, import: importCodes };

export function storageUserTotp(open: () => Promise<TotpRoom>): Command {
  return async ([verb = '', ...rest], io) => {
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    if (!run) return misunderstood(io, userTotpUsage);
    const room = await open();
    try {
      return (await run(room, rest, io)) ?? misunderstood(io, userTotpUsage);
    } finally {
      await room.close();
    }
  };
}

async function generate({ totp }: TotpRoom, args: string[], io: CommandIo): Promise<number> {
  const read = readGenerate(args);
  if (typeof read === 'string') return misunderstood(io, read);
  const { username, force, algorithm, digits, period, issuer = totp.options.issuer, secret, path } = read;
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
  const bare = secret?.replace(/=+$/, '').toUpperCase();
  if (bare !== undefined && (bare.length < secretCharactersMin || !/^[A-Z2-7]+$/.test(bare))) {
    io.stderr.write(
      `--secret takes base32: letters and the digits 2 to 7, ${secretCharactersMin} characters or more.\n`,
    );
    return 2;
  }
  const proposed = totp.propose(parameters);
  const key = { ...proposed, issuer, ...(bare !== undefined && { secret: secretOfBase32(bare) }) };
  // First: should the file be refused, the code they have stays.
  if (path !== undefined) writeSecretFile(path, await pngOf(username, key));
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
        issuer: { type: 'string' },
        secret: { type: 'string' },
        path: { type: 'string', short: 'p' },
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
