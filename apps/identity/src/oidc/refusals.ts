/**
 * Refusals, told: each is logged with the client, the cause, what was sent and what is registered, and the line of the
 * configuration that decides; and at the authorization endpoint a person sees our page instead of an application's blank
 * one when the application is the cause (docs/decisions/explained-refusals.md). Nothing secret is ever said.
 */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { ErrorOut, errors, KoaContextWithOIDC } from 'oidc-provider';
import { methodSent, registeredMethod } from './client-auth.ts';
import type { Clients } from './client-registry.ts';
import type { Client } from './clients.ts';
import { htmlPage } from './html.ts';
import type { ProviderOptions } from './options.ts';
import type { ErrorPage } from './pages.ts';
import type { ParameterFault } from './parameters.ts';
import { endpoints } from './paths.ts';
import { authorizationCause, type Cause, keyText } from './refusal-causes.ts';

type EngineError = errors.OIDCProviderError & { readonly scope?: string };

const faults = new WeakMap<Error, ParameterFault>();

/** Ties to a protocol error what was found wrong, for the page and the log. */
export function withFault<E extends Error>(error: E, fault: ParameterFault): E {
  faults.set(error, fault);
  return error;
}

export type Refusals = {
  onAuthorizationError(ctx: KoaContextWithOIDC, error: errors.OIDCProviderError): void;
  onClientError(ctx: KoaContextWithOIDC, error: errors.OIDCProviderError): void;
  onServerError(ctx: KoaContextWithOIDC, error: Error): void;
  renderError(ctx: KoaContextWithOIDC, out: ErrorOut, error: errors.OIDCProviderError | Error): void;
};

