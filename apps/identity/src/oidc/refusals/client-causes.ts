/**
 * Why an application could not prove who it is: unknown or left out, another method than the registered one, a secret that
 * does not match, an assertion that is wrong. Pure.
 */
import type { RegisteredMethod } from '../clients/client-auth.ts';
import type { Client } from '../clients/clients.ts';
import type { RefusedError } from './authorization-causes.ts';
import { type Cause, provider, quoted } from './cause.ts';
import { charactersOf, plain, shortText } from './refusal.ts';
import type { SecretShape } from './secret-shape.ts';

const crypto = "'gatehouse crypto hash generate pbkdf2'";

/** The client that is meant by an id that is not written quite so. */
export function nearestId(sent: string, known: readonly string[]): string | undefined {
  return known.find((id) => id.trim().toLowerCase() === sent.trim().toLowerCase()) ?? known.find(isNear(sent));
}

/** An id that no client has, and that is near none: it may be a secret in the wrong field, so only its length is told. */
export function unknownClient(sent: string): Cause {
  return {
    code: 'client-unknown',
    what: `No client has the id that the application sent, a text of ${charactersOf(sent)}.`,
    why: 'Only applications that the configuration lists may ask for a sign-in. The id is not repeated here: it is near none that is known, and may be a secret in the wrong field.',
    todo: 'Compare the client id in the application with the configuration, or add the client.',
    sent: plain(`a client_id of ${charactersOf(sent)}`),
    registered: plain('no such client'),
    keys: [[...provider, 'clients']],
  };
}

export function misspeltClient(sent: string, near: string): Cause {
  return {
    code: 'client-unknown',
    what: `No client has the id ${shortText(sent, 100)}.`,
    why: `The nearest one is ${near}. Upper and lower case and blanks count.`,
    todo: `Write ${near} as client id into the application.`,
    sent: [{ text: 'client_id ' }, { text: shortText(sent, 100), differs: true }],
    registered: plain(`client_id ${near}`),
    keys: [[...provider, 'clients']],
  };
}

/** What came as the secret is the id of a client: what came as the id is a secret, and nothing of it is told. */
export function swappedClient(): Cause {
  return {
    code: 'id-secret-swapped',
    what: 'An application sent the id of a client as its secret.',
    why: 'The client id and the secret were entered the wrong way round. Neither is repeated here.',
    todo: 'Exchange the two in the settings of the application.',
    sent: plain('a client_id in place of the secret'),
    registered: plain('the client_id, and the secret of it'),
    keys: [[...provider, 'clients']],
  };
}

/** A client of the configuration that could not be opened. */
export function leftOutClient(id: string, out: { readonly text: string; readonly position: number }): Cause {
  return {
    code: 'client-left-out',
    what: `The client ${id} stands in the configuration but was left out at the start.`,
    why: `It ${out.text}.`,
    todo: 'Change the client so that it can be used. The log of the start says the same.',
    sent: plain(`client_id ${id}`),
    registered: plain('left out'),
    keys: [[...provider, 'clients', out.position]],
  };
}

/** Not more than two letters apart at the end or in the middle. */
function isNear(sent: string) {
  return function isNearTo(id: string): boolean {
    const longer = Math.max(sent.length, id.length);
    if (longer < 4 || sent.length > 100) return false;
    let start = 0;
    while (start < longer && sent[start] === id[start]) start += 1;
    let end = 0;
    while (end < longer - start && sent.at(-1 - end) !== undefined && sent.at(-1 - end) === id.at(-1 - end)) end += 1;
    return longer - start - end <= 2;
  };
}

export type Authentication = {
  /** How the application tried. */
  readonly sent: string;
  readonly registered: RegisteredMethod | undefined;
  readonly shape: SecretShape | undefined;
};

/** Why a client that is known was not believed, or undefined when that was not the cause. */
export function authenticationCause(
  refused: RefusedError,
  client: Client,
  authentication: Authentication,
): Cause | undefined {
  const { sent, registered, shape } = authentication;
  const said = refused.description ?? '';
  if (said === 'client authentication must only be provided using one mechanism')
    return provedTwice(client, registered);
  if (said.startsWith('client_id and client_secret in the authorization header')) return notEncoded(client, registered);
  if (refused.error !== 'invalid_client') return undefined;
  // Only a secret of an accepted method is ever compared.
  if (shape) return secretWrong(client, shape);
  if (registered && sent !== registered.method && !(sent === unreadable && isAssertion(registered.method)))
    return otherMethod(client, sent, registered);
  if (registered && isAssertion(registered.method)) return assertionWrong(client, registered, refused.detail ?? said);
  return secretWrong(client, 'other');
}

const unreadable = 'an assertion that cannot be read';

function isAssertion(method: string): boolean {
  return method.endsWith('_jwt');
}

function otherMethod(client: Client, sent: string, { key, method }: RegisteredMethod): Cause {
  const words: Readonly<Record<string, string>> = {
    client_secret_basic: 'in the Authorization header (client_secret_basic)',
    client_secret_post: 'in the body of the request (client_secret_post)',
    none: 'without any proof (none)',
    private_key_jwt: 'by an assertion signed with its key (private_key_jwt)',
    client_secret_jwt: 'by an assertion signed with its secret (client_secret_jwt)',
  };
  const isSecret = sent === 'client_secret_basic' || sent === 'client_secret_post';
  const mayWrite = isSecret && method.startsWith('client_secret_');
  return {
    code: isAssertion(method) ? 'assertion-expected' : 'client-auth-method',
    what: `${client.name} proved itself ${words[sent] ?? `by ${sent}`}.`,
    why: `Its client is registered to do so ${words[method] ?? `by ${method}`}, and exactly the registered method counts.`,
    todo: mayWrite
      ? `Set the authentication method to ${method} in the application, or write ${sent} into the configuration.`
      : `Set the authentication method to ${method} in the application.`,
    sent: plain(sent),
    registered: plain(method),
    keys: [[...client.path, key]],
    ...(mayWrite && { write: `${key}: ${quoted(sent)}` }),
  };
}

