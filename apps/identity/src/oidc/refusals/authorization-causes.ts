/**
 * Why an authorization request was refused because of what the application sent: parameters, scopes, response types, PKCE.
 * Pure; the sentences of the engine that stand here are compared by the tests with real answers.
 */

import type { Client } from '../clients/clients.ts';
import { entropyMin, type ParameterFault, pkceRule } from '../clients/parameters.ts';
import type { ConfigPath, OidcOptions } from '../options.ts';
import type { AudienceFault } from '../tokens/audiences.ts';
import { type Cause, provider, quoted } from './cause.ts';
import { charactersOf, plain, shortText } from './refusal.ts';

export type RefusedError = {
  readonly error: string;
  readonly description: string | undefined;
  /** What the engine keeps to itself. */
  readonly detail: string | undefined;
  /** What the engine adds to `invalid_scope`. */
  readonly scope: string | undefined;
  readonly fault: ParameterFault | undefined;
};

export type Params = Readonly<Record<string, unknown>>;

/** What the application itself did wrong in its authorization request, or undefined for anything else. */
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
      return challengeMethod(client, `code_challenge_method=${shortText(params.code_challenge_method, 60)}`);
    case 'code_challenge must be provided with code_challenge_method':
      return challengeShape(client, 'code_challenge_method without code_challenge');
    case 'code_challenge must be a string with a minimum length of 43 characters':
    case 'code_challenge must be a string with a maximum length of 128 characters':
    case 'code_challenge contains invalid characters':
      return challengeShape(client, `a code_challenge of ${String(params.code_challenge).length} characters`);
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
    case 'missing required parameter nonce':
      return stateOrNonce('nonce', 'nothing', client, oidc);
    default:
      return undefined;
  }
}

function faultCause(fault: ParameterFault, client: Client, oidc: OidcOptions, params: Params): Cause {
  switch (fault.kind) {
    case 'state-missing':
      return stateOrNonce('state', 'nothing', client, oidc);
    case 'too-short':
      return stateOrNonce(fault.name, charactersOf(params[fault.name]), client, oidc);
    case 'scope-unregistered':
      return scopeUnregistered(client, fault.scope);
    case 'challenge-method':
      return challengeMethod(client, `code_challenge_method=${shortText(fault.sent, 60)}`);
    case 'audience-unregistered':
      return audienceUnregistered(client, fault);
  }
}

function challengeMissing(client: Client, oidc: OidcOptions): Cause {
  const rule = pkceRule(client, oidc) ?? 'enforce_pkce';
  const own: readonly [ConfigPath, ConfigPath] = [
    [...client.path, 'require_pkce'],
    [...client.path, 'pkce_challenge_method'],
  ];
  return {
    code: 'pkce-missing',
    what: `${client.name} asked to sign you in without the parameter code_challenge.`,
    why: `The configuration asks this application for PKCE (${rule}).`,
    todo:
      rule === 'enforce_pkce'
        ? 'Switch on PKCE with S256 in the application. If it cannot do PKCE, this key decides who must.'
        : `Switch on PKCE with S256 in the application. If it cannot do PKCE, set require_pkce to false and remove pkce_challenge_method for ${client.id}.`,
    sent: plain('no code_challenge'),
    registered: plain(
      rule === 'enforce_pkce'
        ? `enforce_pkce: ${oidc.enforce_pkce ?? 'public_clients_only'}`
        : `${rule}: ${rule === 'require_pkce' ? 'true' : client.options.pkce_challenge_method}`,
    ),
    keys: rule === 'enforce_pkce' ? [[...provider, rule]] : own,
    write:
      rule === 'enforce_pkce'
        ? `enforce_pkce: '${client.isPublic ? 'never' : 'public_clients_only'}'`
        : ['require_pkce: false', ...(client.options.pkce_challenge_method ? ["pkce_challenge_method: ''"] : [])].join(
            '\n',
          ),
  };
}

function challengeMethod(client: Client, sent: string): Cause {
  return {
    code: 'pkce-method',
    what: `${client.name} sent a PKCE challenge with a method that is not accepted.`,
    why: 'Only the method S256 keeps the code safe, and no other is offered.',
    todo: 'Set the PKCE method of the application to S256.',
    sent: plain(sent),
    registered: plain('S256'),
    keys: [
      [...client.path, 'pkce_challenge_method'],
      [...client.path, 'require_pkce'],
      [...provider, 'enable_pkce_plain_challenge'],
    ],
  };
}

function challengeShape(client: Client, sent: string): Cause {
  return {
    code: 'pkce-challenge',
    what: `${client.name} sent a PKCE challenge that cannot be one.`,
    why: 'A challenge of the method S256 is the SHA-256 of the verifier in base64url: 43 characters (RFC 7636).',
    todo: 'Update the application, or use a library for PKCE in it.',
    sent: plain(sent),
    registered: plain('43 characters of A-Z a-z 0-9 - _'),
    keys: [
      [...client.path, 'require_pkce'],
      [...client.path, 'pkce_challenge_method'],
    ],
  };
}

