/** Where the pages of an account stand, and what their addresses carry from page to page. */

import { passwordPaths } from './password.paths.ts';

export const paths = {
  twoFactor: '/settings/two-factor',
  proof: '/settings/two-factor/proof',
  proofAgain: '/settings/two-factor/proof/again',
  oneTimeCode: '/settings/two-factor/one-time-code',
  confirm: '/settings/two-factor/one-time-code/confirm',
  done: '/settings/two-factor/done',
  remove: '/settings/two-factor/remove',
  key: '/settings/two-factor/security-key',
  newKey: '/settings/two-factor/security-key/new',
  newKeyBegin: '/settings/two-factor/security-key/new/begin',
  keyDone: '/settings/two-factor/security-key/done',
  changeKey: '/settings/two-factor/security-key/change',
  renameKey: '/settings/two-factor/security-key/rename',
  removeKey: '/settings/two-factor/security-key/remove',
  recovery: '/settings/two-factor/recovery-codes',
  makeRecovery: '/settings/two-factor/recovery-codes/new',
  keepRecovery: '/settings/two-factor/recovery-codes/file',
  preferred: '/settings/two-factor/preferred',
  push: '/settings/two-factor/push',
  forgetPush: '/settings/two-factor/push/forget',
  revoke: '/revoke/one-time-code',
  applications: '/settings/applications',
  withdraw: '/settings/applications/withdraw',
  sessions: '/settings/sessions',
  endSession: '/settings/sessions/end',
  endOthers: '/settings/sessions/end-others',
} as const;

/** What somebody wants to do and where they go on after it. */
export type Intent = {
  readonly action: 'add' | 'remove' | 'password' | 'add-key' | 'change-key' | 'recovery' | 'forget-push';
  /** Which security key to change. */
  readonly key?: string | undefined;
  /** A path of this portal, from `parseReturnPath`. */
  readonly returnTo: string | undefined;
};

/** The name of `returnTo` in queries and forms. An object with a member of that name would pass for a promise. */
export const returnField = 'then';

/** The page that an intent begins on. */
export function homeOf(action: Intent['action']): string {
  return action === 'password' ? passwordPaths.change : paths.twoFactor;
}

export function intentFields({ action, key, returnTo }: Intent): Readonly<Record<string, string | undefined>> {
  return { action, key, [returnField]: returnTo };
}

/** Where an intent goes on once everything that it needs is proven. */
export function nextAfterProof({ action, key, returnTo }: Intent): string {
  const pages = {
    remove: paths.remove,
    'add-key': paths.newKey,
    'change-key': paths.changeKey,
    add: paths.twoFactor,
    recovery: paths.makeRecovery,
    'forget-push': paths.forgetPush,
  };
  const page = action === 'password' ? homeOf(action) : pages[action];
  return pathWith(page, { key, [returnField]: returnTo });
}

/** A path with the query fields that have a value. */
export function pathWith(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const fields = Object.entries(query).filter((field): field is [string, string] => field[1] !== undefined);
  return fields.length === 0 ? path : `${path}?${new URLSearchParams(fields)}`;
}
