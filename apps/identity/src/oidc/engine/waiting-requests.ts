/**
 * A request that waited for a person, or a device's for its code to be typed, is judged again when it goes on, by the
 * client as it is then. The engine remembers that it judged it, and looks at the client alone: as soon as it has that one,
 * before anything is granted, and before an answer, an error too, leaves for an address.
 */
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Clients } from '../clients/client-registry.ts';
import { misfitOf, type WaitingRequest } from '../clients/still-fits.ts';
import { devicePersonRoutes } from '../device/device-routes.ts';
import type { OidcOptions } from '../options.ts';
import { misfitError } from './parameter-errors.ts';

type Context = KoaContextWithOIDC['oidc'];
type Interaction = InstanceType<Provider['Interaction']> & { readonly parJti?: string };

export function judgeAgain(provider: Provider, clients: Pick<Clients, 'get'>, oidc: OidcOptions): void {
  const context = provider.OIDCContext.prototype;
  const keep: (this: Context, name: string, value: unknown) => void = context.entity;
  context.entity = function keepAndJudge(this: Context, name: string, value: unknown) {
    keep.call(this, name, value);
    const client = name === 'Client' ? clients.get(this.client?.clientId ?? '') : undefined;
    const request = client && waitingIn(this);
    const misfit = request && misfitOf(request, client, oidc);
    if (misfit) throw misfitError(misfit);
  };

  const judged = new WeakMap<Context, boolean>();
  Object.defineProperty(context, 'redirectUriCheckPerformed', {
    get(this: Context) {
      return judged.get(this) ?? false;
    },
    set(this: Context, isJudged: boolean) {
      judged.set(this, isJudged && this.route !== 'resume');
    },
  });
}

/** As the engine stores it between two requests of a browser. */
export function waitingRequest({ params, deviceCode, parJti }: Interaction): WaitingRequest {
  return { params, cameBy: deviceCode !== undefined ? 'device' : parJti !== undefined ? 'push' : 'address' };
}

function waitingIn(oidc: Context): WaitingRequest | undefined {
  const interaction = oidc.entities.Interaction;
  if (interaction && oidc.route.endsWith('resume')) return waitingRequest(interaction);
  const typed = devicePersonRoutes.has(oidc.route) ? oidc.deviceCode : undefined;
  return typed && { params: typed.params ?? {}, cameBy: 'device' };
}
