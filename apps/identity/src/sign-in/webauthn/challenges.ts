/**
 * Challenges that wait for their answer: sealed values that end with the timeout of the configuration, each good for one
 * answer, and only for the purpose, the place and the session that it was made for.
 */
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';

export type Purpose = {
  readonly kind: 'second-factor' | 'passkey' | 'registration';
  /** Path of the sign-in, or of the page, that asked. */
  readonly place: string;
  readonly rpId: string;
  /** Absent where nobody is signed in yet. */
  readonly sessionId?: string;
};

export type Challenges = {
  /** `id` is unguessable and goes to the browser beside the challenge. */
  issue(purpose: Purpose): Promise<{ readonly id: string; readonly challenge: string }>;
  /** The challenge, once; undefined for one that is over, spent, or made for something else. */
  redeem(id: string, purpose: Purpose): Promise<string | undefined>;
};

const kind = 'webauthn-challenge';
const challengeBytes = 32;
/** For the way there and back, beside the time that the person has. */
const graceMs = 10_000;

type Held = { readonly challenge: string; readonly purpose: Purpose };

export function openChallenges(parts: {
  readonly volatile: SealedVolatile;
  readonly timeoutMs: number;
  readonly nowMs: () => number;
  readonly randomBytes: (size: number) => Uint8Array;
}): Challenges {
  const { volatile } = parts;
  const random = (): string => Buffer.from(parts.randomBytes(challengeBytes)).toString('base64url');
  return {
    async issue(purpose) {
      const [id, challenge] = [random(), random()];
      const value: Held = { challenge, purpose };
      await volatile.put(kind, id, { value, expiresAtMs: parts.nowMs() + parts.timeoutMs + graceMs });
      return { id, challenge };
    },
    async redeem(id, purpose) {
      const held = (await volatile.get(kind, id))?.value as Held | undefined;
      if (!held || !isSame(held.purpose, purpose)) return undefined;
      return (await volatile.consume(kind, id)) === 'consumed' ? held.challenge : undefined;
    },
  };
}

function isSame(one: Purpose, other: Purpose): boolean {
  return (
    one.kind === other.kind && one.place === other.place && one.rpId === other.rpId && one.sessionId === other.sessionId
  );
}