export function openRefusals(
  options: Pick<ProviderOptions, 'oidc' | 'locate' | 'log' | 'errorPage'>,
  clients: Clients,
): Refusals {
  const { oidc, log } = options;
  const explained = new WeakMap<Error, Cause>();
  const references = new WeakMap<Error, string>();

  /** The first of the keys that a file states; otherwise the first, at the section it would stand in. */
  function placeOf(keys: Cause['keys']) {
    const path = keys.find((key) => options.locate(key)) ?? keys[0];
    const place = options.locate(path) ?? options.locate(path.slice(0, -1));
    return { key: keyText(path), ...(place && { file: basename(place.file), line: place.line }) };
  }

  function clientOf(ctx: KoaContextWithOIDC): Client | undefined {
    return clients.get(ctx.oidc.client?.clientId ?? '');
  }

  function causeOf(ctx: KoaContextWithOIDC, error: EngineError): Cause | undefined {
    const client = clientOf(ctx);
    const refused = {
      error: error.error,
      description: error.error_description,
      scope: error.scope,
      fault: faults.get(error),
    };
    return client && authorizationCause(refused, client, oidc, ctx.oidc.params ?? {});
  }

  function pageFor(ctx: KoaContextWithOIDC, out: ErrorOut, error: Error): ErrorPage {
    const client = clientOf(ctx);
    const application = client && { clientId: client.id, name: client.name };
    const cause = explained.get(error);
    if (cause && client)
      return {
        status: 400,
        code: cause.code,
        heading: `${client.name} cannot sign you in yet`,
        what: `${client.name} sent a request that this portal does not accept. You did nothing wrong.`,
        todo: `Tell whoever looks after ${client.name}. What they need to know stands below.`,
        details: [cause.what, `${cause.why} Sent: ${cause.sent}. Asked for: ${cause.registered}.`, cause.todo],
        setting: placeOf(cause.keys),
        application: { clientId: client.id, name: client.name },
        back: { label: `Go back to ${client.name}`, href: backHref(ctx, out) },
      };
    return {
      back: { label: 'Go to the overview', href: '/' },
      ...plainPage(ctx, out, error, client, references.get(error)),
      ...(application && { application }),
    };
  }

  function plainPage(
    ctx: KoaContextWithOIDC,
    out: ErrorOut,
    error: Error,
    client: Client | undefined,
    reference: string | undefined,
  ): ErrorPage {
    const status = Number('status' in error ? error.status : 500) || 500;
    if (reference !== undefined)
      return {
        status,
        code: reference,
        heading: 'Something went wrong here',
        what: 'This server could not answer the request.',
        todo: 'Try again in a moment. If it stays so, give your administrator the reference below.',
      };
    if (out.error === 'invalid_redirect_uri')
      return {
        status,
        code: 'redirect-uri',
        heading: 'This address is not registered for the application',
        what: `${client?.name ?? 'The application'} asked to send you to ${hostOf(ctx)}, which is not one of its registered addresses.`,
        why: 'You are not sent there, because it could be somebody else who asks.',
        todo: 'Start again from the application. If you look after it, compare its redirect URI with the registered ones, character by character.',
        ...(client && { setting: placeOf([[...client.path, 'redirect_uris']]) }),
      };
    if (out.error === 'invalid_client')
      return {
        status,
        code: 'unknown-client',
        heading: 'This application is not known here',
        what: 'The application that sent you is not registered with this server.',
        todo: 'Start again from the application. If you look after it, compare its client id with the configuration.',
      };
    if (error.name === 'SessionNotFound')
      return {
        status,
        code: 'sign-in-expired',
        heading: 'This sign-in has expired',
        what: 'It was finished already, took too long, or was begun in another browser.',
        todo: 'Go back to the application and sign in again.',
      };
    const leaving = ctx.path.startsWith(endpoints.end_session);
    return {
      status,
      code: out.error,
      heading: leaving ? 'The request to sign out is not right' : 'The request to sign in is not right',
      what: `The application sent a request that cannot be answered: ${out.error_description ?? out.error}.`,
      todo: leaving ? 'Sign out at this portal instead.' : 'Start again from the application.',
      ...(leaving && { back: { label: 'Sign out here', href: '/logout' } }),
    };
  }

  /** The engine tells a failure before or after it asks for the page; it is logged once. */
  function onServerError(ctx: KoaContextWithOIDC, error: Error): void {
    if (references.has(error)) return;
    const reference = randomUUID();
    references.set(error, reference);
    log.error({ err: error, path: ctx.path, reference }, 'Request failed');
  }

  return {
    onAuthorizationError(ctx, error) {
      const cause = causeOf(ctx, error);
      if (cause && isBrowserNavigation(ctx) && error.allow_redirect) {
        explained.set(error, cause);
        error.allow_redirect = false;
      }
      const params = ctx.oidc.params ?? {};
      log.warn(
        {
          client: clientOf(ctx)?.id ?? shortText(params.client_id),
          error: error.error,
          cause: cause?.code ?? error.error_description,
          ...(error.error_detail !== undefined && { detail: error.error_detail }),
          ...(cause && { sent: cause.sent, registered: cause.registered, setting: placeOf(cause.keys) }),
          ...(error.error === 'invalid_redirect_uri' && {
            sent: shortText(params.redirect_uri),
            registered: clientOf(ctx)?.options.redirect_uris,
          }),
        },
        'Authorization request refused',
      );
    },
    onClientError(ctx, error) {
      const client = clientOf(ctx);
      const registered = client && registeredMethod(client, ctx.oidc.route);
      const sent = methodSent(ctx);
      const isMethod = error.error === 'invalid_client' && client && registered && sent !== registered.method;
      log.warn(
        {
          endpoint: ctx.oidc.route,
          client: client?.id ?? shortText(ctx.oidc.params?.client_id),
          error: error.error,
          cause: isMethod ? 'client-auth-method' : (error.error_detail ?? error.error_description),
          ...(isMethod && {
            sent,
            registered: registered.method,
            setting: placeOf([[...client.path, registered.key]]),
          }),
        },
        'Request of an application refused',
      );
    },
    onServerError,
    renderError(ctx, out, error) {
      const isPage = ctx.oidc?.route === undefined || pageRoutes.has(ctx.oidc.route);
      if (!isPage) {
        ctx.body = out;
        return;
      }
      if (!('expose' in error && error.expose)) onServerError(ctx, error);
      const page = pageFor(ctx, out, error);
      htmlPage(ctx, page.status, options.errorPage(page));
    },
  };
}

const pageRoutes: ReadonlySet<string> = new Set([
  'authorization',
  'resume',
  'end_session',
  'end_session_confirm',
  'end_session_success',
]);

/** A person looks at the answer, and it can be carried on by a link. */
function isBrowserNavigation(ctx: KoaContextWithOIDC): boolean {
  const params = ctx.oidc.params ?? {};
  return (
    ctx.oidc.route === 'authorization' &&
    !String(params.prompt ?? '')
      .split(' ')
      .includes('none') &&
    params.response_mode !== 'form_post' &&
    ctx.get('accept').includes('text/html')
  );
}

/** Where the protocol itself would have redirected to (RFC 6749 section 4.1.2.1, RFC 9207). */
function backHref(ctx: KoaContextWithOIDC, out: ErrorOut): string {
  const params = ctx.oidc.params ?? {};
  const target = new URL(String(params.redirect_uri));
  const type = String(params.response_type ?? 'code');
  const answer = Object.entries(out).filter((entry): entry is [string, string] => entry[1] !== undefined);
  if (params.response_mode === 'fragment' || (type.includes('token') && params.response_mode === undefined))
    target.hash = new URLSearchParams(answer).toString();
  else for (const [name, value] of answer) target.searchParams.set(name, value);
  return target.href;
}

function hostOf(ctx: KoaContextWithOIDC): string {
  return shortText(URL.parse(String(ctx.oidc.params?.redirect_uri ?? ''))?.host) || 'an address';
}

function shortText(value: unknown): string {
  return String(value ?? '')
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 200);
}
