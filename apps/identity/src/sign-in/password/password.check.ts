/**
 * Is this the person's password? Whoever is banned is not looked at, and regulation is told what came of it; but a banned,
 * unknown or disabled name pays for the same work and gets the same answer, so that neither words nor time tell them apart,
 * nor a right password that comes at the wrong time. What fails from one address is limited, wherever a password is asked for.
 * It knows no pages and no sessions.
 */
import type { Directory, PasswordAnswer } from '../../directory/directory.ts';
import type { AttemptLimit, AttemptLimiter } from '../../regulation/limiter.ts';
import { networkOf } from '../../regulation/network.ts';
import type { Attempt, Regulation } from '../../regulation/regulation.ts';
import { type Limited, openTries } from '../../regulation/tries.ts';

export type CheckPassword = (typed: {
  readonly login: string;
  readonly password: string;
  readonly address: string;
}) => Promise<PasswordAnswer | Limited>;

export function openPasswordCheck(parts: {
  readonly directory: Pick<Directory, 'checkPassword'>;
  readonly regulation: Regulation;
  readonly limiter: AttemptLimiter;
  /** `server.endpoints.rate_limits.first_factor`: what fails from one address. */
  readonly addressLimits: readonly AttemptLimit[];
}): CheckPassword {
  const { directory, regulation } = parts;
  const tries = openTries(parts.limiter);

  async function check({ login, password, address }: Parameters<CheckPassword>[0]): Promise<PasswordAnswer> {
    const attemptOf = (username: string | undefined): Attempt => ({ username, typed: login, address });
    let isBanned = false;
    return directory.checkPassword(login, password, {
      async mayTry(username) {
        isBanned = await regulation.isBanned(attemptOf(username));
        return !isBanned;
      },
      async conclude(username, isRight) {
        const attempt = attemptOf(username);
        if (isRight) return (await regulation.recordSuccess(attempt)) === 'accepted';
        await (isBanned ? regulation.recordBanned(attempt) : regulation.recordFailure(attempt));
        return false;
      },
    });
  }

  return (typed) => {
    const bucket = `first factor address ${networkOf(typed.address)}`;
    return tries.make(
      parts.addressLimits.map((limit) => ({ bucket, limit })),
      () => check(typed),
      // A right password is no guess, and while nobody can be looked up nobody guesses.
      ({ kind }) => kind === 'refused',
    );
  };
}
