/**
 * `storage user identifiers add|generate|export|import`: the administrator's hand on the identifiers by which applications
 * know people. It does not know how the storage is opened: that is handed in, and closed here.
 */
import { parseArgs } from 'node:util';
import { readIdentifiers, writeIdentifiers } from '../moving/export-formats.ts';
import { isUuid } from '../moving/read-authelia.ts';
import { tallyOf } from '../moving/take-over.ts';
import type { KnownSubject, SubjectTaken } from '../oidc/people/known-subjects.ts';
import type { Command, CommandIo } from './command.ts';
import { readSecretFile, writeSecretFile } from './secret-files.ts';
import { takenLines } from './taken-lines.ts';

export type IdentifiersRoom = {
  list(): Promise<readonly KnownSubject[]>;
  take(known: KnownSubject, overwrite: boolean): Promise<SubjectTaken>;
  /** A new identifier, which nobody has. */
  newIdentifier(): string;
  close(): Promise<void>;
};

const presetFile = 'gatehouse.export.identifiers.yml';

export const userIdentifiersUsage = `Usage:
  gatehouse storage user identifiers add <username> [--identifier <uuid>] [--service openid] [--sector <uri>]
  gatehouse storage user identifiers generate --users <name,name> [--services openid] [--sectors <uri,uri>]
  gatehouse storage user identifiers export [--file ${presetFile}]
  gatehouse storage user identifiers import <file> [--overwrite]

An identifier is the 'sub' by which applications know a person. A sector is the whole
'sector_identifier_uri' of a client; without one it is the identifier for all other clients.
The files are those of 'authelia storage user identifiers export' and 'import'.
Stop the portal before --overwrite: it keeps identifiers in memory.
`;

type Run = (room: IdentifiersRoom, args: string[], io: CommandIo) => Promise<number>;
const verbs: Readonly<Record<string, Run>> = { add, generate, export: exportFile, import: importFile };
const service = 'openid';

export function storageUserIdentifiers(open: () => Promise<IdentifiersRoom>): Command {
  return async ([verb = '', ...rest], io) => {
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    if (!run) return misunderstood(io);
    const room = await open();
    try {
      return await run(room, rest, io);
    } finally {
      await room.close();
    }
  };
}

const text = { type: 'string' } as const;

async function add(room: IdentifiersRoom, args: string[], io: CommandIo): Promise<number> {
  const options = { identifier: text, service: { ...text, default: service }, sector: { ...text, default: '' } };
  const read = attempt(() => parseArgs({ args, allowPositionals: true, options }));
  const [username, ...more] = read?.positionals ?? [];
  if (!read || !username || more.length > 0) return misunderstood(io);
  const { sector, service: asked, identifier = room.newIdentifier() } = read.values;
  if (asked !== service) return unknownService(io, asked);
  if (!isUuid(identifier)) {
    io.stderr.write(`--identifier takes a UUID such as ${room.newIdentifier()}.\n`);
    return 2;
  }
  const became = await room.take({ username, sector, identifier: identifier.toLowerCase() }, false);
  if (became === 'taken') {
    io.stdout.write(`'${username}' has the identifier ${identifier.toLowerCase()}${inSector(sector)}.\n`);
    return 0;
  }
  const why = {
    same: `'${username}' has this identifier${inSector(sector)} already.`,
    different: `'${username}' has another identifier${inSector(sector)}, by which applications know them. 'import --overwrite' would replace it.`,
    'of-another': 'Somebody else, or another sector, has this identifier. Choose another.',
  };
  io.stderr.write(`${why[became]}\n`);
  return 1;
}

async function generate(room: IdentifiersRoom, args: string[], io: CommandIo): Promise<number> {
  const options = { users: text, services: { ...text, default: service }, sectors: { ...text, default: '' } };
  const read = attempt(() => parseArgs({ args, options }))?.values;
  const users = read?.users?.split(',').filter((name) => name !== '') ?? [];
  if (!read || users.length === 0) return misunderstood(io);
  if (read.services !== service) return unknownService(io, read.services);
  // An empty one among them is the public subject.
  const all = users.flatMap((username) => read.sectors.split(',').map((sector) => ({ username, sector })));
  const present = await room.list();
  const missing = all.filter(
    ({ username, sector }) => !present.some((each) => each.username === username && each.sector === sector),
  );
  for (const each of missing) await room.take({ ...each, identifier: room.newIdentifier() }, false);
  io.stdout.write(`Made ${missing.length} identifiers; ${all.length - missing.length} were there already.\n`);
  return 0;
}

async function exportFile(room: IdentifiersRoom, args: string[], io: CommandIo): Promise<number> {
  const options = { file: { ...text, short: 'f', default: presetFile } };
  const read = attempt(() => parseArgs({ args, options }))?.values;
  if (!read) return misunderstood(io);
  const identifiers = await room.list();
  writeSecretFile(read.file, writeIdentifiers(identifiers));
  io.stdout.write(`Wrote ${identifiers.length} identifiers to ${read.file}.\n`);
  return 0;
}

async function importFile(room: IdentifiersRoom, args: string[], io: CommandIo): Promise<number> {
  const options = { overwrite: { type: 'boolean', default: false } } as const;
  const read = attempt(() => parseArgs({ args, allowPositionals: true, options }));
  const [file, ...more] = read?.positionals ?? [];
  if (!read || !file || more.length > 0) return misunderstood(io);
  const parsed = readIdentifiers(readSecretFile(file));
  if (parsed.kind === 'refused') {
    io.stderr.write(`'${file}' is no export of identifiers: ${parsed.reason}. Nothing was taken.\n`);
    return 1;
  }
  const tally = await tallyOf(
    parsed.things,
    parsed.unusable,
    ({ username }) => username,
    (known) => room.take(known, read.values.overwrite),
  );
  io.stdout.write(`${takenLines('identifiers', tally).join('\n')}\n`);
  return 0;
}

function inSector(sector: string): string {
  return sector === '' ? '' : ` in the sector ${sector}`;
}

function unknownService(io: CommandIo, name: string): number {
  io.stderr.write(`There is no service '${name}'. It takes ${service}.\n`);
  return 2;
}

function attempt<Answer>(read: () => Answer): Answer | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function misunderstood(io: CommandIo): number {
  io.stderr.write(userIdentifiersUsage);
  return 2;
}
