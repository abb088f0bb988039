/**
 * The response type `token` alone (RFC 6749 section 4.2), which Authelia offers and some applications know nothing else than.
 * The engine can answer it and refuses to be configured with it, because a code keeps tokens out of addresses (RFC 9700
 * section 2.1.2). So it is added behind the engine's back, and only where the configuration registers it for somebody. The
 * one file that reaches into the engine.
 */
import type { Provider } from 'oidc-provider';
import internalsOf from 'oidc-provider/lib/helpers/weak_cache.js';
import type { Clients } from '../clients/client-registry.ts';
import type { RegistrationOptions } from '../options.ts';

export const tokenAlone = 'token';

export function offerTokenAlone(
  provider: Provider,
  clients: Pick<Clients, 'values'>,
  registration: RegistrationOptions | undefined,
): void {
  const registered = [...clients.values()].flatMap(({ options }) => options.response_types ?? []);
  if (![...registered, ...(registration?.response_types ?? [])].includes(tokenAlone)) return;
  const { configuration } = internalsOf(provider);
  if (!configuration?.responseTypes) throw new TypeError("this version of the engine keeps 'responseTypes' elsewhere");
  configuration.responseTypes.push(tokenAlone);
}
