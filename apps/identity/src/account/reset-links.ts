/**
 * Links to a new password: an unguessable value that goes by mail, works once, and dies with the next one, with any change
 * of the password, or when whoever got it says so. They are sealed values that expire; a stored row is no link.
 *
 * It knows no pages and no mail.
 */
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';

export type ResetLinks = {
  /** A new link; the ones before it are void. */
  issue(username: string): Promise<{ readonly token: string; readonly revokeId: string }>;
  /** Whose link it is, without using it up. */
  find(token: string): Promise<string | undefined>;
  /** Uses it up: of any number of callers one gets the name. */
  redeem(token: string): Promise<string | undefined>;
  /** In place of one that was used up for nothing, because the directory could not take the password. */
  again(username: string): Promise<string>;
  /** By the mail's other link, which cannot set a password. */
  revoke(revokeId: string): Promise<void>;
  /** All of a person's: their password is another one now. */
  forget(username: string): Promise<void>;
};

const kind = 'reset-password';
const revocation = 'reset-password revocation';

type Held = { readonly username: string };

export function openResetLinks(parts: {
  readonly volatile: SealedVolatile;
  readonly nowMs: () => number;
  /** Unguessable, such as 16 random bytes. */
  readonly newId: () => string;
  readonly lifespanMs: number;
}): ResetLinks {
  const { volatile, nowMs, newId } = parts;
  const grantOf = (username: string): string => `reset-password ${username}`;

  async function write(username: string): Promise<string> {
    const token = newId();
    await volatile.put(kind, token, {
      value: { username } satisfies Held,
      expiresAtMs: nowMs() + parts.lifespanMs,
      grantId: grantOf(username),
    });
    return token;
  }

  async function find(token: string): Promise<string | undefined> {
    const entry = await volatile.get(kind, token);
    return entry && entry.consumedAtMs === undefined ? (entry.value as Held).username : undefined;
  }

  return {
    find,
    again: write,
    async issue(username) {
      await volatile.deleteByGrant(grantOf(username));
      const token = await write(username);
      const revokeId = newId();
      await volatile.put(revocation, revokeId, {
        value: { username } satisfies Held,
        expiresAtMs: nowMs() + parts.lifespanMs,
        grantId: grantOf(username),
      });
      return { token, revokeId };
    },
    async redeem(token) {
      const username = await find(token);
      if (username === undefined || (await volatile.consume(kind, token)) !== 'consumed') return undefined;
      return username;
    },
    async revoke(revokeId) {
      const entry = await volatile.get(revocation, revokeId);
      if (entry) await volatile.deleteByGrant(grantOf((entry.value as Held).username));
    },
    forget: (username) => volatile.deleteByGrant(grantOf(username)),
  };
}
