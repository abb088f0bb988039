/**
 * Token exchange (RFC 8693): a service that was called with a person's access token gets one of its own, to call the next
 * service in that person's name. Off unless a client has the grant. What is given is decided in exchange-rules.ts; here the
 * token, its grant and its person are looked at as at every other door, the client's authorization policy is applied as at
 * a sign-in, and the new token is tied to the old one: it ends no later, and dies with the grant that the person gave.
 */
import { errors, type KoaContextWithOIDC, type Provider } from 'oidc-provider';
import { tokenExchangeGrant } from '../../config/values/algorithms.ts';
import type { Identity } from '../../directory/directory.ts';
import type { Clients } from '../clients/client-registry.ts';
import type { Client } from '../clients/clients.ts';
import type { KeptGrant } from '../consent/kept-grant.ts';
import type { ProviderOptions } from '../options.ts';
import { acrValues, satisfies } from '../people/acr.ts';
import type { People } from '../people/people.ts';
import { decideExchange } from './exchange-rules.ts';
import { addAudiences, grantedAudiences } from './token-audiences.ts';
import type { Actor, TokenFacts } from './token-facts.ts';

type AccessToken = NonNullable<KoaContextWithOIDC['oidc']['accessToken']>;
type Subject = { readonly token: AccessToken; readonly grant: KeptGrant; readonly facts: TokenFacts };

export type TokenExchange = {
  readonly clients: Clients;
  readonly people: People;
  readonly remoteAddress: ProviderOptions['remoteAddress'];
  nowMs(): number;
};

const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token';
const parameters = [
  ...['subject_token', 'subject_token_type', 'actor_token', 'actor_token_type', 'requested_token_type'],
  ...['scope', 'audience', 'resource'],
];

export function offerTokenExchange(provider: Provider, services: TokenExchange): void {
  const { clients, people } = services;
  if (![...clients.values()].some((client) => client.options.grant_types?.includes(tokenExchangeGrant))) return;

  /** The token that is shown, alive in every way that counts elsewhere. Throws InvalidRequest. */
  async function subjectOf(shown: string): Promise<Subject> {
    const token = await provider.AccessToken.find(shown);
    const grant = token?.isValid ? await provider.Grant.find<KeptGrant>(token.grantId) : undefined;
    if (!token || !grant?.isValid || grant.clientId !== token.clientId || grant.accountId !== token.accountId)
      throw notAlive();
    // Whoever is called with a bound token cannot show its key, and an unbound copy would undo the binding.
    if (token.isSenderConstrained())
      throw new errors.InvalidRequest('a token that is bound to a key cannot be exchanged');
    return { token, grant, facts: token.extra ?? {} };
  }

  function assertPolicy(ctx: KoaContextWithOIDC, client: Client, person: Identity, reached: string | undefined): void {
    const { username, groups } = person;
    const level = client.policy({ username, groups, remoteAddress: services.remoteAddress(ctx.req) });
    const wanted = level === 'two_factor' ? acrValues[1] : acrValues[0];
    if (level === 'deny' || !satisfies(reached, wanted))
      throw new errors.AccessDenied('the authorization policy of this client does not allow it for this person');
  }

  async function exchange(ctx: KoaContextWithOIDC): Promise<void> {
    const { oidc } = ctx;
    const client = clients.get(oidc.client?.clientId ?? '');
    if (!client || !oidc.client || client.isPublic)
      throw new errors.UnauthorizedClient('a public client cannot exchange');
    if (client.options.dpop_bound_access_tokens || ctx.get('DPoP'))
      throw new errors.InvalidRequest('an exchanged token cannot be bound to a key');
    const subject = await subjectOf(shownToken(oidc.params ?? {}));
    const audiences = grantedTo(subject);
    const asked = { ...oidc.params };
    const decided = decideExchange(client, { ...idsOf(subject), audiences }, asked);
    if (decided.kind !== 'given') throw errorOf(decided);
    const unknown = () => new errors.InvalidRequest('subject_token stands for somebody who is not known any more');
    const person = await people.find(subject.token.accountId, subject.token.clientId);
    if (!person) throw unknown();
    assertPolicy(ctx, client, person, subject.grant.acr);
    const account = await people.findAccount(ctx, subject.token.accountId);
    if (!account) throw unknown();

    const grant: KeptGrant = new provider.Grant({ accountId: account.accountId, clientId: client.id });
    grant.addOIDCScope(decided.scopes.join(' '));
    grant.rejectOIDCClaims(subject.grant.getRejectedOIDCClaims());
    addAudiences(grant, decided.audiences);
    grant.acr = subject.grant.acr;
    grant.parentGrantId = subject.grant.parentGrantId ?? subject.token.grantId;
    const grantId = await grant.save();
    // Whoever took the first grant back meanwhile could not see this one.
    if (!(await provider.Grant.find(grant.parentGrantId))) {
      await grant.destroy();
      throw notAlive();
    }
    oidc.entity('Account', account);
    oidc.entity('Grant', grant);
    oidc.entity('Actor', actorOf(client, subject));
    const token = new provider.AccessToken({
      accountId: account.accountId,
      client: oidc.client,
      grantId,
      gty: 'token_exchange',
    });
    token.scope = decided.scopes.join(' ');
    const nowSeconds = Math.floor(services.nowMs() / 1000);
    token.exp = Math.min(nowSeconds + token.expiration, subject.token.exp ?? 0);
    oidc.entity('AccessToken', token);
    ctx.body = {
      access_token: await token.save(),
      issued_token_type: accessTokenType,
      token_type: token.tokenType,
      expires_in: token.exp - nowSeconds,
      ...(token.scope && { scope: token.scope }),
    };
  }

  provider.registerGrantType(tokenExchangeGrant, exchange, parameters);
}

