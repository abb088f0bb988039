/**
 * Signed assertions of clients (RFC 7523 section 3): what is asked of one beyond the engine, which has checked signature,
 * issuer, subject, audience, expiry and that the assertion was never seen before.
 */
import { type Configuration, errors } from 'oidc-provider';
import { clockToleranceSeconds } from '../engine/adapter.ts';

/** A token of another kind, signed by the same key, is no assertion (RFC 8725 section 3.11). */
const types: ReadonlySet<string> = new Set(['jwt', 'client-authentication+jwt']);

export function assertionRules(nowMs: () => number): NonNullable<Configuration['assertJwtClientAuthClaimsAndHeader']> {
  return async function assertJwtClientAuthClaimsAndHeader(_ctx, claims, header) {
    const { iat } = claims;
    if (iat !== undefined && (typeof iat !== 'number' || iat > nowMs() / 1000 + clockToleranceSeconds))
      throw new errors.InvalidClientAuth('the client_assertion says that it was issued in the future');
    if (header.typ !== undefined && !types.has(String(header.typ).toLowerCase()))
      throw new errors.InvalidClientAuth('the client_assertion is a token of another type');
  };
}
