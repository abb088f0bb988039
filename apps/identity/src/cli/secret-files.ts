/** Files of the commands that hold what people sign in with: made new, for the user who runs the command alone. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

/** A file cannot be written or read. */
export class FileRefused extends Error {
  readonly code = 'file-refused';
  override readonly name = 'FileRefused';
}

/** Throws `FileRefused`, also when there is such a file already. */
export function writeSecretFile(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    throw new FileRefused(`'${path}' cannot be written: ${reasonOf(cause)}`, { cause });
  }
}

/** Throws `FileRefused`. A folder that is there already is taken as it is. */
export function makeSecretFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new FileRefused(`The folder '${path}' cannot be made: ${reasonOf(cause)}`, { cause });
  }
}

/** Throws `FileRefused`. */
export function readSecretFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new FileRefused(`'${path}' cannot be read: ${reasonOf(cause)}`, { cause });
  }
}

function reasonOf(cause: unknown): string {
  switch (cause instanceof Error && 'code' in cause ? cause.code : undefined) {
    case 'EEXIST':
      return 'there is one already. Name another with --file, or move that one away.';
    case 'ENOENT':
      return 'it, or its folder, is not there. Check the path.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'this process may not. Check the rights, or choose another place.';
    case 'EISDIR':
      return 'it is a folder. Name a file.';
    default:
      return cause instanceof Error ? cause.message : String(cause);
  }
}
