/**
 * The archive of a backup: a gzipped tar that any `tar` opens. Its last entry lists all others with size and digest, so that
 * one which was cut off or altered is known as such. Knows no database.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, pack } from 'tar-stream';
import { z } from 'zod';
import { BackupFailed } from './failure.ts';

const manifestName = 'manifest.json';
const manifestBytesMax = 64_000_000;

const entry = z.strictObject({ name: z.string(), bytes: z.int().min(0), sha256: z.string().length(64) });
const manifest = z.strictObject({
  format: z.literal('gatehouse-projects-backup'),
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  /** Names of applied migration steps by namespace. */
  steps: z.record(z.string(), z.array(z.string())),
  rows: z.record(z.string(), z.int()),
  /** Named by a row and not in the store when it was their turn. */
  missingFiles: z.array(z.string()),
  entries: z.array(entry),
});
export type Manifest = z.infer<typeof manifest>;
type Facts = Omit<Manifest, 'entries' | 'format' | 'version'>;

export type ArchiveWriter = {
  add(name: string, bytes: Buffer): Promise<void>;
  /** Of a size known before; throws when it is another. */
  addStream(name: string, bytes: number, content: AsyncIterable<Uint8Array>): Promise<string>;
  finish(facts: Facts): Promise<void>;
};

export function writeArchive(path: string): ArchiveWriter {
  const tar = pack();
  const file = createWriteStream(path, { mode: 0o600, flags: 'wx' });
  const written = pipeline(tar as unknown as Readable, createGzip(), file);
  // Told by `finish`; until then it must not end the process.
  written.catch(() => undefined);
  const entries: z.infer<typeof entry>[] = [];

  async function addStream(name: string, bytes: number, content: AsyncIterable<Uint8Array>): Promise<string> {
    const hash = createHash('sha256');
    const target = tar.entry({ name, size: bytes, mode: 0o600 });
    async function* hashed(): AsyncGenerator<Uint8Array> {
      for await (const chunk of content) {
        hash.update(chunk);
        yield chunk;
      }
    }
    await Promise.race([pipeline(Readable.from(hashed()), target as unknown as NodeJS.WritableStream), written]);
    const sha256 = hash.digest('hex');
    entries.push({ name, bytes, sha256 });
    return sha256;
  }
  const add = async (name: string, bytes: Buffer): Promise<void> =>
    void (await addStream(name, bytes.length, Readable.from([bytes])));

  return {
    add,
    addStream,
    async finish(facts) {
      const whole: Manifest = { format: 'gatehouse-projects-backup', version: 1, ...facts, entries: [...entries] };
      await add(manifestName, Buffer.from(JSON.stringify(whole)));
      tar.finalize();
      await written;
      const handle = await open(path, 'r+');
      await handle.sync();
      await handle.close();
    },
  };
}

export type ReadEntry = { readonly name: string; readonly bytes: number; readonly content: AsyncIterable<Uint8Array> };

/** Each entry in order; one that is not read to its end is passed over. */
export async function* readEntries(path: string): AsyncGenerator<ReadEntry> {
  const tar = extract();
  const unpacked = pipeline(createReadStream(path), createGunzip(), tar as unknown as NodeJS.WritableStream);
  unpacked.catch(() => undefined);
  for await (const each of tar) {
    const { name, size = 0 } = each.header;
    yield { name, bytes: size, content: each as AsyncIterable<Uint8Array> };
    each.resume();
  }
  await unpacked;
}

/** Reads all of it and compares every size and digest. Throws `BackupFailed`. */
export async function verifyArchive(path: string): Promise<Manifest> {
  const seen = new Map<string, string>();
  let found: Manifest | undefined;
  try {
    for await (const { name, bytes, content } of readEntries(path)) {
      if (name === manifestName) found = parseManifest(await collect(content, manifestBytesMax));
      else seen.set(name, `${bytes} ${await digestOf(content)}`);
    }
  } catch (cause) {
    if (cause instanceof BackupFailed) throw cause;
    const why =
      cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
        ? 'there is no such file'
        : 'it is cut off or altered';
    throw new BackupFailed(`The backup '${path}' cannot be read: ${why}. Take another one.`, { cause });
  }
  if (!found) throw new BackupFailed(`The backup '${path}' has no list of what is in it: it is cut off, or no backup.`);
  for (const { name, bytes, sha256 } of found.entries)
    if (seen.get(name) !== `${bytes} ${sha256}`)
      throw new BackupFailed(
        `'${name}' in the backup is not what was written. The backup was altered; take another one.`,
      );
  if (seen.size !== found.entries.length)
    throw new BackupFailed('The backup holds more than its own list names. It was altered; take another one.');
  return found;
}

export async function collect(content: AsyncIterable<Uint8Array>, bytesMax: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new BackupFailed('A part of the backup is larger than any that is written.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function digestOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of content) hash.update(chunk);
  return hash.digest('hex');
}

function parseManifest(bytes: Buffer): Manifest {
  const parsed = manifest.safeParse(JSON.parse(bytes.toString('utf8')));
  if (parsed.success) return parsed.data;
  throw new BackupFailed('This is no backup that this version can read. A newer version may have made it.');
}