function notAlive(): errors.OIDCProviderError {
  return new errors.InvalidRequest('subject_token is no access token of a person, or not valid any more');
}

/** Throws InvalidRequest for what this exchange does not do. */
function shownToken(params: Readonly<Record<string, unknown>>): string {
  const { subject_token: shown, subject_token_type: type, requested_token_type: wanted } = params;
  if (typeof shown !== 'string' || type !== accessTokenType)
    throw new errors.InvalidRequest(`subject_token must be there, with the subject_token_type ${accessTokenType}`);
  if (wanted !== undefined && wanted !== accessTokenType)
    throw new errors.InvalidRequest(`requested_token_type can be ${accessTokenType} alone`);
  if (params.actor_token !== undefined)
    throw new errors.InvalidRequest('actor_token is not supported: the client that authenticates is the actor');
  return shown;
}

function idsOf({ token }: Subject) {
  return { clientId: token.clientId ?? '', scopes: token.scopes };
}

/** A JWT without audiences names the issuer; that is none that was granted. */
function grantedTo({ grant, facts }: Subject): readonly string[] {
  return grantedAudiences(grant).filter((audience) => facts.aud?.includes(audience));
}

/** Who acts: the latest first, and who acted before stands inside (RFC 8693 section 4.1). A client's own token has no other. */
function actorOf(client: Client, { token, facts }: Subject): Actor | undefined {
  if (token.clientId === client.id) return facts.act;
  return { sub: client.id, ...(facts.act && { act: facts.act }) };
}

function errorOf(refused: Exclude<ReturnType<typeof decideExchange>, { kind: 'given' }>): errors.OIDCProviderError {
  switch (refused.kind) {
    case 'foreign':
      return new errors.InvalidRequest('subject_token is of another client and not meant for this one');
    case 'scope-refused':
      return new errors.InvalidScope('the scope is not in subject_token or not registered', refused.scope);
    case 'audience-refused':
      return new errors.InvalidTarget('the audience is not in subject_token or not registered');
  }
}
