/**
 * The person behind a request or a token. At the authorization endpoint that is whoever the portal session says, and only
 * if that sign-in is good enough for the client; behind a token it is whoever the directory still knows.
 */
import type { IncomingMessage } from 'node:http';
import { type Account, type AccountClaims, errors, type FindAccount, type KoaContextWithOIDC } from 'oidc-provider';
import type { Directory, Identity } from '../../directory/directory.ts';
import { levelOf, type PortalSession } from '../../session/portal-session.ts';
import type { Clients } from '../clients/client-registry.ts';
import type { Client } from '../clients/clients.ts';
import { devicePersonRoutes } from '../device/device-routes.ts';
import { unavailable } from '../engine/unavailable.ts';
import type { OidcOptions, PolicyLevel } from '../options.ts';
import type { AttributeOf } from './attributes.ts';
import { allClaims, claimsOfScopes, namesIn } from './claims.ts';
import { isWanted } from './claims-parameter.ts';
import type { Subjects } from './subjects.ts';

export type PortalPerson = { readonly session: PortalSession; readonly subject: string };
export type PortalPersonOf = (req: IncomingMessage) => Promise<PortalPerson | undefined>;

/** Who is signed in at the portal in this browser; read once a request. */
export function portalPersonOf(
  fromRequest: (req: IncomingMessage) => Promise<PortalSession | undefined>,
  subjects: Subjects,
): PortalPersonOf {
  const known = new WeakMap<IncomingMessage, Promise<PortalPerson | undefined>>();
  async function read(req: IncomingMessage): Promise<PortalPerson | undefined> {
    const session = await fromRequest(req);
    return session && { session, subject: await subjects.subjectOf(session.username) };
  }
  return function personOf(req) {
    const person = known.get(req) ?? read(req);
    known.set(req, person);
    return person;
  };
}

export type People = {
  readonly findAccount: FindAccount;
  /**
   * Whoever may still be known by what this client holds about the subject: `undefined` when the directory knows them no
   * longer or as disabled, or when the client's policy denies them wherever they are. See docs/decisions/live-access.md.
   */
  find(subject: string, clientId: string | undefined): Promise<Identity | undefined>;
};

export type PeopleOptions = {
  readonly clients: Clients;
  readonly oidc: OidcOptions;
  readonly directory: Directory;
  readonly subjects: Subjects;
  readonly personOf: PortalPersonOf;
  readonly attributeOf: AttributeOf;
  remoteAddress(req: IncomingMessage): string;
  nowMs(): number;
};

const authorizationRoutes: ReadonlySet<string> = new Set(['authorization', 'resume', ...devicePersonRoutes]);

export function openPeople(options: PeopleOptions): People {
  const { clients, oidc, personOf, subjects, directory } = options;

  async function find(subject: string, clientId: string | undefined): Promise<Identity | undefined> {
    const identity = await known(subject);
    const client = await clients.find(clientId ?? '');
    if (!identity || !client) return undefined;
    const { username, groups } = identity;
    return client.policy({ username, groups, remoteAddress: undefined }) === 'deny' ? undefined : identity;
  }

  async function known(subject: string): Promise<Identity | undefined> {
    const username = await subjects.usernameOf(subject);
    if (username === undefined) return undefined;
    const answer = await directory.find(username);
    if (answer.kind === 'unavailable') throw unavailable('the directory cannot be reached at the moment', answer.cause);
    return answer.kind === 'found' ? answer.identity : undefined;
  }

  /** Throws AccessDenied when the client's policy keeps this person out whatever they prove. */
  async function mayGoOn(ctx: KoaContextWithOIDC, identity: Identity, client: Client): Promise<boolean> {
    const person = await personOf(ctx.req);
    if (person?.session.username !== identity.username) return false;
    const remoteAddress = options.remoteAddress(ctx.req);
    const level = client.policy({ username: identity.username, groups: identity.groups, remoteAddress });
    if (level === 'deny') throw new errors.AccessDenied('the authorization policy of this application denies access');
    return levelOf(person.session) >= numberOf(level);
  }

  async function identityFor(ctx: KoaContextWithOIDC, subject: string): Promise<Identity | undefined> {
    const clientId = ctx.oidc.client?.clientId;
    if (!authorizationRoutes.has(ctx.oidc.route)) return find(subject, clientId);
    const [identity, client] = [await known(subject), clients.get(clientId ?? '')];
    return identity && client && (await mayGoOn(ctx, identity, client)) ? identity : undefined;
  }

  function claimsFor(ctx: KoaContextWithOIDC, identity: Identity, use: string, scope: string, asked: object) {
    const client = clients.get(ctx.oidc.client?.clientId ?? '');
    const policyName = client?.options.claims_policy ?? '';
    const policies = oidc.claims_policies ?? {};
    const policy = Object.hasOwn(policies, policyName) ? policies[policyName] : undefined;
    const granted = claimsOfScopes(scope.split(' '), oidc, policy !== undefined);
    // Without an access token there is no userinfo to ask (OpenID Connect Core 5.4).
    const everything = use === 'userinfo' || (use === 'id_token' && ctx.oidc.params?.response_type === 'id_token');
    const names = everything ? granted : namesIn(use, granted, policy);
    if (names.size === 0 && Object.keys(asked).length === 0) return {};
    const all = allClaims(identity, {
      policy,
      attributeOf: options.attributeOf,
      nowSeconds: Math.floor(options.nowMs() / 1000),
    });
    for (const [name, claim] of Object.entries(asked)) if (isWanted(claim, all[name])) names.add(name);
    return Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)));
  }

  return {
    find,
    async findAccount(ctx, subject) {
      const identity = await identityFor(ctx, subject);
      if (!identity) return undefined;
      const account: Account = {
        accountId: subject,
        claims(use, scope, claims, rejected): AccountClaims {
          const own = claimsFor(ctx, identity, use, scope, claims ?? {});
          for (const name of rejected) delete own[name];
          return { ...own, ...protocolClaimsFor(ctx, use), sub: subject };
        },
      };
      return account;
    },
  };
}

function protocolClaimsFor(ctx: KoaContextWithOIDC, use: string): Record<string, unknown> {
  if (use === 'userinfo') return { rat: ctx.oidc.grant?.iat };
  if (use === 'access_token') return {};
  return { azp: ctx.oidc.client?.clientId, jti: crypto.randomUUID() };
}

function numberOf(level: PolicyLevel): number {
  return level === 'one_factor' ? 1 : 2;
}
