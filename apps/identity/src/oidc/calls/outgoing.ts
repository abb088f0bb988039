/**
 * The one door for calls to addresses that applications name: `jwks_uri`, `sector_identifier_uri`, back-channel logout, what
 * a registration holds. What may be called is decided in `packages/web/src/outside-call.ts`; an address of the house only for
 * a client that has `allow_private_network`. Here a refusal gets the words that lead to the key. Knows no protocol.
 */
import type { LookupFunction } from 'node:net';
import { callOutside, OutsideCallFailed, OutsideCallRefused } from '@gatehouse/web/outside-call.ts';

/** The application on whose behalf a call is made. */
export type Caller = { readonly clientId: string; readonly mayCallPrivate: boolean };

export type OutgoingRequest = {
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  /** May end the call earlier than the door's own limit. */
  readonly signal?: AbortSignal | undefined;
};

/** Answers whatever the status. Rejects with `OutgoingCallRefused` or `OutgoingCallFailed`. */
export type Outgoing = (url: string, request: OutgoingRequest, caller: Caller) => Promise<Response>;

/** The address is none that this application may lead to; nothing was sent. */
export class OutgoingCallRefused extends Error {
  override readonly name = 'OutgoingCallRefused';
  readonly code = 'outgoing-call-refused';
}

/** No whole answer came. */
export class OutgoingCallFailed extends Error {
  override readonly name = 'OutgoingCallFailed';
  readonly code = 'outgoing-call-failed';
}

export type OutgoingParts = {
  readonly log: { warn(fields: Readonly<Record<string, unknown>>, message: string): void };
  /** Resolves names; the system's by default. */
  readonly lookup?: LookupFunction | undefined;
  /** PEM certificates of authorities to trust; the system's by default. */
  readonly trusted?: readonly string[] | undefined;
};

const timeoutMs = 5_000;
/** Room for some hundred keys with their certificates. */
const bodyBytesMax = 512 * 1024;

export function openOutgoing({ log, lookup, trusted }: OutgoingParts): Outgoing {
  return async function call(url, request, { clientId, mayCallPrivate }) {
    try {
      return await callOutside(url, { ...request, mayCallPrivate, timeoutMs, bodyBytesMax, lookup, trusted });
    } catch (cause) {
      if (cause instanceof OutsideCallFailed)
        throw new OutgoingCallFailed(withCure(cause.message), { cause: cause.cause });
      if (!(cause instanceof OutsideCallRefused)) throw cause;
      const refused = new OutgoingCallRefused(wordsFor(cause, clientId));
      // Of an address that is none, the log of its request tells enough.
      if (cause.reason !== 'not-secure') log.warn({ client: clientId }, refused.message);
      throw refused;
    }
  };
}

function wordsFor({ reason, where, message }: OutsideCallRefused, clientId: string): string {
  switch (reason) {
    case 'not-secure':
      return `${message}, so client '${clientId}' cannot be called there`;
    case 'private':
      return `Not called: ${message}. If client '${clientId}' is meant to be there, set 'allow_private_network: true' for it`;
    case 'forbidden':
      return `Not called: ${where} an address that no client may lead to, named by client '${clientId}'`;
  }
}

function withCure(message: string): string {
  return message.includes('certificate is not trusted')
    ? `${message}; put a private authority into certificates_directory`
    : message;
}
