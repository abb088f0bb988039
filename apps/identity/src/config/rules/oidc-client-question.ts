/** What the rules of one client are given, and what they share. */
import type { Client } from '../complete/client.ts';
import type { SigningKey } from '../complete/signing-keys.ts';
import { type Finding, warning } from '../problem.ts';
import type { StatedClient, StatedOidc } from '../schema/configuration.ts';

/** As written, as completed, and what stands around it. */
export type ClientQuestion = {
  readonly stated: StatedClient;
  readonly client: Client;
  readonly oidc: StatedOidc;
  readonly keys: readonly SigningKey[];
  readonly nowMs: number;
};

/** Findings with paths below the client. */
export type ClientRule = (question: ClientQuestion) => Finding[];

export const bearerScope = 'authelia.bearer.authz';

/** The second and later mentions of one entry. */
export function repeated(key: string, entries: readonly string[]): Finding[] {
  return entries.flatMap((entry, index) =>
    entries.indexOf(entry) !== index
      ? [warning([key, index], `'${entry}' stands here twice.`, 'Keep one of the two.')]
      : [],
  );
}
