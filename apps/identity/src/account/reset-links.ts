/**
 * Links to a new password: an unguessable value that goes by mail, works once, and dies with the next one, with any change
 * of the password, or when whoever got it says so. They are sealed values that expire; a stored row is no link.
 *
 * A person has one request at a time, the newest, and a link counts only while it belongs to that: what is written late,
 * by whoever was busy meanwhile, is no link.
 *
 * A link remembers what it was made for: whose it is, the mailbox it went to, and the password it is to take the place of.
 * Whether that still holds is for `reset-holder.ts` to find out; this file knows no directory, no pages and no mail.
 */
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';

/** What a link was made for. */
export type MadeFor = {
  readonly username: string;
  /** See `mailbox-digest.ts`. */
  readonly mailbox: string;
  /** The directory's mark of the password that was forgotten. */
  readonly passwordMark: string;
};

/** One asks for one link; a mail that has to be sent again is still the same request. */
export type ResetRequest = { readonly id: string; readonly askedAtMs: number };

/** When it ends is settled when it is made, however often it is used up for nothing. */
export type ResetLink = MadeFor & { readonly requestId: string; readonly expiresAtMs: number };

export type ResetLinks = {
  request(): ResetRequest;
  /** Whether there is nothing left to mail for it: another link was asked for since, or it was cancelled or used. */
  isOver(username: string, request: ResetRequest): Promise<boolean>;
  /** A new link; those of every other request are void. */
  issue(madeFor: MadeFor, request?: ResetRequest): Promise<{ readonly token: string; readonly revokeId: string }>;
  /** What it was made for, without using it up. */
  find(token: string): Promise<ResetLink | undefined>;
  /** Uses it up: of any number of callers one gets what it was made for. */
  redeem(token: string): Promise<ResetLink | undefined>;
  /** In place of one that was used up for nothing, because the directory could not take the password; it lives no longer. */
  again(link: ResetLink): Promise<string>;
  /** By the mail's other link, which cannot set a password. Whether there was anything to revoke. */
  revoke(revokeId: string): Promise<boolean>;
  /** All of a person's: their password is another one now. */
  forget(username: string): Promise<void>;
};

type Newest = { readonly id: string; readonly username: string; readonly issuedAtMs: number };

const linkKind = 'reset-password';
/** A person's newest is found by their name. It is consumed when it is cancelled. */
const requestKind = 'reset-password request';

export function openResetLinks(parts: {
  readonly volatile: SealedVolatile;
  readonly nowMs: () => number;
  /** Unguessable, such as 16 random bytes. */
  readonly newId: () => string;
  readonly lifespanMs: number;
}): ResetLinks {
  const { volatile, nowMs, newId } = parts;

  const request = (): ResetRequest => ({ id: newId(), askedAtMs: nowMs() });

  async function supersede(username: string, id: string, expiresAtMs: number): Promise<void> {
    const value: Newest = { id, username, issuedAtMs: nowMs() };
    await volatile.put(requestKind, id, { value, expiresAtMs, alias: username });
  }

  async function newestOf(username: string): Promise<(Newest & { readonly isCancelled: boolean }) | undefined> {
    const entry = await volatile.getByAlias(requestKind, username);
    return entry && { ...(entry.value as Newest), isCancelled: entry.consumedAtMs !== undefined };
  }

  async function counts(username: string, requestId: string): Promise<boolean> {
    const newest = await newestOf(username);
    return newest?.id === requestId && !newest.isCancelled;
  }

  async function write(link: ResetLink): Promise<string> {
    const token = newId();
    await volatile.put(linkKind, token, { value: link, expiresAtMs: link.expiresAtMs });
    return token;
  }

  async function find(token: string): Promise<ResetLink | undefined> {
    const entry = await volatile.get(linkKind, token);
    if (!entry || entry.consumedAtMs !== undefined) return undefined;
    const link = entry.value as ResetLink;
    return (await counts(link.username, link.requestId)) ? link : undefined;
  }

  return {
    request,
    find,
    again: write,
    async isOver(username, { id, askedAtMs }) {
      const newest = await newestOf(username);
      if (!newest) return false;
      return newest.id === id ? newest.isCancelled : newest.issuedAtMs >= askedAtMs;
    },
    async issue(madeFor, { id } = request()) {
      const expiresAtMs = nowMs() + parts.lifespanMs;
      await supersede(madeFor.username, id, expiresAtMs);
      return { token: await write({ ...madeFor, requestId: id, expiresAtMs }), revokeId: id };
    },
    async redeem(token) {
      const link = await find(token);
      if (!link || (await volatile.consume(linkKind, token)) !== 'consumed') return undefined;
      // Whoever cancelled it meanwhile has been told that it no longer works.
      return (await counts(link.username, link.requestId)) ? link : undefined;
    },
    async revoke(revokeId) {
      const entry = await volatile.get(requestKind, revokeId);
      if (!entry || !(await counts((entry.value as Newest).username, revokeId))) return false;
      return (await volatile.consume(requestKind, revokeId)) === 'consumed';
    },
    // In place of the newest comes a request that nobody gets a link of.
    forget: (username) => supersede(username, newId(), nowMs() + parts.lifespanMs),
  };
}
