/**
 * Why a request was refused, in words an administrator can act on: what was sent, what is registered, and which key of the
 * configuration decides. Pure; the sentences of the engine that stand here are compared by the tests with real answers.
 */
import type { AudienceFault } from './audiences.ts';
import type { Client } from './clients.ts';
import type { ConfigPath, OidcOptions } from './options.ts';
import { entropyMin, type ParameterFault, pkceRule } from './parameters.ts';

export type Cause = {
  /** Permanent name, for logs and support. */
  readonly code: string;
  readonly what: string;
  readonly why: string;
  readonly todo: string;
  readonly sent: string;
  readonly registered: string;
  /** Keys that may decide, the one that the file states first. */
  readonly keys: readonly [ConfigPath, ...ConfigPath[]];
};

export type RefusedError = {
  readonly error: string;
  readonly description: string | undefined;
  /** What the engine adds to `invalid_scope`. */
  readonly scope: string | undefined;
  readonly fault: ParameterFault | undefined;
};

type Params = Readonly<Record<string, unknown>>;

const provider: ConfigPath = ['identity_providers', 'oidc'];

/** What the application itself did wrong at the authorization endpoint, or undefined for anything else. */
export function authorizationCause(
  refused: RefusedError,
  client: Client,
  oidc: OidcOptions,
  params: Params,
): Cause | undefined {
  const { fault } = refused;
  if (fault) return faultCause(fault, client, oidc, params);
  switch (refused.description) {
    case 'Authorization Server policy requires PKCE to be used for this request':
      return challengeMissing(client, oidc);
    case 'code_challenge_method must be provided':
      return challengeMethod(client, 'code_challenge without code_challenge_method (which means plain)');
    case 'not supported value of code_challenge_method':
      return challengeMethod(client, `code_challenge_method=${short(params.code_challenge_method)}`);
    case 'requested scope is not allowed':
      return scopeUnregistered(client, refused.scope ?? '');
    case 'requested response_type is not allowed for this client':
    case 'unsupported response_type requested':
      return responseType(client, params);
    case 'requested response_mode is not allowed for this client or request':
      // A type that is not registered brings a mode that is not: the type is the cause.
      return hasResponseType(client, params) ? responseMode(client, params) : responseType(client, params);
    case 'Pushed Authorization Request must be used':
      return pushMissing(client, oidc);
    default:
      return undefined;
  }
}

function faultCause(fault: ParameterFault, client: Client, oidc: OidcOptions, params: Params): Cause {
  switch (fault.kind) {
    case 'state-missing':
      return stateOrNonce('state', 'nothing', oidc);
    case 'too-short':
      return stateOrNonce(fault.name, `${String(params[fault.name]).length} characters`, oidc);
    case 'scope-unregistered':
      return scopeUnregistered(client, fault.scope);
    case 'challenge-method':
      return challengeMethod(client, `code_challenge_method=${short(fault.sent)}`);
    case 'audience-unregistered':
      return audienceUnregistered(client, fault);
  }
}

function challengeMissing(client: Client, oidc: OidcOptions): Cause {
  const rule = pkceRule(client, oidc) ?? 'enforce_pkce';
  return {
    code: 'pkce-missing',
    what: `${client.name} asked to sign you in without the parameter code_challenge.`,
    why: `The configuration asks this application for PKCE (${rule}).`,
    todo:
      rule === 'enforce_pkce'
        ? 'Switch on PKCE with S256 in the application. If it cannot do PKCE, this key decides who must.'
        : `Switch on PKCE with S256 in the application. If it cannot do PKCE, set require_pkce to false and remove pkce_challenge_method for ${client.id}.`,
    sent: 'no code_challenge',
    registered:
      rule === 'enforce_pkce'
        ? `enforce_pkce: ${oidc.enforce_pkce ?? 'public_clients_only'}`
        : `${rule}: ${rule === 'require_pkce' ? 'true' : client.options.pkce_challenge_method}`,
    keys:
      rule === 'enforce_pkce'
        ? [[...provider, rule]]
        : [
            [...client.path, 'require_pkce'],
            [...client.path, 'pkce_challenge_method'],
          ],
  };
}

