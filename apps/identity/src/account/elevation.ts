/**
 * Proof of the mailbox: a code goes there by mail and comes back through the session that asked, from the address that
 * asked, once, soon. Codes are sealed values that expire; guesses and mails are counted for person and address.
 * It knows no pages; raising the session is the caller's.
 */
import { timingSafeEqual } from 'node:crypto';
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { Say } from '@gatehouse/words/say.ts';
import type { Identity } from '../directory/directory.ts';
import { elevationCodeMessage } from '../notify/messages.ts';
import { MailNotSent, type Notifier } from '../notify/notifier.ts';
import type { SayTo } from '../notify/say-to.ts';
import type { AttemptLimit, AttemptLimiter } from '../regulation/limiter.ts';
import { networkOf } from '../regulation/network.ts';
import type { PortalSession } from '../session/portal-session.ts';
import { mailboxDigest } from './mailbox-digest.ts';

export type SendAnswer =
  | { readonly kind: 'sent'; readonly requestId: string }
  /** The directory knows no address of this person. */
  | { readonly kind: 'no-mailbox' }
  | { readonly kind: 'mail-down'; readonly cause: MailNotSent }
  | { readonly kind: 'limited'; readonly retryAtMs: number };

/** Who asks for a code, from where, and in which language they do. */
export type Asking = {
  readonly session: PortalSession;
  readonly identity: Identity;
  readonly address: string;
  readonly say: Say;
};

export type ProofAnswer =
  | { readonly kind: 'proven'; readonly elevation: NonNullable<PortalSession['elevation']> }
  | { readonly kind: 'wrong' }
  /** Used, cancelled, expired, asked for by another session or from another address, or sent to a mailbox of before. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'limited'; readonly retryAtMs: number };

export type Elevation = {
  /** Mails a new code; an earlier one of this session is void. `portalUrl` comes from the configuration. */
  send(who: Asking, portalUrl: URL): Promise<SendAnswer>;
  /** Of the mailbox that the code went to, as long as it is theirs. */
  prove(who: Omit<Asking, 'say'>, requestId: string, code: string): Promise<ProofAnswer>;
  /** Voids a code, for whoever got it by mail without having asked. */
  revoke(requestId: string): Promise<void>;
};

/** No 0 O, 1 I, 2 Z, 5 S, 8 B, U V: 24 characters, eight of which are 36 bits. */
export const codeCharacters = 'ACDEFGHJKLMNPQRTWXY34679';
const minuteMs = 60_000;
const mailLimit: AttemptLimit = { attemptsMax: 5, windowMs: 10 * minuteMs };
const guessLimit: AttemptLimit = { attemptsMax: 5, windowMs: 10 * minuteMs };
const kind = 'elevation-code';

/** A session's newest is found by the session's id. */
type Held = {
  readonly requestId: string;
  readonly code: string;
  readonly remoteAddress: string;
  /** See `mailbox-digest.ts`. */
  readonly mailbox: string;
};

export function openElevation(parts: {
  readonly volatile: SealedVolatile;
  readonly limiter: AttemptLimiter;
  readonly notifier: Notifier;
  readonly sayTo: SayTo;
  readonly nowMs: () => number;
  /** Unguessable. */
  readonly newId: () => string;
  /** Uniform in 0 ≤ n < max. */
  readonly randomInt: (max: number) => number;
  readonly codeLifespanMs: number;
  readonly elevationLifespanMs: number;
  /** Of a code; at least 1. */
  readonly characters: number;
  /** `server.endpoints.rate_limits.session_elevation_start` and `_finish`, for each address. */
  readonly startLimits: readonly AttemptLimit[];
  readonly finishLimits: readonly AttemptLimit[];
}): Elevation {
  const { volatile, limiter, notifier, nowMs } = parts;
  if (parts.characters < 1) throw new RangeError('a code has at least one character');

  function charge(what: 'mail' | 'code', limit: AttemptLimit, username: string, remoteAddress: string) {
    const addressLimits = what === 'mail' ? parts.startLimits : parts.finishLimits;
    return limiter.charge([
      { bucket: `elevation ${what} user ${username}`, limit },
      ...addressLimits.map((each) => ({
        bucket: `elevation ${what} address ${networkOf(remoteAddress)}`,
        limit: each,
      })),
    ]);
  }

  function newCode(): string {
    return Array.from({ length: parts.characters }, () =>
      codeCharacters.charAt(parts.randomInt(codeCharacters.length)),
    ).join('');
  }

  return {
    async send({ session, identity, address: remoteAddress, say: asked }, portalUrl) {
      const [address] = identity.emails;
      if (address === undefined) return { kind: 'no-mailbox' };
      const charged = await charge('mail', mailLimit, identity.username, remoteAddress);
      if (charged.kind === 'limited') return charged;

      const requestId = parts.newId();
      const code = newCode();
      const value: Held = { requestId, code, remoteAddress, mailbox: mailboxDigest(address) };
      const expiresAtMs = nowMs() + parts.codeLifespanMs;
      await volatile.put(kind, requestId, { value, expiresAtMs, alias: session.id });

      const revokeUrl = new URL(portalUrl);
      revokeUrl.pathname = `${portalUrl.pathname.replace(/\/$/, '')}/revoke/one-time-code`;
      revokeUrl.search = new URLSearchParams({ id: requestId }).toString();
      const occasion = {
        to: { name: identity.displayName, address },
        username: identity.username,
        remoteAddress,
        atMs: nowMs(),
        say: await parts.sayTo(identity.username, asked),
      };
      try {
        await notifier.send(
          await elevationCodeMessage(occasion, { code, lifespanMs: parts.codeLifespanMs, revokeUrl }),
        );
      } catch (cause) {
        await volatile.delete(kind, requestId);
        if (!(cause instanceof MailNotSent)) throw cause;
        await charged.giveBack();
        return { kind: 'mail-down', cause };
      }
      return { kind: 'sent', requestId };
    },

    async prove({ session, identity, address: remoteAddress }, requestId, code) {
      const charged = await charge('code', guessLimit, session.username, remoteAddress);
      if (charged.kind === 'limited') return charged;
      const entry = await volatile.getByAlias(kind, session.id);
      const held = entry?.consumedAtMs === undefined ? (entry?.value as Held | undefined) : undefined;
      if (held?.requestId !== requestId || held.remoteAddress !== remoteAddress) return { kind: 'gone' };
      if (!identity.emails.some((each) => mailboxDigest(each) === held.mailbox)) return { kind: 'gone' };
      if (!sameText(held.code, tidyCode(code))) return { kind: 'wrong' };
      if ((await volatile.consume(kind, requestId)) !== 'consumed') return { kind: 'gone' };
      await charged.giveBack();
      return { kind: 'proven', elevation: { expiresAtMs: nowMs() + parts.elevationLifespanMs, remoteAddress } };
    },

    async revoke(requestId) {
      await volatile.consume(kind, requestId);
    },
  };
}

/** As people type it: any case, with spaces or dashes. */
function tidyCode(text: string): string {
  return text.slice(0, 64).toUpperCase().replace(/[\s-]/g, '');
}

function sameText(expected: string, typed: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(typed)];
  return a.length === b.length && timingSafeEqual(a, b);
}
