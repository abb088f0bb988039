/**
 * Where signing out leads: to the provider's end-session endpoint, so that it ends there too (OpenID Connect RP-Initiated
 * Logout 1.0), or, where it offers none, to our own page.
 *
 * A provider refuses to sign out at all when it is told to come back to an address that it has not registered, and whether it
 * has nobody can ask. So only an address that was configured is sent; without one the provider says that it is done.
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
  const { postLogoutUrl } = settings;
  const landing = postLogoutUrl ?? appUrl + signedOutPath;
  if (!facts?.idToken) return landing;
  try {
    const configuration = await provider.configuration();
    if (!configuration.serverMetadata().end_session_endpoint) return landing;
    const parameters = {
      id_token_hint: facts.idToken,
      ...(postLogoutUrl !== undefined && { post_logout_redirect_uri: postLogoutUrl }),
    };
    return client.buildEndSessionUrl(configuration, parameters).href;
  } catch {
    return landing;
  }
}
