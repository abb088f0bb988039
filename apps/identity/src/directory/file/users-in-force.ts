/**
 * The people of a users file as they are in force: read at start, when the file changes, and after whatever this process wrote
 * into it, through whichever configuration. The file is swapped whole, and an edit that cannot be used leaves the people before
 * in place and one line in the log.
 */
import type { Digest } from '@gatehouse/password/digest.ts';
import { decoyOf } from '@gatehouse/password/generate.ts';
import type { Log } from '@gatehouse/web/log.ts';
import type { Problem } from '../../config/problem.ts';
import type { FileTurns } from './file-turns.ts';
import { type ReadUsers, readUsersFile, readUsersFileAtStart, readUsersText } from './read-users-file.ts';
import { replaceFile } from './replace-file.ts';
import type { UserEntry } from './user-entry.ts';
import type { UserIndex } from './user-index.ts';
import { parseUsersFile, type UsersFile, type UsersFileOptions } from './users-file.ts';
import { UsersFileBroken, UsersFileRestless } from './users-file-failures.ts';
import { fileSignature, watchFile } from './watch-file.ts';

export type UsersInForceOptions = UsersFileOptions & {
  /** Follow changes of the file. */
  readonly watch: boolean;
  /** Shared with whoever else in this process may have the file open. */
  readonly turns: FileTurns;
  /** Not in the way of opening while somebody in this process could use it before: that one counts. */
  readonly mayBeBroken?: boolean;
  readonly log: Log;
};

export type UsersInForce = {
  lookUp(login: string): UserEntry | undefined;
  /** A digest of each kind that there is, against which nothing matches. */
  readonly decoys: () => readonly Digest[];
  /**
   * `change` gets the file as it is now, an edit that was not read yet included, and answers with the text that is to be in its
   * place, or with why there is none. It is asked again when somebody else has written meanwhile. Throws what reading and
   * writing throw, and then the people stay.
   */
  edit<Refusal extends object>(
    change: (text: string, people: UserIndex) => Promise<string | Refusal>,
  ): Promise<'written' | Refusal>;
  close(): void;
};

/** Somebody who writes so often is a fault elsewhere. */
const startsMax = 10;

/** Throws a `UsersFileFailure` that lists everything wrong. */
export function openUsersInForce(options: UsersInForceOptions): Promise<UsersInForce> {
  // Nobody writes between the reading and the joining.
  return options.turns.take(() => openInTurn(options));
}

async function openInTurn(options: UsersInForceOptions): Promise<UsersInForce> {
  const { path, turns, log } = options;
  const since = await fileSignature(path);
  const read = turns.usable.has(path) ? readUsersFile : readUsersFileAtStart;
  const first = await read(options).catch(usableBefore);
  tellWarnings(log, path, first.warnings);
  let people = first.file;
  let decoys = decoysOf(people);
  turns.usable.set(path, first.text);

  function usableBefore(failure: unknown): ReadUsers {
    const text = turns.usable.get(path);
    if (!options.mayBeBroken || text === undefined) throw failure;
    tellBroken(log, path, failure);
    return { file: parsed(text), text, warnings: [] };
  }

  function putInForce(file: UsersFile, text: string): void {
    people = file;
    decoys = decoysOf(file);
    turns.usable.set(path, text);
  }

  async function readAgain(): Promise<void> {
    try {
      const { file, text, warnings } = await readUsersFile(options);
      putInForce(file, text);
      log.info({ file: path, people: file.count }, 'users file read again');
      tellWarnings(log, path, warnings);
    } catch (failure) {
      tellBroken(log, path, failure);
    }
  }

  const watching = options.watch
    ? watchFile({
        path,
        since,
        changed: () => turns.take(readAgain),
        failed: (err) =>
          log.warn(
            { err, file: path },
            'changes of the users file are not reported; it is looked at every few seconds instead',
          ),
      })
    : undefined;

  const member = turns.join(readAgain);

  /** False: somebody else has written since `before` was read. */
  async function replaced(before: string, text: string, count: number): Promise<boolean> {
    const file = parsed(text);
    if (file.count !== count) throw new TypeError('a rewritten users file lost people');
    const answer = await replaceFile(path, text, async () => (await readUsersText(path)) === before);
    if (answer === 'changed') return false;
    putInForce(file, text);
    await member.wrote();
    return true;
  }

  function parsed(text: string): UsersFile {
    const answer = parseUsersFile(text, options);
    if (answer.kind === 'broken') throw new UsersFileBroken(path, answer.problems);
    return answer.file;
  }

  return {
    lookUp: (login) => people.index.lookUp(login),
    decoys: () => decoys,
    edit(change) {
      return turns.take(async () => {
        for (let start = 0; start < startsMax; start += 1) {
          const before = await readUsersText(path);
          const { index, count } = parsed(before);
          const answer = await change(before, index);
          if (typeof answer === 'object') return answer;
          if (await replaced(before, answer, count)) return 'written';
        }
        throw new UsersFileRestless(path);
      });
    },
    close() {
      watching?.close();
      member.leave();
    },
  };
}

function decoysOf({ digestKinds }: UsersFile): readonly Digest[] {
  return digestKinds.map(decoyOf);
}

function tellWarnings(log: Log, path: string, warnings: readonly Problem[]): void {
  for (const { line, key, message, cure } of warnings) log.warn({ file: path, line, key }, `${message} ${cure}`);
}

/** One line for an edit, naming the first cause; the others show when that one is mended. */
function tellBroken(log: Log, path: string, failure: unknown): void {
  const kept = 'the users file cannot be used and the people read before stay in force';
  const problem =
    failure instanceof UsersFileBroken ? failure.problems.find(({ severity }) => severity === 'error') : undefined;
  if (failure instanceof UsersFileBroken && problem) {
    const { line, key, message, cure } = problem;
    log.error({ file: path, line, key, problems: failure.problems.length }, `${kept}: ${message} ${cure}`);
  } else log.error({ file: path }, `${kept}: ${failure instanceof Error ? failure.message : 'unknown cause'}`);
}
