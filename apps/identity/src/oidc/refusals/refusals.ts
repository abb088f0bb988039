/**
 * Refusals, told: each is logged and recorded with the client, the cause, what was sent and what is registered, and the line
 * of the configuration that decides; and at the authorization endpoint a person sees our page instead of an application's
 * blank one when the application is the cause (docs/decisions/explained-refusals.md). Nothing secret is ever said, and what
 * is said of the configuration is for administrators.
 */
import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { ErrorOut, errors, KoaContextWithOIDC } from 'oidc-provider';
import { referenceFrom } from '../../reference.ts';
import type { Clients } from '../clients/client-registry.ts';
import type { Client } from '../clients/clients.ts';
import type { ParameterFault } from '../clients/parameters.ts';
import { devicePersonRoutes } from '../device/device-routes.ts';
import { htmlPage, readerOf } from '../engine/html.ts';
import type { ProviderOptions } from '../options.ts';
import type { ErrorPage } from '../pages.ts';
import { type Cause, keyText } from './cause.ts';
import { inAddress, type Told } from './debug-messages.ts';
import { type Diagnosis, diagnose, type LeftOut } from './diagnose.ts';
import { type Refusal, type Setting, textOf } from './refusal.ts';
import { applicationPage, plainPage } from './refusal-page.ts';
import { wordsIn } from './refusals.words.ts';

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
  renderError(ctx: KoaContextWithOIDC, out: ErrorOut, error: errors.OIDCProviderError | Error): Promise<void>;
  /** What was told of the refusal of this request, for the application itself where the configuration lets it know. */
  toldOf(ctx: KoaContextWithOIDC): Told | undefined;
  /** A flow that stopped on the way, as it is recorded. */
  findingOf(client: Client, endpoint: string, cause: Cause): Refusal;
};

/** Not refusals: the protocol's own way of saying "ask again". */
const notYet: ReadonlySet<string> = new Set(['authorization_pending', 'slow_down', 'use_dpop_nonce']);

type ToldError = Told & { readonly isApplicationFault: boolean };

