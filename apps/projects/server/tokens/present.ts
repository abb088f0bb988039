/** Rows of tokens as the API shows them. Pure. */
import { type Scope, scopes } from '../../wire/scopes.ts';
import type { AccessToken } from '../../wire/token.ts';
import type { TokenTables } from './schema.ts';

export type TokenRow = TokenTables['access_tokens'];

export function presentToken(row: TokenRow): AccessToken {
  const asTime = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    scopes: scopesOf(row),
    createdAt: new Date(row.created_at).toISOString(),
    expiresAt: asTime(row.expires_at),
    lastUsedAt: asTime(row.last_used_at),
  };
}

export function scopesOf(row: TokenRow): Scope[] {
  const kept: unknown = JSON.parse(row.scopes);
  return scopes.filter((scope) => Array.isArray(kept) && kept.includes(scope));
}
