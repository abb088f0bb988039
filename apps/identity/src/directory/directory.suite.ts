/**
 * What every directory keeps to, whatever stands behind it. A backend gives a function that opens itself with the people
 * below; passwords and names are part of the agreement.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Directory } from './directory.ts';

/** Alice may sign in; Bob is disabled; Carol has neither mail address nor groups. */
export const suitePeople = [
  {
    username: 'alice',
    displayName: 'Alice Adams',
    email: 'alice@example.com',
    groups: ['staff', 'admins'],
    password: 'pä$$word one',
    disabled: false,
  },
  {
    username: 'bob',
    displayName: 'Bob Brown',
    email: 'bob@example.com',
    groups: ['staff'],
    password: 'password two',
    disabled: true,
  },
  {
    username: 'carol',
    displayName: 'Carol Clark',
    email: undefined,
    groups: [],
    password: 'password three',
    disabled: false,
  },
] as const;

export type OpenedDirectory = { readonly directory: Directory; readonly close: () => Promise<void> };

type Opens = () => Promise<OpenedDirectory>;
type SuiteOptions = { readonly skip?: string | false };

function withOpened(open: Opens) {
  return async function withDirectory(act: (directory: Directory) => Promise<void>): Promise<void> {
    const { directory, close } = await open();
    try {
      await act(directory);
    } finally {
      await close();
    }
  };
}

/** For directories that check a password as soon as it was set. */
export function describePasswordChange(name: string, open: Opens, options: SuiteOptions = {}): void {
  const withDirectory = withOpened(open);
  describe(`${name} taking new passwords`, options, () => {
    test('a new password takes the place of the old one, and nothing else of the person changes', () =>
      withDirectory(async (directory) => {
        const before = await directory.find('alice');
        assert.deepEqual(await directory.setPassword('alice', 'ein neües "pass\\wort\''), { kind: 'set' });
        assert.deepEqual(await directory.checkPassword('alice', 'pä$$word one'), { kind: 'refused' });
        assert.equal((await directory.checkPassword('alice', 'ein neües "pass\\wort\'')).kind, 'verified');
        assert.deepEqual(await directory.find('alice'), before);
        assert.equal((await directory.checkPassword('carol', 'password three')).kind, 'verified');
        assert.deepEqual(await directory.setPassword('alice', 'pä$$word one'), { kind: 'set' });
        assert.equal((await directory.checkPassword('alice', 'pä$$word one')).kind, 'verified');
      }));

    test('attack 17: a change by a password that was theirs until just now changes nothing', () =>
      withDirectory(async (directory) => {
        assert.deepEqual(await directory.setPassword('alice', 'by the mail'), { kind: 'set' });
        assert.deepEqual(await directory.setPassword('alice', 'by the old one', 'pä$$word one'), { kind: 'refused' });
        assert.equal((await directory.checkPassword('alice', 'by the mail')).kind, 'verified');
        assert.deepEqual(await directory.setPassword('alice', 'pä$$word one', 'by the mail'), { kind: 'set' });
      }));

    test('a mark stays while a password does, and every password has another one', () =>
      withDirectory(async (directory) => {
        const before = await directory.passwordMark('alice');
        assert.ok(before.kind === 'found');
        await directory.checkPassword('alice', 'pä$$word one');
        await directory.setPassword('carol', 'password three again');
        assert.deepEqual(await directory.passwordMark('alice'), before);
        await directory.setPassword('alice', 'another password');
        const after = await directory.passwordMark('alice');
        assert.ok(after.kind === 'found' && after.mark !== before.mark);
        assert.doesNotMatch(`${before.mark} ${after.mark}`, /another|word|\$|\{/);
        for (const name of ['bob', 'nobody', 'ALICE', '*', '__proto__', ''])
          assert.deepEqual(await directory.passwordMark(name), { kind: 'unknown' }, name);
        await directory.setPassword('alice', 'pä$$word one');
        await directory.setPassword('carol', 'password three');
      }));
  });
}

export function describeDirectory(name: string, open: Opens, options: SuiteOptions = {}): void {
  const withDirectory = withOpened(open);
  describe(`${name} as a directory`, options, () => {
    test('the right password is verified and comes with the identity', () =>
      withDirectory(async (directory) => {
        const answer = await directory.checkPassword('alice', 'pä$$word one');
        assert.ok(answer.kind === 'verified');
        assert.equal(answer.identity.username, 'alice');
        assert.equal(answer.identity.displayName, 'Alice Adams');
        assert.deepEqual(answer.identity.emails, ['alice@example.com']);
        assert.deepEqual([...answer.identity.groups].sort(), ['admins', 'staff']);
      }));

    test('attack 27: a wrong, an empty and somebody else’s password are refused', () =>
      withDirectory(async (directory) => {
        for (const password of ['pä$$word On', '', 'password three', 'pä$$word one '])
          assert.deepEqual(await directory.checkPassword('alice', password), { kind: 'refused' });
      }));

    test('an unknown and a disabled person are refused in the same words', () =>
      withDirectory(async (directory) => {
        assert.deepEqual(await directory.checkPassword('bob', 'password two'), { kind: 'refused' });
        assert.deepEqual(await directory.checkPassword('nobody', 'password two'), { kind: 'refused' });
        assert.deepEqual(await directory.checkPassword('', ''), { kind: 'refused' });
      }));

    test('finding a person tells the same identity as their password does', () =>
      withDirectory(async (directory) => {
        const checked = await directory.checkPassword('alice', 'pä$$word one');
        const found = await directory.find('alice');
        assert.ok(checked.kind === 'verified' && found.kind === 'found');
        assert.deepEqual(found.identity, checked.identity);
      }));

    test('a person without address or groups has empty lists', () =>
      withDirectory(async (directory) => {
        const found = await directory.find('carol');
        assert.ok(found.kind === 'found');
        assert.deepEqual([found.identity.emails, found.identity.groups], [[], []]);
      }));

    test('a disabled and an unknown person are unknown', () =>
      withDirectory(async (directory) => {
        assert.deepEqual(await directory.find('bob'), { kind: 'unknown' });
        assert.deepEqual(await directory.find('nobody'), { kind: 'unknown' });
      }));

    test('attack 27: names that mean something to a machine are only names', () =>
      withDirectory(async (directory) => {
        for (const login of [
          '__proto__',
          'constructor',
          '*',
          'alice)(uid=*',
          'alice\0',
          '../alice',
          'a'.repeat(10_000),
        ]) {
          assert.deepEqual(await directory.find(login), { kind: 'unknown' });
          assert.deepEqual(await directory.checkPassword(login, 'pä$$word one'), { kind: 'refused' });
        }
      }));

    test('nobody gets a password who may not sign in, and none by another name than their own', () =>
      withDirectory(async (directory) => {
        for (const name of ['bob', 'nobody', 'ALICE', '*', '__proto__', ''])
          assert.deepEqual(await directory.setPassword(name, 'a new password'), { kind: 'unknown' }, name);
        assert.deepEqual(await directory.checkPassword('bob', 'a new password'), { kind: 'refused' });
      }));

    test('many at once each get their own answer', () =>
      withDirectory(async (directory) => {
        const passwords = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 'pä$$word one' : 'wrong'));
        const answers = await Promise.all(passwords.map((password) => directory.checkPassword('alice', password)));
        assert.deepEqual(
          answers.map(({ kind }) => kind),
          passwords.map((password) => (password === 'wrong' ? 'refused' : 'verified')),
        );
      }));
  });
}
