/** Personal access tokens and the address of one's calendar, as the API shows them. */
import { marked } from '@gatehouse/words/say.ts';
import { z } from 'zod';
import { oneLine } from './fields.ts';
import { type Scope, scopes } from './scopes.ts';

export type AccessToken = {
  readonly id: string;
  readonly name: string;
  /** The last characters, to tell one from another. */
  readonly hint: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: string;
  /** Null: it does not end by itself. */
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
};

export type TokensAnswer = { readonly tokens: readonly AccessToken[] };
/** `secret` is told this once and never again. */
export type NewTokenAnswer = { readonly token: AccessToken; readonly secret: string };

export const createTokenRequest = z.strictObject({
  name: oneLine(80),
  scopes: z.array(z.enum(scopes)).min(1, marked('Choose at least one.')).max(scopes.length),
  /** Days from now; null for a token that does not end by itself. */
  days: z.int().min(1).max(3660).nullable(),
});
export type CreateTokenRequest = z.infer<typeof createTokenRequest>;

/** `address` is told when it is made and never again. */
export type CalendarFeedAnswer = { readonly since: string | null; readonly address: string | null };
