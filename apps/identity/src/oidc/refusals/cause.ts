/**
 * Why a request was refused, in words that whoever runs the portal can act on. Every part is a plain sentence or a value
 * that is no secret.
 */
import type { ConfigPath } from '../options.ts';
import type { Marked } from './refusal.ts';

export type Cause = {
  /** Permanent name, for logs and support. */
  readonly code: string;
  readonly what: string;
  readonly why: string;
  readonly todo: string;
  readonly sent: Marked;
  readonly registered: Marked;
  /** Keys that may decide, the one that the file states first. */
  readonly keys?: readonly [ConfigPath, ...ConfigPath[]];
  /** The line to write at that key, where the configuration is to give way. */
  readonly write?: string;
};

export const provider: ConfigPath = ['identity_providers', 'oidc'];

/** As it stands in the file: `identity_providers.oidc.clients[0].require_pkce`. */
export function keyText(path: ConfigPath): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}

/** A text as YAML, in single quotes. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
