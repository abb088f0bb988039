/**
 * What may be wrong with a request whatever it asks for: its address, its form, its size, its parameters, what a policy or a
 * person decided. The last resort is the protocol's own sentence. Pure.
 */
import type { Client } from '../clients/clients.ts';
import type { Params, RefusedError } from './authorization-causes.ts';
import { type Cause, provider, quoted } from './cause.ts';
import { type DifferenceKind, nearestDifference } from './redirect-difference.ts';
import { plain, shortText } from './refusal.ts';

/** An address that is not registered: the nearest one, and where they differ. */
export function redirectUriCause(client: Client, params: Params): Cause {
  const sent = shortText(params.redirect_uri, 300);
  const registered = client.options.redirect_uris ?? [];
  const difference = nearestDifference(sent, registered);
  const host = URL.parse(sent)?.hostname;
  // A stranger can send anybody here with an address of their own: nobody is told to write that down.
  const isOwnHost = host !== undefined && registered.some((uri) => URL.parse(uri)?.hostname === host);
  return {
    code: 'redirect-uri',
    what: `${client.name} asked to be answered at an address that is not registered for it.`,
    why: difference
      ? `It differs from the nearest registered one in: ${difference.kinds.join(', ')}. Addresses are compared character by character.`
      : 'No address is registered for it.',
    todo: [
      ...(difference ? difference.kinds.map((kind) => hints[kind]).filter((hint) => hint !== undefined) : []),
      isOwnHost
        ? 'Correct the address in the application, or add it to the list.'
        : 'Correct the address in the application. Add it to the list only if that host is yours.',
    ].join(' '),
    sent: difference?.sent ?? plain(sent),
    registered: difference?.registered ?? plain('none'),
    keys: [[...client.path, 'redirect_uris']],
    ...(isOwnHost &&
      /^https:|^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)[:/]/.test(sent) && { write: `- ${quoted(sent)}` }),
  };
}

const hints: Readonly<Partial<Record<DifferenceKind, string>>> = {
  scheme: 'Behind a proxy the application must be told that it is reached by https.',
  port: 'Behind a proxy the application must be told its public address, without the port it listens on.',
  host: 'The application may not know its public name.',
};

/** What a policy or a person decided about a request that was right. */
export function decisionCause(refused: RefusedError, client: Client): Cause | undefined {
  if (refused.error !== 'access_denied') return undefined;
  const isPolicy = refused.description === 'the authorization policy of this application denies access';
  return isPolicy
    ? {
        code: 'policy-denied',
        what: `Somebody signed in who may not use ${client.name}.`,
        why: `The authorization policy ${client.policyName} denies it to this person, or to the network they come from.`,
        todo: 'Change the rules of the policy, if the person should get in.',
        sent: plain('somebody the policy keeps out'),
        registered: plain(`authorization_policy: ${client.policyName}`),
        keys: [
          ['identity_providers', 'oidc', 'authorization_policies', client.policyName],
          [...client.path, 'authorization_policy'],
        ],
      }
    : {
        code: 'consent-denied',
        what: `Somebody did not allow ${client.name} to see who they are.`,
        why: 'They were asked and said no.',
        todo: 'Nothing, if that is meant.',
        sent: plain('no consent'),
        registered: plain('consent'),
      };
}

/** The request itself, whatever it asks for. */
export function shapeCause(refused: RefusedError, params: Params): Cause | undefined {
  const said = refused.description ?? '';
  if (said.endsWith('must not be provided twice'))
    return shape(
      'parameter-twice',
      said,
      'Of two values nobody knows which one is meant.',
      'a parameter twice',
      'each parameter once',
    );
  if (said.startsWith('missing required parameter'))
    return shape(
      'parameter-missing',
      said,
      'Without it the request has no answer.',
      'a request without it',
      said.replace('missing required ', ''),
    );
  if (said === 'failed to parse the request body')
    return shape(
      refused.detail === 'request entity too large' ? 'too-large' : 'body',
      said,
      refused.detail === 'request entity too large' ? 'It is larger than any request needs to be.' : 'It is no form.',
      'a body that cannot be read',
      'application/x-www-form-urlencoded, at most 56 KiB',
    );
  if (said.includes('content-type bodies are supported'))
    return shape(
      'content-type',
      said,
      'Requests to this endpoint are forms.',
      'another content type',
      'application/x-www-form-urlencoded',
    );
  if (said.includes('claims'))
    return shape(
      'claims-parameter',
      said,
      'The claims parameter is JSON of a fixed shape.',
      `${String(params.claims ?? '').length} characters`,
      'claims of registered scopes',
    );
  return undefined;
}

function shape(code: string, what: string, why: string, sent: string, registered: string): Cause {
  return {
    code,
    what: `The request is not right: ${what}.`,
    why,
    todo: 'Look at the settings of the application, or update it.',
    sent: plain(sent),
    registered: plain(registered),
  };
}

/** A token or a sign-in that is not there (any more), where nobody can be named. */
export function tokenOfNobody(refused: RefusedError): Cause | undefined {
  if (refused.error === 'session_not_found')
    return {
      code: 'sign-in-expired',
      what: 'Somebody went on with a sign-in that is not under way.',
      why: 'It was finished already, took more than an hour, or was begun in another browser.',
      todo: 'The person starts again from the application.',
      sent: plain('a sign-in'),
      registered: plain('a sign-in under way'),
    };
  if (refused.error !== 'invalid_token') return undefined;
  return {
    code: 'access-token',
    what: 'An application presented an access token that does not count here.',
    why: 'It expired, was taken back, or was issued for something else.',
    todo: 'Applications get a new token when one expires. If this comes often, look whether the application refreshes.',
    sent: plain('an access token'),
    registered: plain(shortText(refused.detail ?? 'a token in force')),
    keys: [[...provider, 'lifespans', 'access_token']],
  };
}

/** Nothing more is known than what the protocol says. */
export function otherCause(refused: RefusedError): Cause {
  return {
    code: refused.error.replaceAll('_', '-'),
    what: `The request was answered with ${refused.error}.`,
    why: `${shortText(refused.detail ?? refused.description ?? 'The protocol says no more')}.`,
    todo: 'Compare the settings of the application with its client in the configuration.',
    sent: plain(refused.error),
    registered: plain(''),
    keys: [[...provider, 'clients']],
  };
}
