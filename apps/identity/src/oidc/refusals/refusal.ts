/**
 * A refusal as it is kept and told: what happened, why, what to do, what was sent against what is registered, and the line
 * of the configuration that decides. Names, keys, lines, lengths and shapes; never a secret, a code, a token, a verifier or
 * the value of state or nonce.
 */
import { createHash } from 'node:crypto';
import { referenceFrom } from '../../reference.ts';

/** A text in pieces, of which some are what differs. */
export type Marked = readonly { readonly text: string; readonly differs?: boolean }[];

export type Setting = { readonly key: string; readonly file?: string; readonly line?: number };

export type Refusal = {
  /** A request that was refused, or a flow that stopped on the way without one. */
  readonly kind: 'refusal' | 'finding';
  readonly issuer: string;
  /** As it was sent, cut. */
  readonly clientId: string;
  readonly isKnownClient: boolean;
  /** `authorization`, `token`, …: the engine's name of the route. */
  readonly endpoint: string;
  /** The protocol's error; empty for a finding. */
  readonly error: string;
  /** Permanent name of the cause. */
  readonly cause: string;
  readonly what: string;
  readonly why: string;
  readonly todo: string;
  readonly sent: Marked;
  readonly registered: Marked;
  readonly setting?: Setting | undefined;
  /** What to write there, where the configuration is to give way; lines of YAML. */
  readonly write?: string | undefined;
};

/** A refusal as it was counted. */
export type KeptRefusal = Refusal & {
  readonly reference: string;
  readonly times: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
};

/** Identical refusals within this time are one row that counts, under one reference. */
export const sameForMs = 60 * 60_000;

/**
 * The same for identical refusals of the same hour, in every process: so a page can name it before anything is written, and
 * a flood of one refusal is one row.
 */
export function referenceOf(refusal: Refusal, nowMs: number): string {
  const { issuer, clientId, endpoint, error, cause, sent, registered } = refusal;
  const same = [issuer, clientId, endpoint, error, cause, textOf(sent), textOf(registered)];
  const digest = createHash('sha256')
    .update(JSON.stringify([...same, Math.floor(nowMs / sameForMs)]))
    .digest();
  return referenceFrom(digest);
}

export function textOf(marked: Marked): string {
  return marked.map(({ text }) => text).join('');
}

/** Nothing of it is marked. */
export function plain(text: string): Marked {
  return [{ text }];
}

export function charactersOf(value: unknown): string {
  const { length } = String(value ?? '');
  return length === 1 ? '1 character' : `${length} characters`;
}

/** Text of a stranger, cut to what a line can hold. */
export function shortText(value: unknown, charactersMax = 200): string {
  const text = String(value ?? '').replace(/[^\x20-\x7e]/g, '?');
  return text.length > charactersMax ? `${text.slice(0, charactersMax)}…` : text;
}