function challengeMethod(client: Client, sent: string): Cause {
  return {
    code: 'pkce-method',
    what: `${client.name} sent a PKCE challenge with a method that is not accepted.`,
    why: 'Only the method S256 keeps the code safe, and no other is offered.',
    todo: 'Set the PKCE method of the application to S256.',
    sent,
    registered: 'S256',
    keys: [
      [...client.path, 'pkce_challenge_method'],
      [...client.path, 'require_pkce'],
      [...provider, 'enable_pkce_plain_challenge'],
    ],
  };
}

function scopeUnregistered(client: Client, scope: string): Cause {
  return {
    code: 'scope-unregistered',
    what: `${client.name} asked for the scope ${short(scope)}, which is not registered for it.`,
    why: 'An application gets only the scopes that the configuration lists for it.',
    todo: `Add the scope to the list of ${client.id}, or take it out of the application's settings.`,
    sent: `scope ${short(scope)}`,
    registered: [...client.scopes].join(' '),
    keys: [[...client.path, 'scopes']],
  };
}

function audienceUnregistered(client: Client, { name, value }: AudienceFault): Cause {
  return {
    code: 'audience-unregistered',
    what: `${client.name} asked for access to ${short(value)}, which is not registered for it.`,
    why:
      name === 'audience'
        ? 'An application gets tokens only for the audiences that the configuration lists for it, written exactly so.'
        : 'An application gets tokens only for addresses at or below an audience that the configuration lists for it.',
    todo: `Add the audience to the list of ${client.id}, or take it out of the application's settings.`,
    sent: `${name}=${short(value)}`,
    registered: (client.options.audience ?? []).join(' ') || 'none',
    keys: [[...client.path, 'audience']],
  };
}

function stateOrNonce(name: 'state' | 'nonce', sent: string, oidc: OidcOptions): Cause {
  const least = entropyMin(oidc.minimum_parameter_entropy);
  return {
    code: sent === 'nothing' ? 'state-missing' : `${name}-short`,
    what:
      sent === 'nothing'
        ? 'The application asked to sign you in without the parameter state.'
        : `The application sent a ${name} that is too short to protect you.`,
    why: `At least ${least} characters are asked for, so that nobody can guess the value.`,
    todo: `Update the application: it must send a fresh random ${name} of at least ${least} characters.`,
    sent,
    registered: `at least ${least} characters`,
    keys: [[...provider, 'minimum_parameter_entropy']],
  };
}

function hasResponseType(client: Client, params: Params): boolean {
  const type = String(params.response_type).split(' ').sort().join(' ');
  return client.metadata.response_types?.some((registered) => registered === type) ?? false;
}

function responseType(client: Client, params: Params): Cause {
  return {
    code: 'response-type',
    what: `${client.name} asked for the response type ${short(params.response_type)}, which is not registered for it.`,
    why: 'An application gets only the response types that the configuration lists for it.',
    todo: `Set the application to the authorization code flow (response type code), or add the type to the list of ${client.id}.`,
    sent: short(params.response_type),
    registered: (client.metadata.response_types ?? []).join(', '),
    keys: [[...client.path, 'response_types']],
  };
}

function responseMode(client: Client, params: Params): Cause {
  return {
    code: 'response-mode',
    what: `${client.name} asked for the response mode ${short(params.response_mode)}, which is not registered for it.`,
    why: 'An application gets its answer only in the ways that the configuration lists for it.',
    todo: `Add the mode to the list of ${client.id}, or choose another in the application.`,
    sent: short(params.response_mode),
    registered: (client.metadata.response_modes ?? []).join(', '),
    keys: [[...client.path, 'response_modes']],
  };
}

function pushMissing(client: Client, oidc: OidcOptions): Cause {
  const own = client.options.require_pushed_authorization_requests;
  const name = 'require_pushed_authorization_requests';
  return {
    code: 'push-missing',
    what: `${client.name} sent its request through the browser instead of pushing it.`,
    why: 'The configuration asks for pushed authorization requests (RFC 9126).',
    todo: `Switch on pushed authorization requests in the application, or set ${name} to false.`,
    sent: 'a request that was not pushed',
    registered: `${name}: ${own || oidc.require_pushed_authorization_requests}`,
    keys: [own ? [...client.path, name] : [...provider, name]],
  };
}

/** As it stands in the file: `identity_providers.oidc.clients[0].require_pkce`. */
export function keyText(path: ConfigPath): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}

/** Text of a stranger, cut to what a line can hold. */
function short(value: unknown): string {
  const text = String(value ?? '').replace(/[^\x20-\x7e]/g, '?');
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
