/**
 * From what went wrong with the provider to what people are told. The provider's own words appear shortened; tokens, codes
 * and whole answers never do.
 */
import { marked } from '@gatehouse/words/say.ts';
import * as client from 'openid-client';
import type { OidcSettings } from '../configuration/oidc.ts';
import { askAdministrator, providerText, SignInFailure } from './failure.ts';
import { clockToleranceSeconds, unreachable } from './provider.ts';
import { ProviderUnreachable } from './provider-fetch.ts';

/** The errors of RFC 6749 section 4.1.2.1 and OpenID Connect Core 3.1.2.6, each with its own page. */
const providerErrors: Readonly<Record<string, readonly [what: string, why: string, todo: string]>> = {
  access_denied: [
    marked('You did not sign in.'),
    marked('You declined, or the sign-in service does not let you into this application.'),
    marked('Try again if you changed your mind; otherwise ask whoever runs the sign-in service.'),
  ],
  login_required: [
    marked('Please sign in first.'),
    marked('The sign-in service does not know you yet in this browser.'),
    marked('Sign in again.'),
  ],
  consent_required: [
    marked('Your agreement is missing.'),
    marked('The sign-in service needs it before it tells who you are.'),
    marked('Sign in again and agree.'),
  ],
  interaction_required: [
    marked('The sign-in service has a question for you.'),
    marked('It could not go on without you.'),
    marked('Sign in again.'),
  ],
  account_selection_required: [
    marked('Choose an account.'),
    marked('You are signed in there with several.'),
    marked('Sign in again and choose one.'),
  ],
  temporarily_unavailable: [
    marked('The sign-in service is busy.'),
    marked('It asks to come back a little later.'),
    marked('Wait a minute and try again.'),
  ],
  server_error: [
    marked('The sign-in service had a problem.'),
    marked('It could not finish the sign-in.'),
    askAdministrator,
  ],
  invalid_scope: [
    marked('The sign-in service refused the request.'),
    marked('This workspace asks for something it may not have.'),
    askAdministrator,
  ],
  unauthorized_client: [
    marked('The sign-in service refused this workspace.'),
    marked('It may not sign people in this way.'),
    askAdministrator,
  ],
  invalid_request: [
    marked('The sign-in service refused the request.'),
    marked('It misses something, or something in it is not allowed.'),
    askAdministrator,
  ],
};

export function translateFailure(cause: unknown, issuer: string, settings: OidcSettings): SignInFailure {
  if (cause instanceof client.AuthorizationResponseError) return providerRefused(cause);
  const unreached = causeOf(cause, ProviderUnreachable);
  if (unreached) return unreachable(unreached);
  if (cause instanceof client.ResponseBodyError) return exchangeRefused(cause, settings);
  if (cause instanceof client.WWWAuthenticateChallengeError)
    return exchangeInvalid(`the token endpoint answers with HTTP status ${cause.status}`, cause);
  const { code, message, facts } = detailsOf(cause);
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return idTokenExpired(cause, facts);
  if (code === 'OAUTH_KEY_SELECTION_FAILED') return idTokenKey(cause, message);
  if (code === 'OAUTH_JWT_CLAIM_COMPARISON_FAILED') return idTokenInvalid(claimReason(facts, issuer), cause);
  if (/"state"|"iss" \(issuer\) (response|missing)|"parameters"|response parameter/.test(message))
    return responseInvalid(message, issuer, cause);
  if (/id_token|ID Token|JWT|JWS|JWK|signature|algorithm/i.test(message)) {
    if (/"id_token" property/.test(message)) return idTokenMissing([]);
    return idTokenInvalid(message, cause);
  }
  return exchangeInvalid(message, cause);
}

/** The library wraps its reasons; the innermost of its own says most. */
function detailsOf(cause: unknown): { code: string; message: string; facts: Record<string, unknown> } {
  const chain: Error[] = [];
  for (let link = cause; link instanceof Error && chain.length < 5; link = link.cause) chain.push(link);
  const last = chain.at(-1);
  const code = chain.map((link) => ('code' in link ? String(link.code) : '')).find((text) => text !== '') ?? '';
  const facts = last && typeof last.cause === 'object' && last.cause !== null ? { ...last.cause } : {};
  return { code, message: providerText(last?.message), facts };
}

function causeOf<Failure extends Error>(
  cause: unknown,
  type: new (...values: never[]) => Failure,
): Failure | undefined {
  for (let link = cause, depth = 0; link instanceof Error && depth < 5; link = link.cause, depth++)
    if (link instanceof type) return link;
  return undefined;
}

function providerRefused(cause: client.AuthorizationResponseError): SignInFailure {
  const error = providerText(cause.error).slice(0, 60);
  const known = Object.hasOwn(providerErrors, error) ? providerErrors[error] : undefined;
  const [what, why, todo] = known ?? [
    marked('The sign-in did not work.'),
    marked('The sign-in service refused it.'),
    askAdministrator,
  ];
  const description = providerText(cause.error_description);
  return new SignInFailure(
    'provider-refused',
    { what, why, todo, administrator: `The provider says '${error}'${description ? `: ${description}` : ''}.` },
    { providerError: error },
  );
}