export function openRefusals(
  options: Pick<
    ProviderOptions,
    'issuer' | 'oidc' | 'locate' | 'isStated' | 'log' | 'errorPage' | 'sayTo' | 'refusals' | 'flows' | 'isAdministrator'
  >,
  clients: Clients,
  leftOut: LeftOut,
): Refusals {
  const { issuer, oidc, log } = options;
  const told = new WeakMap<Error, ToldError>();
  const toldInRequest = new WeakMap<object, Told>();
  const failures = new WeakMap<Error, string>();

  /** The first of the keys that is stated; otherwise the first, at the section it would stand in. */
  function settingOf(keys: Cause['keys']): Setting | undefined {
    if (!keys) return undefined;
    const path = keys.find((key) => options.isStated(key)) ?? keys[0];
    const place = options.locate(path);
    return { key: keyText(path), ...(place && { file: basename(place.file), line: place.line }) };
  }

  function clientOf(ctx: KoaContextWithOIDC): Client | undefined {
    return clients.get(ctx.oidc.client?.clientId ?? '');
  }

  /** Logs and records it, once for each error. */
  function tell(ctx: KoaContextWithOIDC, error: errors.OIDCProviderError, message: string): ToldError {
    const found: Diagnosis = diagnose(ctx, error, {
      ...{ clients, leftOut, oidc },
      fault: faults.get(error),
      code: codeOf(ctx),
    });
    const { client } = found;
    const { code, keys, ...cause } = found.cause;
    const refusal: Refusal = {
      kind: 'refusal',
      issuer,
      clientId: client?.id ?? found.clientIdSent,
      isKnownClient: client !== undefined,
      endpoint: ctx.oidc.route,
      error: error.error,
      cause: code,
      ...cause,
      setting: settingOf(keys),
    };
    const reference = options.refusals.record(refusal);
    const detail = found.detail === undefined || found.isApplicationFault ? {} : { detail: found.detail };
    log.warn(
      {
        reference,
        endpoint: refusal.endpoint,
        client: refusal.clientId,
        error: refusal.error,
        cause: refusal.cause,
        ...detail,
        sent: textOf(refusal.sent),
        registered: textOf(refusal.registered),
        ...(refusal.setting && { setting: refusal.setting }),
      },
      message,
    );
    const answer = { refusal, reference, isApplicationFault: found.isApplicationFault };
    told.set(error, answer);
    toldInRequest.set(ctx.oidc, answer);
    return answer;
  }

  function codeOf(ctx: KoaContextWithOIDC) {
    const code = ctx.oidc.route === 'token' ? ctx.oidc.body?.code : undefined;
    return typeof code === 'string' ? options.flows.codePresented(code) : undefined;
  }

  function pageFor(ctx: KoaContextWithOIDC, out: ErrorOut, error: Error, isAdministrator: boolean): ErrorPage {
    const say = options.sayTo(readerOf(ctx));
    const client = clientOf(ctx);
    const known = told.get(error);
    const href = known?.isApplicationFault
      ? backHref(ctx, out, oidc.enable_client_debug_messages ? known : undefined)
      : undefined;
    return {
      back: { label: wordsIn(say).overview, href: '/' },
      ...(known && client && href !== undefined
        ? applicationPage(say, client, known.refusal.cause, href)
        : plainPage(say, ctx, out, error, client, failures.get(error))),
      ...(client && { application: { clientId: client.id, name: client.name } }),
      ...(known && { reference: known.reference }),
      ...(known && isAdministrator && { diagnosis: known.refusal }),
    };
  }

  /** A failure of ours is nobody's refusal: it is logged once, under a reference of its own. */
  function onServerError(ctx: KoaContextWithOIDC, error: Error): void {
    if (failures.has(error)) return;
    const reference = referenceFrom(randomBytes(8));
    failures.set(error, reference);
    log.error({ err: error, path: ctx.path, reference }, 'Request failed');
  }

  async function mayKnow(ctx: KoaContextWithOIDC): Promise<boolean> {
    try {
      return await options.isAdministrator(ctx.req);
    } catch (cause) {
      log.error({ err: cause }, 'Whether an administrator asks could not be found out');
      return false;
    }
  }

  return {
    onAuthorizationError(ctx, error) {
      const { isApplicationFault } = tell(ctx, error, 'Authorization request refused');
      if (isApplicationFault && isBrowserNavigation(ctx)) error.allow_redirect = false;
    },
    onClientError(ctx, error) {
      if (!notYet.has(error.error)) tell(ctx, error, 'Request of an application refused');
    },
    onServerError,
    toldOf: (ctx) => toldInRequest.get(ctx.oidc),
    findingOf(client, endpoint, { code, keys, ...cause }) {
      const about = { kind: 'finding', issuer, clientId: client.id, isKnownClient: true, endpoint, error: '' } as const;
      return { ...about, cause: code, ...cause, setting: settingOf(keys) };
    },
    async renderError(ctx, out, error) {
      const isPage = ctx.oidc?.route === undefined || pageRoutes.has(ctx.oidc.route);
      if (!isPage) {
        ctx.body = out;
        return;
      }
      if (!('expose' in error && error.expose)) onServerError(ctx, error);
      const page = pageFor(ctx, out, error, told.has(error) && (await mayKnow(ctx)));
      htmlPage(ctx, page.status, options.errorPage(page, readerOf(ctx)));
    },
  };
}

const pageRoutes: ReadonlySet<string> = new Set([
  'authorization',
  'resume',
  'end_session',
  'end_session_confirm',
  'end_session_success',
  ...devicePersonRoutes,
]);

const navigated: ReadonlySet<string> = new Set(['authorization', 'resume']);

/** Answers that no link can carry: they are posted, or signed. */
const needsEngine: ReadonlySet<string> = new Set(['form_post', 'jwt', 'query.jwt', 'fragment.jwt', 'form_post.jwt']);

/** A person looks at the answer, and it can be carried on by a link. */
function isBrowserNavigation(ctx: KoaContextWithOIDC): boolean {
  const params = ctx.oidc.params ?? {};
  return (
    navigated.has(ctx.oidc.route) &&
    !String(params.prompt ?? '')
      .split(' ')
      .includes('none') &&
    !needsEngine.has(String(params.response_mode)) &&
    ctx.get('accept').includes('text/html')
  );
}

/** Where the protocol itself would have redirected to (RFC 6749 section 4.1.2.1, RFC 9207), if the request names it. */
function backHref(ctx: KoaContextWithOIDC, out: ErrorOut, told: Told | undefined): string | undefined {
  const params = ctx.oidc.params ?? {};
  const target = URL.parse(String(params.redirect_uri ?? ''));
  if (!target) return undefined;
  const type = String(params.response_type ?? 'code');
  const answer = Object.entries(out).filter((entry): entry is [string, string] => entry[1] !== undefined);
  if (params.response_mode === 'fragment' || (type.includes('token') && params.response_mode === undefined))
    target.hash = new URLSearchParams(answer).toString();
  else for (const [name, value] of answer) target.searchParams.set(name, value);
  return told ? inAddress(target.href, told) : target.href;
}
