/**
 * Is this the person's password? Bans come first, but a banned, unknown or disabled name pays for the same digest and gets
 * the same answer, so that neither words nor time tell them apart. It knows no pages and no sessions.
 */
import type { Directory, Identity } from '../../directory/directory.ts';
import type { Regulation } from '../../regulation/regulation.ts';

/** What this check needs of regulation. */
export type PasswordRegulation = Pick<Regulation, 'mayTry' | 'recordFailure' | 'recordSuccess'>;

export type PasswordCheckAnswer =
  | { readonly kind: 'verified'; readonly identity: Identity }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unavailable'; readonly cause: unknown };

export async function checkPassword(
  parts: { readonly directory: Pick<Directory, 'find' | 'checkPassword'>; readonly regulation: PasswordRegulation },
  typed: { readonly login: string; readonly password: string; readonly address: string },
): Promise<PasswordCheckAnswer> {
  const { directory, regulation } = parts;
  const found = await directory.find(typed.login);
  if (found.kind === 'unavailable') return found;
  const username = found.kind === 'found' ? found.identity.username : undefined;
  const attempt = { username, address: typed.address };
  const permission = await regulation.mayTry(attempt);
  const answer = await directory.checkPassword(typed.login, typed.password);
  if (answer.kind === 'unavailable') return answer;
  if (permission === 'banned') return { kind: 'refused' };
  if (answer.kind === 'refused') {
    await regulation.recordFailure(attempt);
    return { kind: 'refused' };
  }
  const acceptance = await regulation.recordSuccess({ ...attempt, username: answer.identity.username });
  return acceptance === 'banned' ? { kind: 'refused' } : answer;
}
