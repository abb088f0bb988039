/** From a refused request to its cause: reads the request, and asks the tables of causes in order. */
import type { errors, KoaContextWithOIDC } from 'oidc-provider';
import { methodSent, registeredMethod, secretShapeOf } from '../clients/client-auth.ts';
import type { Clients } from '../clients/client-registry.ts';
import type { Client } from '../clients/clients.ts';
import type { ParameterFault } from '../clients/parameters.ts';
import type { OidcOptions } from '../options.ts';
import { authorizationCause, type RefusedError } from './authorization-causes.ts';
import type { Cause } from './cause.ts';
import {
  authenticationCause,
  leftOutClient,
  misspeltClient,
  nearestId,
  swappedClient,
  unknownClient,
} from './client-causes.ts';
import type { RememberedCode } from './flow-watch.ts';
import { shortText } from './refusal.ts';
import { decisionCause, otherCause, redirectUriCause, shapeCause, tokenOfNobody } from './request-causes.ts';
import { tokenCause } from './token-causes.ts';

/** Clients of the configuration that could not be opened, and why: continues a sentence. */
export type LeftOut = ReadonlyMap<string, { readonly text: string; readonly position: number }>;

export type Diagnosis = {
  readonly cause: Cause;
  /** The one that the request names, whether it proved to be it or not. */
  readonly client: Client | undefined;
  /** As it was sent, cut; empty where it is near no id that is known, because it may be a secret then. */
  readonly clientIdSent: string;
  /** The application sent what is wrong, and nobody but its administrator can change it. */
  readonly isApplicationFault: boolean;
  /** What the engine keeps to itself. */
  readonly detail: string | undefined;
};

type Known = {
  readonly clients: Clients;
  readonly leftOut: LeftOut;
  readonly oidc: OidcOptions;
  readonly fault: ParameterFault | undefined;
  readonly code: RememberedCode | undefined;
};

/** Applications test for these answers, so they get them where the protocol sends them. */
const staysProtocol: ReadonlySet<string> = new Set(['nonce-missing', 'pkce-challenge']);

type EngineError = errors.OIDCProviderError & { readonly scope?: string };

export function diagnose(ctx: KoaContextWithOIDC, error: EngineError, known: Known): Diagnosis {
  const { oidc, clients } = known;
  const refused = refusedOf(error, known.fault);
  const params = ctx.oidc.params ?? {};
  const sent = credentialsSent(ctx);
  const client = clients.get(ctx.oidc.client?.clientId ?? sent.id);
  if (!client) {
    const stranger = strangerOf(sent, known);
    const cause =
      refused.error === 'invalid_client'
        ? stranger.cause
        : (shapeCause(refused, params) ?? tokenOfNobody(refused) ?? otherCause(refused));
    return { client, clientIdSent: stranger.id, detail: refused.detail, cause, isApplicationFault: false };
  }
  const about = { client, clientIdSent: client.id, detail: refused.detail };
  if (refused.description?.startsWith("redirect_uri did not match any of the client's"))
    return { ...about, cause: redirectUriCause(client, params), isApplicationFault: false };
  const own = authorizationCause(refused, client, oidc, params);
  if (own)
    return { ...about, cause: own, isApplicationFault: ctx.oidc.client !== undefined && !staysProtocol.has(own.code) };
  const authentication = {
    sent: methodSent(ctx),
    registered: registeredMethod(client, ctx.oidc.route),
    shape: secretShapeOf(ctx),
  };
  const cause =
    decisionCause(refused, client) ??
    authenticationCause(refused, client, authentication) ??
    tokenCause(refused, client, params, known.code) ??
    shapeCause(refused, params) ??
    tokenOfNobody(refused) ??
    otherCause(refused);
  return { ...about, cause, isApplicationFault: false };
}

function refusedOf(error: EngineError, fault: ParameterFault | undefined): RefusedError {
  const { error: name, error_description: description, scope } = error;
  // What a parser says may quote what it read, and that may be an assertion or a token.
  const detail = error.cause instanceof SyntaxError ? undefined : error.error_detail;
  return { error: error.name === 'SessionNotFound' ? 'session_not_found' : name, description, detail, scope, fault };
}

type Credentials = { readonly id: string; readonly secret: string };

/** Who sends an id that no client has: why it does not count, and the id where it can be no secret. */
function strangerOf({ id, secret }: Credentials, { clients, leftOut }: Known): { id: string; cause: Cause } {
  if (clients.get(secret) || leftOut.has(secret)) return { id: '', cause: swappedClient() };
  const out = leftOut.get(id);
  if (out) return { id, cause: leftOutClient(id, out) };
  const near = nearestId(
    id,
    [...clients.values()].map((each) => each.id),
  );
  if (near === undefined) return { id: '', cause: unknownClient(id) };
  return { id: shortText(id, 100), cause: misspeltClient(id, near) };
}

/** Also of a request that failed before the engine read it. */
function credentialsSent(ctx: KoaContextWithOIDC): Credentials {
  const { params, body } = ctx.oidc;
  const basic = basicSent(ctx.get('authorization'));
  return {
    id: String(params?.client_id ?? body?.client_id ?? ctx.query.client_id ?? basic.id),
    secret: String(params?.client_secret ?? body?.client_secret ?? basic.secret),
  };
}

function basicSent(header: string): Credentials {
  const [scheme, credentials = ''] = header.split(' ');
  if (scheme?.toLowerCase() !== 'basic') return { id: '', secret: '' };
  const [id = '', ...secret] = Buffer.from(credentials, 'base64').toString().split(':');
  return { id: decoded(id), secret: decoded(secret.join(':')) };
}

/** Both are form-urlencoded there (RFC 6749 section 2.3.1); what is not is taken as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
