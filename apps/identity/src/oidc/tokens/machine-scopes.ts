/**
 * Scopes of a machine's token (client_credentials): what it asks for, if all of it is registered for it. The engine asks only
 * clients that have scopes at all, and leaves out what it does not know; here both are refused (Authelia 2.7).
 */
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { Client } from '../clients/clients.ts';
import { lastingScopes } from '../consent/lasting-access.ts';

/** These speak of a person, and there is none. */
const personal: ReadonlySet<string> = new Set(['openid', ...lastingScopes]);

/** Throws InvalidScope. */
export function assertMachineScopes({ oidc }: KoaContextWithOIDC, client: Client): void {
  const asked = typeof oidc.body?.scope === 'string' ? oidc.body.scope.split(' ').filter(Boolean) : [];
  const refused = asked.find((scope) => !client.scopes.has(scope) || personal.has(scope));
  if (refused !== undefined) throw new errors.InvalidScope('requested scope is not allowed', refused);
}