function provedTwice(client: Client, registered: RegisteredMethod | undefined): Cause {
  return {
    code: 'client-auth-twice',
    what: `${client.name} proved itself in two ways in one request.`,
    why: 'A request carries one proof: the Authorization header, the body, or an assertion (RFC 6749 section 2.3).',
    todo: `Let the application use ${registered?.method ?? 'the registered method'} alone.`,
    sent: plain('more than one proof'),
    registered: plain(registered?.method ?? 'one'),
    ...(registered && { keys: [[...client.path, registered.key]] as const }),
  };
}

function notEncoded(client: Client, registered: RegisteredMethod | undefined): Cause {
  return {
    code: 'secret-encoding',
    what: `${client.name} sent an id or a secret in the Authorization header that is not encoded.`,
    why: 'In that header both are form-urlencoded first: a % or + as it stands means something else (RFC 6749 section 2.3.1).',
    todo: 'Use a secret of letters and digits, or client_secret_post on both sides.',
    sent: plain('a % that begins no encoding'),
    registered: plain(registered?.method ?? 'client_secret_basic'),
    keys: [[...client.path, 'client_secret']],
    ...(registered && { write: `${registered.key}: 'client_secret_post'` }),
  };
}

function assertionWrong(client: Client, registered: RegisteredMethod, detail: string): Cause {
  return {
    code: 'assertion-wrong',
    what: `${client.name} sent a client assertion that does not hold.`,
    why: `${sentence(detail)}`,
    todo: 'Compare algorithm, key, audience and clock of the application with its client here.',
    sent: plain('a client assertion'),
    registered: plain(registered.method),
    keys: [[...client.path, registered.key]],
  };
}

function secretWrong(client: Client, shape: SecretShape): Cause {
  const base = {
    what: `${client.name} sent a secret that does not match.`,
    keys: [[...client.path, 'client_secret']],
  } as const;
  const registered = plain(client.options.client_secret?.kind === 'plaintext' ? 'a plain secret' : 'a digest');
  switch (shape) {
    case 'the-digest':
    case 'a-digest':
      return {
        ...base,
        code: 'secret-is-digest',
        why:
          shape === 'the-digest'
            ? 'It sent the digest that stands in the configuration. The digest is for the configuration alone.'
            : 'It sent a digest. The application needs the secret itself, in plain text.',
        todo: `Put the plain secret into the application. If nobody has it any more, make a new one with ${crypto} and a new digest for the configuration.`,
        sent: plain('a digest'),
        registered,
      };
    case 'swapped':
      return {
        ...base,
        code: 'secret-swapped',
        why: 'The application has a digest and the configuration a plain secret: the two may have been swapped.',
        todo: 'Put the digest into the configuration and the plain secret into the application.',
        sent: plain('a digest'),
        registered,
      };
    case 'damaged-digest':
      return {
        ...base,
        code: 'secret-digest-damaged',
        why: 'What stands in the configuration looks like a digest that lost its $ signs, so it counts as a plain secret. A shell or a compose file takes $ for a variable.',
        todo: `Write the digest in single quotes, with $$ for each $ in a compose file. ${sentence(`Make one with ${crypto}`)}`,
        sent: plain('a secret'),
        registered: plain('a plain secret that looks like a part of a digest'),
        write: "client_secret: '$pbkdf2-sha512$…'",
      };
    case 'blanks':
      return {
        ...base,
        code: 'secret-blanks',
        why: 'It begins or ends with a blank or a line break. Often a file with the secret ends with a line break.',
        todo: 'Remove the blanks in the application.',
        sent: plain('a secret with blanks around it'),
        registered,
      };
    case 'quotes':
      return {
        ...base,
        code: 'secret-quotes',
        why: 'It stands in quotation marks, which count as a part of it.',
        todo: 'Remove the quotation marks in the application.',
        sent: plain('a secret in quotation marks'),
        registered,
      };
    case 'encoding':
      return {
        ...base,
        code: 'secret-encoding',
        why: 'It holds a blank, a + or a percent-encoded character. In the Authorization header a secret must be form-urlencoded, in the body only once: a + that was not encoded arrives as a blank.',
        todo: 'Use a secret of letters and digits, or client_secret_post on both sides.',
        sent: plain('a secret with special characters'),
        registered,
      };
    case 'other':
      return {
        ...base,
        code: 'secret-wrong',
        why: 'The digest in the configuration was made of another secret.',
        todo: `Enter the secret in the application again, or make a new one with ${crypto} and put its digest into the configuration.`,
        sent: plain(shape === 'other' ? 'another secret' : shape),
        registered,
        write: "client_secret: '$pbkdf2-sha512$…'",
      };
  }
}

function sentence(text: string): string {
  const whole = `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
  return whole.endsWith('.') ? whole : `${whole}.`;
}
