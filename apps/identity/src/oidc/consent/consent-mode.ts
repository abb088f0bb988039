/** Whether a person is asked before an application sees their data (Authelia `consent_mode`). Pure. */

import type { ClientOptions } from '../options.ts';
import { asksForLastingAccess } from './lasting-access.ts';

export type ConsentMode = 'explicit' | 'implicit' | 'pre-configured';

/** `remembered`: not asked when an earlier answer is on record, otherwise asked and offered to be remembered. */
export type ConsentDecision = 'ask' | 'implicit' | 'remembered';

/** Opens applications behind the proxy in the person's name. */
const bearerScope = 'authelia.bearer.authz';

const weekSeconds = 7 * 24 * 60 * 60;

export function consentModeOf(
  client: Pick<ClientOptions, 'consent_mode' | 'pre_configured_consent_duration'>,
): ConsentMode {
  const mode = client.consent_mode ?? 'auto';
  if (mode !== 'auto') return mode;
  return client.pre_configured_consent_duration ? 'pre-configured' : 'explicit';
}

export function consentLifetimeSeconds(client: Pick<ClientOptions, 'pre_configured_consent_duration'>): number {
  return client.pre_configured_consent_duration || weekSeconds;
}

/**
 * An answer is asked for in any mode when the request itself asks for attention, and for lasting access unless the
 * administrator answered for everyone, in which case lasting access is not granted.
 */
export function decideConsent(
  mode: ConsentMode,
  request: {
    readonly prompts: ReadonlySet<string>;
    readonly scopes: ReadonlySet<string>;
  },
): ConsentDecision {
  if (request.prompts.has('consent') || request.prompts.has('login')) return 'ask';
  if (mode === 'implicit') return 'implicit';
  if (mode === 'explicit' || asksForLastingAccess(request.scopes) || request.scopes.has(bearerScope)) return 'ask';
  return 'remembered';
}