function exchangeRefused(cause: client.ResponseBodyError, settings: OidcSettings): SignInFailure {
  const error = providerText(cause.error).slice(0, 60);
  const description = providerText(cause.error_description);
  const hints: Readonly<Record<string, string>> = {
    invalid_client: `Check LEAN_OIDC_CLIENT_ID, LEAN_OIDC_CLIENT_SECRET and LEAN_OIDC_TOKEN_AUTH_METHOD (now '${settings.tokenAuthMethod}').`,
    unauthorized_client: `Check LEAN_OIDC_TOKEN_AUTH_METHOD (now '${settings.tokenAuthMethod}').`,
    invalid_grant:
      'The code was already used or too old, or the redirect URI registered there is not LEAN_APP_URL with /oidc/callback.',
  };
  return new SignInFailure(
    'exchange-refused',
    {
      what: 'The sign-in could not be finished.',
      why: 'The sign-in service did not accept the answer that it gave itself a moment ago.',
      todo: askAdministrator,
      administrator:
        `The token endpoint says '${error}'${description ? `: ${description}` : ''}. ${hints[error] ?? ''}`.trim(),
    },
    { providerError: error },
  );
}

function exchangeInvalid(reason: string, cause: unknown): SignInFailure {
  return new SignInFailure(
    'exchange-invalid',
    {
      what: 'The sign-in could not be finished.',
      why: 'The sign-in service gave an answer that makes no sense here.',
      todo: askAdministrator,
      administrator: `The token endpoint: ${reason}.`,
    },
    { cause },
  );
}

function responseInvalid(reason: string, issuer: string, cause: unknown): SignInFailure {
  return new SignInFailure(
    'response-invalid',
    {
      what: 'This answer is not from the expected sign-in service.',
      why: 'Something in the address that led you here does not fit the sign-in you began.',
      todo: 'Go back to the sign-in page and begin again there.',
      administrator: `${reason}. Expected is an answer of '${issuer}'.`,
    },
    { cause },
  );
}

export function idTokenMissing(received: readonly string[]): SignInFailure {
  return new SignInFailure('id-token-missing', {
    what: 'The sign-in service did not say who you are.',
    why: 'Its answer holds no ID token.',
    todo: askAdministrator,
    administrator: `LEAN_OIDC_SCOPES must hold 'openid' and the provider must speak OpenID Connect.${received.length > 0 ? ` Received: ${received.join(', ')}.` : ''}`,
  });
}

export function idTokenInvalid(reason: string, cause?: unknown): SignInFailure {
  return new SignInFailure(
    'id-token-invalid',
    {
      what: 'The sign-in service’s word could not be trusted.',
      why: 'The ID token it sent does not pass the checks.',
      todo: askAdministrator,
      administrator: `ID token: ${reason}.`,
    },
    { cause },
  );
}

function claimReason(facts: Record<string, unknown>, issuer: string): string {
  const claim = typeof facts.claim === 'string' ? facts.claim : 'a claim';
  if (claim === 'iss') return `'iss' is not '${issuer}', which is what the provider calls itself`;
  if (claim === 'aud') return "'aud' does not name this application; check LEAN_OIDC_CLIENT_ID";
  return `'${claim}' is not what was expected`;
}

function idTokenExpired(cause: unknown, facts: Record<string, unknown>): SignInFailure {
  const claim = typeof facts.claim === 'string' ? facts.claim : 'exp';
  const claims = typeof facts.claims === 'object' && facts.claims !== null ? { ...facts.claims } : {};
  const value: unknown = Object.entries(claims).find(([name]) => name === claim)?.[1];
  const off =
    typeof value === 'number' && typeof facts.now === 'number' ? ` by ${Math.abs(facts.now - value)} seconds` : '';
  return new SignInFailure(
    'id-token-expired',
    {
      what: 'The sign-in came too late or too early.',
      why: 'The clock of the sign-in service and the clock of this workspace do not agree.',
      todo: askAdministrator,
      administrator: `ID token: '${claim}' misses the time here${off}. Check both clocks; ${clockToleranceSeconds} seconds are forgiven.`,
    },
    { cause },
  );
}

function idTokenKey(cause: unknown, reason: string): SignInFailure {
  return new SignInFailure(
    'id-token-key',
    {
      what: 'The sign-in service’s signature could not be checked.',
      why: 'Its published keys do not hold the one it signed with.',
      todo: 'Wait a minute and try again: keys may just be changing.',
      administrator: `Key set: ${reason}. Check LEAN_OIDC_JWKS_URL_OVERRIDE, LEAN_OIDC_CERTIFICATE_STRING and LEAN_OIDC_CERTIFICATE_FILE if they are set.`,
    },
    { cause },
  );
}

export function userinfoFailure(cause: unknown): SignInFailure {
  const unreached = causeOf(cause, ProviderUnreachable);
  return new SignInFailure(
    'userinfo-failed',
    {
      what: 'Your profile could not be read.',
      why: 'The sign-in service knows you, but did not tell your name and address.',
      todo: askAdministrator,
      administrator: `Userinfo: ${unreached?.message ?? detailsOf(cause).message}. Check LEAN_OIDC_USERINFO_URL_OVERRIDE if it is set.`,
    },
    { cause },
  );
}

export function userinfoSubject(): SignInFailure {
  return new SignInFailure('userinfo-subject', {
    what: 'The sign-in service’s word could not be trusted.',
    why: 'Its two answers speak of two different people.',
    todo: askAdministrator,
    administrator: "Userinfo: 'sub' is not the subject of the ID token (OpenID Connect Core 5.3.2).",
  });
}
