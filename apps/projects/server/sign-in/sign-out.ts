/**
 * Where signing out leads: to the provider's end-session endpoint, so that it ends there too (OpenID Connect RP-Initiated
 * Logout 1.0), or, where it offers none, to our own page.
 */
import * as client from 'openid-client';
import type { OidcSettings } from '../configuration/oidc.ts';
import type { SessionFacts } from '../session/session.ts';
import type { Provider } from './provider.ts';

export const signedOutPath = '/auth/login?signed-out';

/** The session here is gone already, so a provider that does not answer keeps nobody in. */
export async function signOutTarget(
  provider: Provider,
  settings: OidcSettings,
  appUrl: string,
  facts: SessionFacts | undefined,
): Promise<string> {
  const landing = settings.postLogoutUrl ?? appUrl + signedOutPath;
  if (!facts?.idToken) return landing;
  try {
    const configuration = await provider.configuration();
    if (!configuration.serverMetadata().end_session_endpoint) return landing;
    const parameters = { id_token_hint: facts.idToken, post_logout_redirect_uri: landing };
    return client.buildEndSessionUrl(configuration, parameters).href;
  } catch {
    return landing;
  }
}
