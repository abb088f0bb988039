/** Why a users file cannot be used. Messages name the file, lines and keys, never a digest or a mail address. */
import { formatProblems, type Problem } from '../../config/problem.ts';

export class UsersFileFailure extends Error {
  readonly code: string = 'users-file-failure';
  override readonly name: string = 'UsersFileFailure';
}

/** There was no file. A sample stands there now, for someone to fill in. */
export class UsersFileMissing extends UsersFileFailure {
  override readonly code = 'users-file-missing';
  override readonly name = 'UsersFileMissing';
}

/** The file is there and cannot be read, or is not there and cannot be written. */
export class UsersFileUnreadable extends UsersFileFailure {
  override readonly code = 'users-file-unreadable';
  override readonly name = 'UsersFileUnreadable';
}

/** The file was read and says something that cannot be used. All of it is listed. */
export class UsersFileBroken extends UsersFileFailure {
  override readonly code = 'users-file-broken';
  override readonly name = 'UsersFileBroken';
  readonly problems: readonly Problem[];

  constructor(path: string, problems: readonly Problem[]) {
    super(`The users file ${path} cannot be used.\n\n${formatProblems(problems)}`);
    this.problems = problems;
  }
}

/** A password stands in an anchor or a merged mapping, where others may share it. */
export class PasswordShared extends UsersFileFailure {
  override readonly code = 'users-file-password-shared';
  override readonly name = 'PasswordShared';

  constructor(path: string) {
    super(
      `A person of ${path} shares their password entry with others through an anchor, so it cannot be changed here. Write a 'password' of their own below their name.`,
    );
  }
}

/** Each time it was to be written it was another one than was read. */
export class UsersFileRestless extends UsersFileFailure {
  override readonly code = 'users-file-restless';
  override readonly name = 'UsersFileRestless';

  constructor(path: string) {
    super(`The users file ${path} changes all the time, so nothing can be written into it. See who else writes there.`);
  }
}
