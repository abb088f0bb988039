/**
 * What a configuration was read from: files, folders, and what stood there. Compared with the disk later, it tells whether a
 * reading would find something else now. It does not know what the files mean.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';

/** By path: what stood there just before it was read. */
export type Sources = ReadonlyMap<string, string>;

/** To be called before a path is read, so that a change in between is not lost. */
export type NoteSource = (path: string) => void;

export function noteInto(sources: Map<string, string>): NoteSource {
  return (path) => {
    if (!sources.has(path)) sources.set(path, fingerprintOf(path));
  };
}

/** Differs when a file has other bytes or a folder other names (hidden ones, such as those of editors, do not count); a path that cannot be read has one too. */
export function fingerprintOf(path: string): string {
  try {
    const content = statSync(path).isDirectory() ? namesIn(path) : readFileSync(path);
    return createHash('sha256').update(content).digest('base64url');
  } catch (cause) {
    return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  }
}

function namesIn(folder: string): string {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort()
    .join('/');
}
