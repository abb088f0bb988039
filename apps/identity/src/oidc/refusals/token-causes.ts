/**
 * Why a grant was refused to an application that proved who it is: codes, verifiers, refresh tokens, grant types, scopes,
 * audiences. Pure; what this process remembers of a code is handed in.
 */
import type { Client } from '../clients/clients.ts';
import type { Params, RefusedError } from './authorization-causes.ts';
import { type Cause, quoted } from './cause.ts';
import type { RememberedCode } from './flow-watch.ts';
import { nearestDifference } from './redirect-difference.ts';
import { charactersOf, plain, shortText } from './refusal.ts';

export function tokenCause(
  refused: RefusedError,
  client: Client,
  params: Params,
  code: RememberedCode | undefined,
): Cause | undefined {
  switch (refused.detail) {
    case 'authorization code not found':
    case 'authorization code is expired':
      return codeUnknown(client, code);
    case 'authorization code already consumed':
      return codeReused(client);
    case 'authorization code redirect_uri mismatch':
      return codeElsewhere(client, params, code);
    case 'client mismatch':
      return otherClient(client, params);
    case 'code_verifier must be provided':
      return verifier(
        client,
        'verifier-missing',
        'no code_verifier',
        'It began with a PKCE challenge, so the verifier is asked for.',
      );
    case 'code_verifier does not match code_challenge':
      return verifier(
        client,
        'verifier-wrong',
        'another code_verifier',
        'The verifier is not the one that its challenge was made of.',
      );
    case 'unsupported code_challenge_method':
      return verifier(client, 'verifier-unasked', 'a code_verifier', 'The request began without a PKCE challenge.');
    case 'refresh token not found':
    case 'refresh token is expired':
      return refreshUnknown(client);
    case 'refresh token already used':
      return refreshReused(client);
    case 'grant not found':
    case 'grant is expired':
      return grantGone(client);
    default:
      return bySentence(refused, client, params);
  }
}

function bySentence(refused: RefusedError, client: Client, params: Params): Cause | undefined {
  const said = refused.description ?? '';
  if (said === 'the code or token was already used')
    return params.grant_type === 'refresh_token' ? refreshReused(client) : codeReused(client);
  if (said.startsWith('code_verifier '))
    return verifier(
      client,
      'verifier-shape',
      `a code_verifier of ${String(params.code_verifier).length} characters`,
      'A verifier has 43 to 128 characters of A-Z a-z 0-9 - . _ ~ (RFC 7636 section 4.1).',
    );
  if (said === 'requested grant type is not allowed for this client') return grantType(client, params);
  if (refused.error === 'unsupported_grant_type') return grantTypeUnknown(client, params);
  if (refused.error === 'invalid_target') return audience(client, params);
  if (refused.error === 'invalid_scope') return scope(client, refused.scope ?? shortText(params.scope, 100));
  if (/\(referenced account not found\)$/.test(refused.detail ?? '')) return personGone(client);
  return undefined;
}

function codeUnknown(client: Client, code: RememberedCode | undefined): Cause {
  const late = code && code.ageSeconds > code.lifespanSeconds;
  return {
    code: late ? 'code-expired' : 'code-unknown',
    what: `${client.name} presented an authorization code that is not valid any more, or never was.`,
    why: late
      ? `It was ${code.ageSeconds} seconds old; a code of this client lives ${code.lifespanSeconds}.`
      : 'It expired, was taken back after a second use, or was issued by another portal.',
    todo: late
      ? 'Let the application exchange the code at once. If it cannot reach this server quickly, look at its network and name resolution.'
      : 'Start the sign-in again from the application. If it happens often, look whether the application sends a code twice or takes long to exchange it.',
    sent: plain(late ? `a code ${code.ageSeconds} seconds old` : 'a code that is not known'),
    registered: plain(late ? `${code.lifespanSeconds} seconds` : 'a code, once, within its lifespan'),
    keys: [
      [...client.path, 'lifespan'],
      ['identity_providers', 'oidc', 'lifespans', 'authorize_code'],
    ],
    ...(late && { write: `authorize_code: '${Math.ceil((code.ageSeconds + 30) / 60)} minutes'` }),
  };
}

function codeReused(client: Client): Cause {
  return {
    code: 'code-reused',
    what: `${client.name} presented an authorization code a second time.`,
    why: 'A code works once. What was issued for it was taken back, because one of the two may be a thief (RFC 6749 section 4.1.2).',
    todo: 'Look whether the application repeats its token request, or a page of it is loaded twice. Then sign in again.',
    sent: plain('a code that was used'),
    registered: plain('one use'),
  };
}

function codeElsewhere(client: Client, params: Params, code: RememberedCode | undefined): Cause {
  const sent = shortText(params.redirect_uri);
  const difference = code && nearestDifference(sent, [code.redirectUri]);
  return {
    code: 'code-redirect-uri',
    what: `${client.name} exchanged its code with another redirect_uri than it began with.`,
    why: difference
      ? `They differ in: ${difference.kinds.join(', ')}.`
      : 'Both requests of one sign-in must name the same address (RFC 6749 section 4.1.3).',
    todo: 'Let the application use one redirect URI. Behind a proxy it must know its public address in both places.',
    sent: difference?.sent ?? plain(sent),
    registered: difference?.registered ?? plain('the redirect_uri of the authorization request'),
    keys: [[...client.path, 'redirect_uris']],
  };
}

