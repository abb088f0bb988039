/** The answer when this provider cannot decide now: 503 `temporarily_unavailable` (RFC 6749 section 4.1.2.1). */
import { errors } from 'oidc-provider';

export function unavailable(description: string, cause?: unknown): errors.OIDCProviderError {
  return Object.assign(new errors.TemporarilyUnavailable(description, { cause }), { status: 503, statusCode: 503 });
}