function audienceUnregistered(client: Client, { name, value }: AudienceFault): Cause {
  const registered = client.options.audience ?? [];
  const sent = shortText(value, 100);
  return {
    code: 'audience-unregistered',
    what: `${client.name} asked for access to ${sent}, which is not registered for it.`,
    why:
      name === 'audience'
        ? 'An application gets tokens only for the audiences that the configuration lists for it, written exactly so.'
        : 'An application gets tokens only for addresses at or below an audience that the configuration lists for it.',
    todo: `Add the audience to the list of ${client.id}, or take it out of the application's settings.`,
    sent: [{ text: `${name}=` }, { text: sent, differs: true }],
    registered: plain(registered.join(' ') || 'none'),
    keys: [[...client.path, 'audience']],
    write: `audience: [${[...registered, sent].map(quoted).join(', ')}]`,
  };
}

function scopeUnregistered(client: Client, scope: string): Cause {
  const all = [...client.scopes, shortText(scope, 60)];
  return {
    code: 'scope-unregistered',
    what: `${client.name} asked for the scope ${shortText(scope, 60)}, which is not registered for it.`,
    why: 'An application gets only the scopes that the configuration lists for it.',
    todo: `Add the scope to the list of ${client.id}, or take it out of the application's settings.`,
    sent: [{ text: 'scope ' }, { text: shortText(scope, 60), differs: true }],
    registered: plain([...client.scopes].join(' ')),
    keys: [[...client.path, 'scopes']],
    write: `scopes: [${all.map(quoted).join(', ')}]`,
  };
}

function stateOrNonce(name: 'state' | 'nonce', sent: string, client: Client, oidc: OidcOptions): Cause {
  const least = entropyMin(oidc.minimum_parameter_entropy);
  const isMissing = sent === 'nothing';
  return {
    code: isMissing ? `${name}-missing` : `${name}-short`,
    what: isMissing
      ? `${client.name} asked to sign you in without the parameter ${name}.`
      : `${client.name} sent a ${name} that is too short to protect you.`,
    why:
      isMissing && name === 'nonce'
        ? 'An ID token that comes straight from here must carry a nonce, or somebody could hand in a stolen one.'
        : `At least ${least} characters are asked for, so that nobody can guess the value.`,
    todo:
      `Update the application: it must send a fresh random ${name} of at least ${least} characters.` +
      (name === 'state' ? ' If it cannot, this key switches the check off, for every application.' : ''),
    sent: plain(sent),
    registered: plain(`at least ${least} characters`),
    keys: isMissing && name === 'nonce' ? [[...client.path, 'response_types']] : [[...provider, entropyKey]],
    ...(name === 'state' && { write: `${entropyKey}: -1` }),
  };
}

const entropyKey = 'minimum_parameter_entropy';

function hasResponseType(client: Client, params: Params): boolean {
  const type = String(params.response_type).split(' ').sort().join(' ');
  return client.metadata.response_types?.some((registered) => registered === type) ?? false;
}

function responseType(client: Client, params: Params): Cause {
  const sent = shortText(params.response_type, 60);
  const registered = client.metadata.response_types ?? [];
  return {
    code: 'response-type',
    what: `${client.name} asked for the response type ${sent}, which is not registered for it.`,
    why: 'An application gets only the response types that the configuration lists for it.',
    todo: `Set the application to the authorization code flow (response type code), or add the type to the list of ${client.id}.`,
    sent: plain(sent),
    registered: plain(registered.join(', ')),
    keys: [[...client.path, 'response_types']],
    write: `response_types: [${[...registered, sent].map(quoted).join(', ')}]`,
  };
}

function responseMode(client: Client, params: Params): Cause {
  const sent = shortText(params.response_mode, 60);
  const registered = client.metadata.response_modes ?? [];
  return {
    code: 'response-mode',
    what: `${client.name} asked for the response mode ${sent}, which is not registered for it.`,
    why: 'An application gets its answer only in the ways that the configuration lists for it.',
    todo: `Add the mode to the list of ${client.id}, or choose another in the application.`,
    sent: plain(sent),
    registered: plain(registered.join(', ')),
    keys: [[...client.path, 'response_modes']],
    write: `response_modes: [${[...registered, sent].map(quoted).join(', ')}]`,
  };
}

function pushMissing(client: Client, oidc: OidcOptions): Cause {
  const own = client.options.require_pushed_authorization_requests;
  const name = 'require_pushed_authorization_requests';
  return {
    code: 'push-missing',
    what: `${client.name} sent its request through the browser.`,
    why: 'The configuration asks that this application push its request to the server first (RFC 9126).',
    todo: `Switch on pushed authorization requests in the application, or set ${name} to false.`,
    sent: plain('a request in the address'),
    registered: plain(`${name}: ${own || oidc.require_pushed_authorization_requests}`),
    keys: [own ? [...client.path, name] : [...provider, name]],
    write: `${name}: false`,
  };
}
