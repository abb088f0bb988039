/**
 * Introspection by somebody who shows an access token instead of client credentials (RFC 7662 section 2.1; Authelia 2.8). The
 * engine knows client authentication alone, so such a request is answered here, before it gets there. A machine's token
 * speaks for its client. A token that stands for a person may be in anybody's hands: it learns of tokens of its own client,
 * and of those whose audience names that client.
 */
import type { AccessToken, ClientCredentials, KoaContextWithOIDC, Provider, RefreshToken } from 'oidc-provider';
import type { Clients } from '../clients/client-registry.ts';
import { readForm } from '../engine/read-form.ts';
import { endpoints } from '../paths.ts';
import type { SubjectFor } from '../people/pairwise.ts';
import type { People } from '../people/people.ts';
import type { InspectedToken, MayIntrospect } from './introspection.ts';
import type { SignIntrospection } from './signed-introspection.ts';

type Token = InstanceType<typeof AccessToken | typeof ClientCredentials | typeof RefreshToken>;
type Next = () => Promise<unknown>;

export type BearerIntrospection = {
  readonly clients: Pick<Clients, 'find'>;
  readonly engine: Provider;
  readonly people: Pick<People, 'find'>;
  readonly subjectFor: SubjectFor;
  readonly mayIntrospect: MayIntrospect;
  readonly signIntrospection: SignIntrospection;
};

export function introspectByBearer({
  engine: provider,
  clients,
  people,
  subjectFor,
  mayIntrospect,
  signIntrospection,
}: BearerIntrospection) {
  async function live(token: Token | undefined): Promise<Token | undefined> {
    if (!token?.isValid) return undefined;
    if (!('grantId' in token) || token.grantId === undefined) return token;
    const grant = await provider.Grant.find(token.grantId);
    return grant?.isValid && grant.clientId === token.clientId && grant.accountId === token.accountId
      ? token
      : undefined;
  }

  async function accessToken(shown: string): Promise<Token | undefined> {
    return live((await provider.AccessToken.find(shown)) ?? (await provider.ClientCredentials.find(shown)));
  }

  /** Whose word counts, or undefined for a token that is none, or is bound to a key that is not shown here. */
  async function callerOf(shown: string): Promise<Token | undefined> {
    const token = await accessToken(shown);
    if (!token || ('jkt' in token && token.jkt !== undefined)) return undefined;
    if (!(await clients.find(token.clientId ?? ''))) return undefined;
    return !('accountId' in token) || (await people.find(String(token.accountId), token.clientId)) ? token : undefined;
  }

  async function answer(ctx: KoaContextWithOIDC, caller: Token, shown: string): Promise<object> {
    const token = (await accessToken(shown)) ?? (await live(await provider.RefreshToken.find(shown)));
    const clientId = caller.clientId ?? '';
    if (!token || !mayLearn(caller, token) || !(await mayIntrospect(ctx, clientId, token))) return { active: false };
    const { extra, aud, jti } = token as InspectedToken;
    return {
      ...('accountId' in token && { sub: await subjectFor(token.clientId ?? '', token.accountId) }),
      ...extra,
      active: true,
      client_id: token.clientId,
      iss: provider.issuer,
      iat: token.iat,
      exp: token.exp,
      scope: token.scope,
      aud,
      jti,
      ...(token.kind !== 'RefreshToken' && { token_type: 'tokenType' in token ? token.tokenType : 'Bearer' }),
      ...('jkt' in token && token.jkt !== undefined && { cnf: { jkt: token.jkt } }),
    };
  }

  return async function introspectWithToken(ctx: KoaContextWithOIDC, next: Next): Promise<void> {
    const [scheme, shown] = ctx.get('Authorization').split(' ');
    if (ctx.method !== 'POST' || ctx.path !== endpoints.introspection || scheme?.toLowerCase() !== 'bearer' || !shown)
      return void (await next());
    ctx.set('Cache-Control', 'no-store');
    const form = await readForm(ctx);
    if (form.kind === 'refused') {
      ctx.status = form.status;
      return;
    }
    const token = form.fields.get('token');
    const caller = await callerOf(shown);
    if (!caller || token === shown) return refuse(ctx, provider.issuer);
    if (!token) {
      ctx.status = 400;
      ctx.body = { error: 'invalid_request', error_description: "missing required parameter 'token'" };
      return;
    }
    ctx.body = await answer(ctx, caller, token);
    await signIntrospection(ctx, caller.clientId ?? '');
  };
}

function mayLearn(caller: Token, token: Token): boolean {
  if (caller.kind === 'ClientCredentials' || token.clientId === caller.clientId) return true;
  const audience = (token as InspectedToken).extra?.aud ?? [];
  return caller.clientId !== undefined && audience.includes(caller.clientId);
}

function refuse(ctx: KoaContextWithOIDC, realm: string): void {
  ctx.status = 401;
  const error = 'invalid_token';
  const error_description = 'the access token is not valid here, or is the one to be introspected';
  ctx.set('WWW-Authenticate', `Bearer realm="${realm}", error="${error}", error_description="${error_description}"`);
  ctx.body = { error, error_description };
}
