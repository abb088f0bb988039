/**
 * Tells the flow watch what happens in the engine: codes issued and used, ID tokens that lack claims, userinfo read. And says
 * what a flow that stopped most likely means.
 */
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Clients } from '../clients/client-registry.ts';
import type { Client } from '../clients/clients.ts';
import type { OidcOptions } from '../options.ts';
import { endpoints } from '../paths.ts';
import { claimsOfScopes } from '../people/claims.ts';
import type { Cause } from './cause.ts';
import { quoted } from './cause.ts';
import type { FlowWatch } from './flow-watch.ts';
import { plain, type Refusal } from './refusal.ts';

type FlowParts = {
  readonly issuer: string;
  readonly oidc: OidcOptions;
  readonly clients: Clients;
  readonly flows: FlowWatch;
  /** A finding as it is recorded, with the place of its key. */
  findingOf(client: Client, endpoint: string, cause: Cause): Refusal;
};

export function followFlows(engine: Provider, parts: FlowParts): void {
  const { issuer, oidc, clients, flows, findingOf } = parts;
  const heldBack = heldBackClaims(oidc);

  engine.on('authorization_code.saved', (code) => {
    const client = clients.get(code.clientId ?? '');
    if (!client) return;
    const lifespanSeconds = code.expiration;
    flows.codeIssued(code.jti, {
      clientId: client.id,
      redirectUri: code.redirectUri ?? '',
      lifespanSeconds,
      async wasUsed() {
        const stored = await engine.AuthorizationCode.find(code.jti, { ignoreExpiration: true });
        return stored && Reflect.get(stored, 'consumed') !== undefined;
      },
      finding: () => findingOf(client, 'token', neverRedeemed(client, issuer, lifespanSeconds)),
    });
  });
  engine.on('authorization_code.consumed', (code) => flows.codeUsed(code.jti));

  engine.on('grant.success', (ctx) => {
    const client = clients.get(ctx.oidc.client?.clientId ?? '');
    const tokens = ctx.body as { readonly id_token?: string; readonly scope?: string } | undefined;
    if (!client || tokens?.id_token === undefined || ctx.oidc.params?.grant_type !== 'authorization_code') return;
    const claims = heldBack(client, tokens.scope ?? '');
    if (claims.length > 0)
      flows.claimsHeldBack(client.id, () => findingOf(client, 'userinfo', neverRead(client, claims, oidc)));
  });

  engine.use(async function seeUserinfo(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
    await next();
    if (ctx.path === endpoints.userinfo && ctx.status === 200 && ctx.oidc?.client)
      flows.userinfoRead(ctx.oidc.client.clientId);
  });
}

/** Which claims of these scopes the client finds nowhere but in userinfo; worked out once for each client and scope. */
function heldBackClaims(oidc: OidcOptions): (client: Client, scope: string) => readonly string[] {
  const known = new WeakMap<Client, Map<string, readonly string[]>>();
  return function heldBack(client, scope) {
    const byScope = known.get(client) ?? new Map<string, readonly string[]>();
    known.set(client, byScope);
    const already = byScope.get(scope);
    if (already) return already;
    const name = client.options.claims_policy ?? '';
    const policies = oidc.claims_policies ?? {};
    const policy = Object.hasOwn(policies, name) ? policies[name] : undefined;
    const granted = claimsOfScopes(scope.split(' '), oidc, policy !== undefined);
    const inToken = new Set(policy?.id_token);
    // A client whose ID token has some was set up on purpose: what it lacks, it does not need.
    const claims = [...granted].some((claim) => inToken.has(claim)) ? [] : [...granted];
    byScope.set(scope, claims);
    return claims;
  };
}

function neverRedeemed(client: Client, issuer: string, lifespanSeconds: number): Cause {
  return {
    code: 'code-never-redeemed',
    what: `${client.name} was given an authorization code and never came to exchange it.`,
    why: 'Most likely the application cannot reach this server from where it runs: a container that does not know the name, a firewall, or a certificate it does not trust. Or it refused the answer itself and says so in its own log.',
    todo: `Where the application runs, open ${issuer}/.well-known/openid-configuration. If that fails, give it a way here; if it works, read the log of the application.`,
    sent: plain(`no token request within ${lifespanSeconds} seconds`),
    registered: plain(`a token request to ${issuer}${endpoints.token}`),
    keys: [[...client.path, 'redirect_uris']],
  };
}

function neverRead(client: Client, claims: readonly string[], oidc: OidcOptions): Cause {
  const shown = claims.slice(0, 8).join(', ');
  const policy = client.options.claims_policy || Object.keys(oidc.claims_policies ?? {})[0] || client.id;
  return {
    code: 'userinfo-never-read',
    what: `${client.name} got an ID token and did not read userinfo, where the claims it asked for are.`,
    why: `The ID token says who somebody is and no more: ${shown} stand in userinfo alone. An application that reads only the ID token finds no name and no address, and often says that the account is incomplete.`,
    todo: 'If people of this application lack their name or address, let a claims policy put the claims into the ID token.',
    sent: plain('an ID token without them, and no request to userinfo'),
    registered: plain(claims.join(' ')),
    keys: [
      [...client.path, 'claims_policy'],
      ['identity_providers', 'oidc', 'claims_policies'],
    ],
    write: `claims_policy: ${quoted(policy)}\nclaims_policies: { ${policy}: { id_token: [${hatch(claims).map(quoted).join(', ')}] } }`,
  };
}

/** What applications that read the ID token alone need. */
function hatch(claims: readonly string[]): readonly string[] {
  const wanted = ['email', 'name', 'preferred_username', 'groups'].filter((claim) => claims.includes(claim));
  return wanted.length > 0 ? wanted : claims;
}
