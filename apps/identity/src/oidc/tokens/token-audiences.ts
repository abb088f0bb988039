/**
 * The audiences of grants and tokens. A grant has those that its authorization asked for; a token has those of its grant, or
 * fewer when the token request names some (RFC 8707 section 2.2), never others. A machine has no grant: its registration is
 * the limit.
 */
import { errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Client } from '../clients/clients.ts';
import { audienceFault, namedAudiences, requestedAudiences } from './audiences.ts';

type Grant = NonNullable<KoaContextWithOIDC['oidc']['grant']>;

/** The engine keeps resources of a grant with a scope of their own each; here the grant's scopes hold for all of them. */
export function addAudiences(grant: Grant, audiences: readonly string[]): void {
  for (const audience of audiences) grant.addResourceScope(audience, audience);
}

export function grantedAudiences(grant: Grant | undefined): readonly string[] {
  return Object.keys(grant?.resources ?? {}).sort();
}

/** Throws InvalidTarget when the token request names an audience that it cannot have. */
export function tokenAudiences({ oidc }: KoaContextWithOIDC, client: Client): readonly string[] {
  const granted = grantedAudiences(oidc.grant);
  if (oidc.route !== 'token') return granted;
  const params = oidc.body ?? {};
  if (!oidc.grant) {
    const fault = audienceFault(params, client);
    if (fault) throw new errors.InvalidTarget(`the ${fault.name} is not registered for this client`);
    return requestedAudiences(params, client);
  }
  const named = namedAudiences(params);
  if (named.length === 0) return granted;
  assertGranted(named, granted);
  return named;
}

/**
 * The engine uses a code up before it makes tokens. A request for an audience that was not granted is refused before that, so
 * that its code is still good for the right one.
 */
export function refuseBeforeUse(provider: Provider): void {
  for (const model of [provider.AuthorizationCode, provider.DeviceCode]) {
    const { consume } = model.prototype;
    model.prototype.consume = async function consumeForGranted() {
      const named = namedAudiences(Provider.ctx?.oidc.body ?? {});
      if (named.length > 0 && this.grantId)
        assertGranted(named, grantedAudiences(await provider.Grant.find(this.grantId)));
      return consume.call(this);
    };
  }
}

function assertGranted(named: readonly string[], granted: readonly string[]): void {
  if (named.some((audience) => !granted.includes(audience)))
    throw new errors.InvalidTarget('the audience was not granted');
}
