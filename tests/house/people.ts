/** Who lives in a test house: three people with a part of their own, and a crowd for tests that need many at once. */
import { argon2Sync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { Person } from '../browser/verbs.ts';

type Role = 'alice' | 'bob' | 'carol';

export type People = Readonly<Record<Role, Person>> & { readonly crowd: readonly Person[] };

/**
 * Writes the users file: alice, bob, carol, who is disabled, and `crowd` more (`alice-1`, …). Digests are cheap: these tests
 * are not about them.
 */
export function writePeople(path: string, crowd = 0): People {
  const people = {
    alice: person('alice'),
    bob: person('bob'),
    carol: person('carol'),
    crowd: Array.from({ length: crowd }, (_, index) => person(`alice-${index + 1}`)),
  };
  const all = [people.alice, people.bob, people.carol, ...people.crowd];
  const entries = all.map((each) => entryOf(each, { disabled: each === people.carol }));
  writeFileSync(path, `users:\n${entries.join('')}`, { mode: 0o600 });
  return people;
}

/** One person of a users file; a test that edits the file writes with it too. */
export function entryOf(
  { username, password }: Person,
  options: { readonly disabled?: boolean /** Lines of YAML, indented by four. */; readonly further?: string } = {},
): string {
  const name = `${username.slice(0, 1).toUpperCase()}${username.slice(1)}`;
  return `  ${username}:
    displayname: '${name} Example'
    given_name: '${name}'
    family_name: 'Example'
    email: '${username}@example.com'
    groups: ['dev']
    disabled: ${options.disabled ?? false}
    password: '${cheapDigest(password)}'
${options.further ?? ''}`;
}

export function person(username: string): Person {
  return { username, password: `${username} has a long password` };
}

function cheapDigest(password: string): string {
  const nonce = randomBytes(16);
  const parameters = { memory: 8192, passes: 1, parallelism: 1, tagLength: 32 };
  const key = argon2Sync('argon2id', { message: password, nonce, ...parameters });
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=8192,t=1,p=1$${base64(nonce)}$${base64(key)}`;
}
