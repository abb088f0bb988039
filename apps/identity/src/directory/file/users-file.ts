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
  /** A digest of each cost, the most usual first; of those who may sign in, if there are any. At most `digestKindsMax`. */
  readonly digestKinds: readonly Digest[];
};

/** A refusal costs one digest of each kind, so there is an end to how many count. */
export const digestKindsMax = 6;

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
  const kinds = kindsOf(users);
  if (kinds.length > digestKindsMax)
    source.report(
      'warning',
      null,
      'users',
      `The passwords are digests of ${kinds.length} algorithms and costs, and refusals pay for the ${digestKindsMax} most usual: how long they take tells who has one of the others.`,
      'Give people with old digests a new password, or write fewer kinds.',
    );
  const problems = source.problems.toSorted((a, b) => a.line - b.line);
  if (problems.some(({ severity }) => severity === 'error')) return { kind: 'broken', problems };
  const index = buildUserIndex(users, options.search);
  return {
    kind: 'read',
    file: { index, count: users.length, digestKinds: kinds.slice(0, digestKindsMax) },
    warnings: problems,
  };
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

function kindsOf(users: readonly UserEntry[]): Digest[] {
  const enabled = users.filter(({ disabled }) => !disabled);
  const byCost = Object.groupBy(enabled.length > 0 ? enabled : users, ({ digest }) => costOf(digest));
  return Object.values(byCost)
    .toSorted((some = [], others = []) => others.length - some.length)
    .flatMap(([first] = []) => first?.digest ?? []);
}