function otherClient(client: Client, params: Params): Cause {
  const thing = params.grant_type === 'refresh_token' ? 'refresh token' : 'code';
  return {
    code: params.grant_type === 'refresh_token' ? 'refresh-other-client' : 'code-other-client',
    what: `${client.name} presented a ${thing} that was issued to another application.`,
    why: `A ${thing} belongs to the client it was issued to.`,
    todo: 'Two applications may share one set of settings, or a redirect URI leads to the wrong one. Give each a client of its own.',
    sent: plain(`a ${thing} of another client`),
    registered: plain(`client_id ${client.id}`),
    keys: [[...client.path, 'redirect_uris']],
  };
}

function verifier(client: Client, code: string, sent: string, why: string): Cause {
  return {
    code,
    what: `${client.name} exchanged its code with ${sent}.`,
    why,
    todo: 'Let the application keep the verifier of each sign-in until its end. Several tabs or several machines of one application may overwrite each other’s.',
    sent: plain(sent),
    registered: plain('the verifier of the challenge, or none without one'),
    keys: [
      [...client.path, 'require_pkce'],
      [...client.path, 'pkce_challenge_method'],
    ],
  };
}

function refreshUnknown(client: Client): Cause {
  return {
    code: 'refresh-expired',
    what: `${client.name} presented a refresh token that is not valid any more, or never was.`,
    why: 'It expired, was taken back, or was issued by another portal.',
    todo: 'The person signs in again. If that comes too often, give the client a longer lifespan.',
    sent: plain('a refresh token that is not known'),
    registered: plain('a refresh token within its lifespan'),
    keys: [
      [...client.path, 'lifespan'],
      ['identity_providers', 'oidc', 'lifespans', 'refresh_token'],
    ],
    write: "refresh_token: '30 days'",
  };
}

function refreshReused(client: Client): Cause {
  return {
    code: 'refresh-reused',
    what: `${client.name} presented a refresh token a second time.`,
    why: 'Each use gives a new one. An old one may be in a thief’s hand, so everything of that sign-in was taken back (RFC 9700 section 4.14).',
    todo: 'Look whether the application refreshes twice at once, or runs on several machines that do not share their tokens.',
    sent: plain('a refresh token that was used'),
    registered: plain('one use'),
  };
}

function grantGone(client: Client): Cause {
  return {
    code: 'grant-gone',
    what: `${client.name} presented a code or token of a sign-in that has ended.`,
    why: 'The person signed out or withdrew their consent, or the sign-in was taken back after a second use of its code.',
    todo: 'The person signs in again.',
    sent: plain('a code or token'),
    registered: plain('a sign-in that is in force'),
  };
}

function personGone(client: Client): Cause {
  return {
    code: 'person-gone',
    what: `${client.name} asked for tokens of somebody who may not sign in any more.`,
    why: 'The directory does not know the person, or has them as disabled.',
    todo: 'Nothing, if that is meant.',
    sent: plain('a code or token'),
    registered: plain('somebody the directory knows'),
    keys: [['authentication_backend']],
  };
}

function grantType(client: Client, params: Params): Cause {
  const sent = shortText(params.grant_type, 60);
  const registered = client.metadata.grant_types ?? [];
  return {
    code: 'grant-type',
    what: `${client.name} asked for the grant ${sent}, which is not registered for it.`,
    why: 'An application gets only the grants that the configuration lists for it.',
    todo: `Add the grant to the list of ${client.id}, or switch it off in the application.`,
    sent: [{ text: sent, differs: true }],
    registered: plain(registered.join(', ')),
    keys: [[...client.path, 'grant_types']],
    write: `grant_types: [${[...registered, sent].map(quoted).join(', ')}]`,
  };
}

/** Anything else may be a secret in the wrong field. */
const grantName = /^(password|implicit|urn:.+)$/i;

function grantTypeUnknown(client: Client, params: Params): Cause {
  const hasName = grantName.test(String(params.grant_type));
  const sent = hasName ? shortText(params.grant_type, 60) : `a grant_type of ${charactersOf(params.grant_type)}`;
  return {
    code: 'grant-type-unknown',
    what: `${client.name} asked for ${hasName ? 'the grant ' : ''}${sent}, which is not offered.`,
    why: 'Passwords are never handed to an application, and other grants are not known here.',
    todo: 'Set the application to the authorization code flow.',
    sent: plain(sent),
    registered: plain((client.metadata.grant_types ?? []).join(', ')),
  };
}

function audience(client: Client, params: Params): Cause {
  const sent = shortText(params.audience ?? params.resource, 100);
  const registered = client.options.audience ?? [];
  return {
    code: 'audience-unregistered',
    what: `${client.name} asked for a token for ${sent || 'an address'}, which is not registered for it.`,
    why: 'An application gets tokens only for the audiences that the configuration lists for it.',
    todo: `Add the audience to the list of ${client.id}, or take it out of the application's settings.`,
    sent: [{ text: sent, differs: true }],
    registered: plain(registered.join(' ') || 'none'),
    keys: [[...client.path, 'audience']],
    ...(sent && { write: `audience: [${[...registered, sent].map(quoted).join(', ')}]` }),
  };
}

function scope(client: Client, sent: string): Cause {
  const all = [...client.scopes];
  return {
    code: 'scope-unregistered',
    what: `${client.name} asked for the scope ${sent}, which is not registered for it or was not granted before.`,
    why: 'A token gets no more than what was granted, and no scope that the configuration does not list.',
    todo: `Add the scope to the list of ${client.id}, or take it out of the application's settings.`,
    sent: [{ text: 'scope ' }, { text: sent, differs: true }],
    registered: plain(all.join(' ')),
    keys: [[...client.path, 'scopes']],
    write: `scopes: [${[...all, sent].map(quoted).join(', ')}]`,
  };
}
