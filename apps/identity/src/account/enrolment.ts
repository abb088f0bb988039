/**
 * Keys that were shown and not yet confirmed: sealed values that last ten minutes and belong to one session. Confirming one
 * makes it the person's factor.
 */
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { PortalSession } from '../session/portal-session.ts';
import { base32Of, secretOfBase32, type TotpKey, type TotpParameters } from '../sign-in/totp/totp.code.ts';
import type { EnrolAnswer, Totp } from '../sign-in/totp/totp.verify.ts';

export type Enrolments = {
  /** Answers with an id that only this session can use. */
  begin(session: PortalSession, parameters?: TotpParameters): Promise<string>;
  /** The key to show; undefined once it expired or was confirmed, and for another session. */
  find(session: PortalSession, id: string): Promise<TotpKey | undefined>;
  confirm(
    session: PortalSession,
    id: string,
    code: string,
    remoteAddress: string,
  ): Promise<EnrolAnswer | { readonly kind: 'gone' }>;
};

const kind = 'totp-enrolment';
const lifespanMs = 10 * 60_000;

type Held = Omit<TotpKey, 'secret'> & { readonly secret: string; readonly sessionId: string };

export function openEnrolments(parts: {
  readonly volatile: SealedVolatile;
  readonly totp: Pick<Totp, 'propose' | 'enrol'>;
  readonly nowMs: () => number;
  readonly newId: () => string;
}): Enrolments {
  const { volatile, totp } = parts;

  async function find(session: PortalSession, id: string): Promise<TotpKey | undefined> {
    const entry = await volatile.get(kind, id);
    if (!entry || entry.consumedAtMs !== undefined) return undefined;
    const { sessionId, secret, ...rest } = entry.value as Held;
    return sessionId === session.id ? { ...rest, secret: secretOfBase32(secret) } : undefined;
  }

  return {
    find,
    async begin(session, parameters) {
      const id = parts.newId();
      const key = totp.propose(parameters);
      const value: Held = { ...key, secret: base32Of(key.secret), sessionId: session.id };
      const grantId = `enrolment ${session.id}`;
      await volatile.deleteByGrant(grantId);
      await volatile.put(kind, id, { value, grantId, expiresAtMs: parts.nowMs() + lifespanMs });
      return id;
    },
    async confirm(session, id, code, remoteAddress) {
      const key = await find(session, id);
      if (!key) return { kind: 'gone' };
      const answer = await totp.enrol(session.username, key, code, remoteAddress);
      // After the factor is stored: a crash in between leaves a page that can be confirmed again, never a lost factor.
      if (answer.kind === 'verified') await volatile.consume(kind, id);
      return answer;
    },
  };
}
