/** `storage user webauthn export|import`: security keys in files of Authelia's YAML, to be imported elsewhere. */
import { parseArgs } from 'node:util';
import { readKeys, writeKeys } from '../moving/key-format.ts';
import { tallyOf } from '../moving/take-over.ts';
import type { CommandIo } from './command.ts';
import { readSecretFile, writeSecretFile } from './secret-files.ts';
import type { WebauthnRoom } from './storage-user-webauthn.ts';
import { takenLines } from './taken-lines.ts';

export const webauthnFilesUsage = `  gatehouse storage user webauthn export [--file gatehouse.export.webauthn.yml]
  gatehouse storage user webauthn import <file> [--overwrite]

The files are those of 'authelia storage user webauthn export' and 'import'. They hold public keys:
nobody signs in with them, but whoever may write one before an import may put in a key of their own.
`;

/** Answers undefined for a call that is not understood. */
export async function exportKeys({ keys }: WebauthnRoom, args: string[], io: CommandIo): Promise<number | undefined> {
  const options = { file: { type: 'string', short: 'f', default: 'gatehouse.export.webauthn.yml' } } as const;
  const read = attempt(() => parseArgs({ args, options }))?.values;
  if (!read) return undefined;
  const all = await keys.all();
  writeSecretFile(read.file, writeKeys(all));
  io.stdout.write(`Wrote ${all.length} security keys to ${read.file}.\n`);
  return 0;
}

export async function importKeys(room: WebauthnRoom, args: string[], io: CommandIo): Promise<number | undefined> {
  const options = { overwrite: { type: 'boolean', default: false } } as const;
  const read = attempt(() => parseArgs({ args, allowPositionals: true, options }));
  const [file, ...more] = read?.positionals ?? [];
  if (!read || !file || more.length > 0) return undefined;
  const parsed = readKeys(readSecretFile(file), room.nowMs());
  if (parsed.kind === 'refused') {
    io.stderr.write(`'${file}' is no export of security keys: ${parsed.reason}. Nothing was taken.\n`);
    return 1;
  }
  const tally = await tallyOf(
    parsed.things,
    parsed.unusable,
    ({ username, name }) => `${username} (${name})`,
    (key) => room.take(key, read.values.overwrite),
  );
  io.stdout.write(`${takenLines('security keys', tally).join('\n')}\n`);
  return 0;
}

function attempt<Answer>(read: () => Answer): Answer | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
