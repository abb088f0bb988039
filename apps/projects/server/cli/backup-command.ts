/** `projects backup` and `projects restore`: one archive with the database and the files that the configuration names. */
import type { Manifest } from '../backup/archive.ts';
import { makeBackup } from '../backup/backup.ts';
import { BackupFailed } from '../backup/failure.ts';
import { restoreBackup } from '../backup/restore.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { storeOf } from '../files/open-files.ts';

export const backupUsage = `  projects backup <file>              writes database and files to one archive, while the workspace runs
  projects restore <file> [--replace] puts them into an empty place; --replace gives up what is there. Stop the workspace first
`;

type Place = Pick<Configuration, 'database' | 'files'>;

/** Answers with what to print. Throws `BackupFailed`. */
export async function runBackupCommand({ database, files }: Place, words: readonly string[]): Promise<string> {
  const path = onlyFile(words);
  const manifest = await makeBackup({ database, files: storeOf(files), nowMs: Date.now }, path);
  return `Backed up ${sayWhat(manifest)} to ${path}. It was read again and is whole.\n${sayMissing(manifest)}`;
}

/** Answers with what to print. Throws `BackupFailed`. */
export async function runRestoreCommand(
  { database, files }: Place,
  words: readonly string[],
  replace: boolean,
): Promise<string> {
  const path = onlyFile(words);
  const manifest = await restoreBackup({ database, files: storeOf(files) }, path, { replace });
  return `Restored ${sayWhat(manifest)}, as they were at ${manifest.createdAt}.\n${sayMissing(manifest)}`;
}

function onlyFile(words: readonly string[]): string {
  const [path, ...further] = words;
  if (!path || further.length > 0) throw new BackupFailed(`Name one file:\n${backupUsage}`);
  return path;
}

function sayWhat({ rows, entries }: Manifest): string {
  const count = Object.values(rows).reduce((sum, each) => sum + each, 0);
  const files = entries.filter(({ name }) => name.startsWith('files/')).length;
  return `${count} rows of ${Object.keys(rows).length} tables and ${files} files`;
}

function sayMissing({ missingFiles }: Manifest): string {
  if (missingFiles.length === 0) return '';
  return `${missingFiles.length} files are named in the database and are not in their store: ${missingFiles.join(', ')}\n`;
}
