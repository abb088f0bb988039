/**
 * `storage user totp export|import`: one-time codes in files, in Authelia's YAML to be imported again, and as a table or as
 * pictures for people. What is written lets whoever reads it sign in.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { toBuffer } from 'qrcode';
import { readCodes, writeCodes } from '../moving/export-formats.ts';
import { tallyOf } from '../moving/take-over.ts';
import { base32Of, otpauthUri } from '../sign-in/totp/totp.code.ts';
import type { ForeignCode } from '../sign-in/totp/totp.take.ts';
import type { CommandIo } from './command.ts';
import { makeSecretFolder, readSecretFile, writeSecretFile } from './secret-files.ts';
import type { TotpRoom } from './storage-user-totp.ts';
import { takenLines } from './taken-lines.ts';

export const totpFilesUsage = `  gatehouse storage user totp export [--file gatehouse.export.totp.yml]
  gatehouse storage user totp export uri
  gatehouse storage user totp export csv [--file gatehouse.export.totp.csv]
  gatehouse storage user totp export png [--directory gatehouse.export.totp]
  gatehouse storage user totp import <file> [--overwrite]

The YAML files are those of 'authelia storage user totp export' and 'import'.
Exports hold the secrets in the clear. Keep them as safe as passwords, and delete them after use.
`;

const text = { type: 'string' } as const;

/** Answers undefined for a call that is not understood. */
export async function exportCodes(room: TotpRoom, args: string[], io: CommandIo): Promise<number | undefined> {
  const [format, ...rest] = args;
  if (format === 'uri') return rest.length > 0 ? undefined : exportUri(room, io);
  if (format === 'csv') return toFile(room, rest, io, 'gatehouse.export.totp.csv', csvOf);
  if (format === 'png') return exportPng(room, rest, io);
  return toFile(room, args, io, 'gatehouse.export.totp.yml', writeCodes);
}

export async function importCodes(room: TotpRoom, args: string[], io: CommandIo): Promise<number | undefined> {
  const options = { overwrite: { type: 'boolean', default: false } } as const;
  const read = attempt(() => parseArgs({ args, allowPositionals: true, options }));
  const [file, ...more] = read?.positionals ?? [];
  if (!read || !file || more.length > 0) return undefined;
  const parsed = readCodes(readSecretFile(file), room.nowMs());
  if (parsed.kind === 'refused') {
    io.stderr.write(`'${file}' is no export of one-time codes: ${parsed.reason}. Nothing was taken.\n`);
    return 1;
  }
  const tally = await tallyOf(
    parsed.things,
    parsed.unusable,
    ({ username }) => username,
    (code) => room.take(code, read.values.overwrite),
  );
  io.stdout.write(`${takenLines('one-time codes', tally).join('\n')}\n`);
  return 0;
}

async function exportUri(room: TotpRoom, io: CommandIo): Promise<number> {
  for (const { username, key } of await room.all()) io.stdout.write(`${otpauthUri(username, key)}\n`);
  return 0;
}

async function toFile(
  room: TotpRoom,
  args: string[],
  io: CommandIo,
  preset: string,
  write: (codes: readonly ForeignCode[]) => string,
): Promise<number | undefined> {
  const options = { file: { ...text, short: 'f', default: preset } };
  const read = attempt(() => parseArgs({ args, options }))?.values;
  if (!read) return undefined;
  const codes = await room.all();
  writeSecretFile(read.file, write(codes));
  io.stdout.write(`Wrote ${codes.length} one-time codes to ${read.file}. It holds their secrets.\n`);
  return 0;
}

async function exportPng(room: TotpRoom, args: string[], io: CommandIo): Promise<number | undefined> {
  const options = { directory: { ...text, default: 'gatehouse.export.totp' } };
  const read = attempt(() => parseArgs({ args, options }))?.values;
  if (!read) return undefined;
  makeSecretFolder(read.directory);
  const codes = await room.all();
  // A name may hold what is a path elsewhere.
  for (const { username, key } of codes)
    writeSecretFile(join(read.directory, `${encodeURIComponent(username)}.png`), await pngOf(username, key));
  io.stdout.write(`Wrote ${codes.length} pictures to ${read.directory}. They hold the secrets.\n`);
  return 0;
}

/** The QR code that authenticator apps read. */
export function pngOf(username: string, key: ForeignCode['key']): Promise<Buffer> {
  return toBuffer(otpauthUri(username, key), { errorCorrectionLevel: 'M' });
}

function csvOf(codes: readonly ForeignCode[]): string {
  const rows = codes.map(({ username, key }) =>
    [key.issuer, username, key.algorithm, key.digits, key.periodSeconds, base32Of(key.secret)].map(cell).join(','),
  );
  return ['issuer,username,algorithm,digits,period,secret', ...rows, ''].join('\n');
}

/** RFC 4180 section 2. */
function cell(value: string | number): string {
  const plain = String(value);
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

function attempt<Answer>(read: () => Answer): Answer | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
