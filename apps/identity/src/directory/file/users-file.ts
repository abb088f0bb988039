/**
 * The text of a users file turned into people, or into everything that is wrong with it. Does no I/O.
 */
import { costOf, type Digest } from '@gatehouse/password/digest.ts';
import type { Problem } from '../../config/problem.ts';
import { type ExtraAttributes, nameInMessages, readUser, type UserEntry } from './user-entry.ts';
import { buildUserIndex, findIndexFaults, type SearchOptions, type UserIndex } from './user-index.ts';
import { readYaml } from './yaml-source.ts';

export type UsersFileOptions = {
  /** As messages name it. */
  readonly path: string;
  readonly search: SearchOptions;
  readonly extraAttributes: ExtraAttributes;
};

export type UsersFile = {
  readonly index: UserIndex;
  readonly count: number;
  /** A digest with the cost that most people's have; of those who may sign in, if there are any. */
  readonly usualDigest: Digest;
};

export type UsersFileAnswer =
  | { readonly kind: 'read'; readonly file: UsersFile; readonly warnings: readonly Problem[] }
  | { readonly kind: 'broken'; readonly problems: readonly Problem[] };

export function parseUsersFile(text: string, options: UsersFileOptions): UsersFileAnswer {
  const source = readYaml(options.path, text);
  const users = source.problems.length === 0 ? readUsers(source, options.extraAttributes) : [];
  for (const { user, key, message, cure } of findIndexFaults(users, options.search)) {
    const place = `users.${nameInMessages(user.identity.username)}`;
    source.problemAtLine(user.line, key === 'email' ? `${place}.email` : place, message, cure);
  }
  const problems = source.problems.toSorted((a, b) => a.line - b.line);
  const usualDigest = mostUsual(users);
  if (problems.some(({ severity }) => severity === 'error') || !usualDigest) return { kind: 'broken', problems };
  const index = buildUserIndex(users, options.search);
  return { kind: 'read', file: { index, count: users.length, usualDigest }, warnings: problems };
}

function readUsers(source: ReturnType<typeof readYaml>, declared: ExtraAttributes): UserEntry[] {
  const top = source.mapping(source.root, '');
  const section = top?.find(({ name }) => name === 'users');
  const entries = section ? source.mapping(section.value, 'users') : [];
  if (top && entries?.length === 0)
    source.report(
      'error',
      section?.at ?? null,
      'users',
      'The file names nobody.',
      "Write at least one person under 'users:'.",
    );
  return (entries ?? []).flatMap((entry) => readUser(source, entry, declared) ?? []);
}

function mostUsual(users: readonly UserEntry[]): Digest | undefined {
  const enabled = users.filter(({ disabled }) => !disabled);
  const byCost = Object.groupBy(enabled.length > 0 ? enabled : users, ({ digest }) => costOf(digest));
  return Object.values(byCost).reduce<UserEntry[]>(
    (most, some = []) => (some.length > most.length ? some : most),
    [],
  )[0]?.digest;
}
