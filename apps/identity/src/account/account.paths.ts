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
  revoke: '/revoke/one-time-code',
} as const;

/** What somebody wants to do and where they go on after it. */
export type Intent = {
  readonly action: 'add' | 'remove' | 'password';
  /** A path of this portal, from `parseReturnPath`. */
  readonly returnTo: string | undefined;
};

/** The name of `returnTo` in queries and forms. An object with a member of that name would pass for a promise. */
export const returnField = 'then';

/** The page that an intent begins on. */
export function homeOf(action: Intent['action']): string {
  return action === 'password' ? passwordPaths.change : paths.twoFactor;
}

export function intentFields({ action, returnTo }: Intent): Readonly<Record<string, string | undefined>> {
  return { action, [returnField]: returnTo };
}

/** A path with the query fields that have a value. */
export function pathWith(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const fields = Object.entries(query).filter((field): field is [string, string] => field[1] !== undefined);
  return fields.length === 0 ? path : `${path}?${new URLSearchParams(fields)}`;
}
