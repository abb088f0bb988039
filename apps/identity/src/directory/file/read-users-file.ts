/** Gets a users file from the disk, within a size, and reads it whole. A first start without a file leaves a sample. */
import { readFile, stat } from 'node:fs/promises';
import type { Problem } from '../../config/problem.ts';
import { writeSampleUsersFile } from './sample-file.ts';
import { parseUsersFile, type UsersFile, type UsersFileOptions } from './users-file.ts';
import { UsersFileBroken, UsersFileMissing, UsersFileUnreadable } from './users-file-failures.ts';

/** Some tens of thousands of people. */
const fileBytesMax = 16 * 2 ** 20;

export type ReadUsers = { readonly file: UsersFile; readonly text: string; readonly warnings: readonly Problem[] };

/** Throws a `UsersFileFailure`. */
export async function readUsersFile(options: UsersFileOptions): Promise<ReadUsers> {
  const text = await readUsersText(options.path);
  const answer = parseUsersFile(text, options);
  if (answer.kind === 'broken') throw new UsersFileBroken(options.path, answer.problems);
  return { ...answer, text };
}

/** The same at start: a file that is not there is written as a sample, and that is still a failure. */
export async function readUsersFileAtStart(options: UsersFileOptions): Promise<ReadUsers> {
  try {
    return await readUsersFile(options);
  } catch (failure) {
    if (failure instanceof UsersFileUnreadable && isCode(failure.cause, 'ENOENT')) await leaveSample(options.path);
    throw failure;
  }
}

/** Throws `UsersFileUnreadable`. */
export async function readUsersText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size <= fileBytesMax) return await readFile(path, 'utf8');
  } catch (cause) {
    throw new UsersFileUnreadable(
      isCode(cause, 'ENOENT')
        ? `There is no users file at ${path}. Put it there, or correct 'authentication_backend.file.path'.`
        : `The users file ${path} cannot be read (${codeOf(cause)}). See that it is a file and may be read by this user.`,
      { cause },
    );
  }
  throw new UsersFileUnreadable(
    `The users file ${path} is larger than ${fileBytesMax} bytes. Keep so many people in an LDAP server.`,
  );
}

async function leaveSample(path: string): Promise<never> {
  try {
    await writeSampleUsersFile(path);
  } catch (cause) {
    throw new UsersFileUnreadable(
      `There is no users file at ${path}, and no sample can be written there (${codeOf(cause)}). Make the folder, or correct 'authentication_backend.file.path'.`,
      { cause },
    );
  }
  throw new UsersFileMissing(
    `There was no users file at ${path}. A sample has been written there: put your people in, then start again.`,
  );
}

function isCode(cause: unknown, code: string): boolean {
  return codeOf(cause) === code;
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown cause';
}
