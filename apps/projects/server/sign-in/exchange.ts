/**
 * The answer of the provider, checked and exchanged: state, issuer, code, tokens, the ID token with its signature (OpenID
 * Connect Core 3.1.3.7), then userinfo when a mapped claim is missing. Knows neither cookies nor people.
 */
import { createPublicKey } from 'node:crypto';
import { compactVerify } from 'jose';
import * as client from 'openid-client';
import type { OidcSettings } from '../configuration/oidc.ts';
import { type Claims, mergeClaims, missesMappedClaim } from './claims.ts';
import { SignInFailure } from './failure.ts';
import { clockToleranceSeconds, signingAlgorithms } from './provider.ts';
import type { Transaction } from './transaction.ts';
import { idTokenInvalid, idTokenMissing, translateFailure, userinfoFailure } from './translate.ts';
import { fetchUserinfo } from './userinfo.ts';

export type Identity = {
  readonly issuer: string;
  readonly subject: string;
  readonly claims: Claims;
  readonly idToken: string | null;
  /** The provider's name of its session, by which a back-channel notice tells it from the person's others. */
  readonly sid: string | undefined;
};

/** `callbackUrl` is our public redirect URI with the query that came. Throws `SignInFailure`. */
export async function exchangeAnswer(
  configuration: client.Configuration,
  settings: OidcSettings,
  callbackUrl: URL,
  transaction: Transaction,
  nowMs: number,
): Promise<Identity> {
  const tokens = await exchangeCode(configuration, settings, callbackUrl, transaction);
  if (settings.plainOauth) return plainIdentity(configuration, settings, tokens.access_token);
  const idClaims = tokens.claims();
  if (!idClaims || tokens.id_token === undefined) throw idTokenMissing(Object.keys(tokens));
  if (settings.certificate) await checkWithGivenKey(settings.certificate, tokens.id_token);
  refuseForeign(settings, idClaims, nowMs);
  const claims = missesMappedClaim(settings, idClaims)
    ? mergeClaims(
        idClaims,
        await userinfoOf(configuration, settings, tokens.access_token, idClaims.sub),
        settings.fields.email,
      )
    : idClaims;
  const sid = typeof idClaims.sid === 'string' ? idClaims.sid : undefined;
  return { issuer: idClaims.iss, subject: idClaims.sub, claims, idToken: tokens.id_token, sid };
}

type Tokens = client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;

async function exchangeCode(
  configuration: client.Configuration,
  settings: OidcSettings,
  callbackUrl: URL,
  transaction: Transaction,
): Promise<Tokens> {
  try {
    return await client.authorizationCodeGrant(configuration, callbackUrl, {
      pkceCodeVerifier: transaction.codeVerifier,
      expectedState: transaction.state,
      ...(!settings.plainOauth && { expectedNonce: transaction.nonce, idTokenExpected: true }),
    });
  } catch (cause) {
    throw translateFailure(cause, configuration.serverMetadata().issuer, settings);
  }
}

/** The administrator named the one key that signs: whatever kid the token carries, it is that key or nothing. */
async function checkWithGivenKey(certificate: string, idToken: string): Promise<void> {
  try {
    await compactVerify(idToken, createPublicKey(certificate), { algorithms: [...signingAlgorithms] });
  } catch (cause) {
    throw idTokenInvalid(
      'its signature is not made with LEAN_OIDC_CERTIFICATE_STRING or LEAN_OIDC_CERTIFICATE_FILE',
      cause,
    );
  }
}

/** What the library leaves to us: `azp` when it stands beside one audience alone, and an `iat` in the future. */
function refuseForeign(settings: OidcSettings, claims: client.IDToken, nowMs: number): void {
  if (claims.azp !== undefined && claims.azp !== settings.clientId)
    throw idTokenInvalid("it was issued to another application ('azp')");
  if (claims.iat > nowMs / 1000 + clockToleranceSeconds)
    throw idTokenInvalid(
      `it was issued ${Math.round(claims.iat - nowMs / 1000)} seconds in the future; check both clocks`,
    );
}

async function userinfoOf(
  configuration: client.Configuration,
  settings: OidcSettings,
  accessToken: string,
  subject: string | undefined,
): Promise<Claims> {
  try {
    return await fetchUserinfo(configuration, settings, accessToken, subject);
  } catch (cause) {
    if (cause instanceof SignInFailure) throw cause;
    throw userinfoFailure(cause);
  }
}

/** Without OpenID Connect the token's host stands for the issuer, and `sub` or `id` of userinfo for the subject. */
async function plainIdentity(
  configuration: client.Configuration,
  settings: OidcSettings,
  accessToken: string,
): Promise<Identity> {
  const claims = await userinfoOf(configuration, settings, accessToken, undefined);
  const subject = claims.sub ?? claims.id;
  if ((typeof subject !== 'string' && typeof subject !== 'number') || subject === '')
    throw userinfoFailure(new Error("the answer has neither 'sub' nor 'id'"));
  const { origin } = new URL(configuration.serverMetadata().token_endpoint ?? settings.issuer);
  return { issuer: origin, subject: String(subject), claims, idToken: null, sid: undefined };
}
