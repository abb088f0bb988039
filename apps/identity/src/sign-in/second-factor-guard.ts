/**
 * Regulation around a second factor: whoever is banned is not heard, and what fails counts towards a ban as wrong passwords do,
 * in a count of its own, so that a right password in between wipes no slate. It knows no factor.
 */
import type { Attempt, Regulation } from '../regulation/regulation.ts';

export type SecondFactorRegulation = Pick<Regulation, 'mayTry' | 'recordFailure' | 'recordSuccess'>;

export type Banned = { readonly kind: 'banned' };

/** Runs one try. `failed`: whether this answer was somebody's wrong guess. */
export type GuardSecondFactor = <Answer extends { readonly kind: string }>(
  who: { readonly username: string; readonly address: string },
  tryIt: () => Promise<Answer>,
  failed: (answer: Answer) => boolean,
) => Promise<Answer | Banned>;

export function guardSecondFactor(regulation: SecondFactorRegulation): GuardSecondFactor {
  return async function guarded({ username, address }, tryIt, failed) {
    const attempt: Attempt = { username, address, factor: 'second' };
    if ((await regulation.mayTry(attempt)) === 'banned') return { kind: 'banned' };
    const answer = await tryIt();
    if (failed(answer)) await regulation.recordFailure(attempt);
    const verified = answer.kind === 'verified' ? await regulation.recordSuccess(attempt) : 'accepted';
    return verified === 'banned' ? { kind: 'banned' } : answer;
  };
}
