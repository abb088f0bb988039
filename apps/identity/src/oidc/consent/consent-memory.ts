/**
 * Remembered consents (`consent_mode: pre-configured`): an answer holds for one client, one person, exactly the same
 * scopes and audiences and the same claims request, until it expires or is revoked. What was kept back belongs to it.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { IdentityKysely } from '../../storage/tables.ts';

export type ConsentKey = {
  readonly clientId: string;
  readonly subject: string;
  readonly scopes: ReadonlySet<string>;
  readonly audiences: readonly string[];
  /** The `claims` parameter as it was sent (JSON), or undefined. */
  readonly claims: string | undefined;
};

export interface ConsentMemory {
  /** The claims that were kept back in the newest answer that holds, or undefined without one. */
  recall(key: ConsentKey): Promise<readonly string[] | undefined>;
  remember(key: ConsentKey, refusedClaims: readonly string[], lifetimeSeconds: number): Promise<void>;
  /** No answer of this person to this client holds any longer. */
  revoke(subject: string, clientId: string): Promise<void>;
  /** What this person agreed to and still holds, newest first, one entry a client. */
  list(subject: string): Promise<readonly { readonly clientId: string; readonly agreedAtMs: number }[]>;
  /** Every answer of this person that holds, newest first. */
  answers(subject: string): Promise<readonly RememberedAnswer[]>;
}

export type RememberedAnswer = {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly audiences: readonly string[];
  readonly refusedClaims: readonly string[];
  readonly sinceMs: number;
  readonly untilMs: number;
};

/** Of one person, shown at once. */
const answersMax = 500;

export function openConsentMemory(database: IdentityKysely, nowMs: () => number): ConsentMemory {
  return {
    async recall(key) {
      const row = await database
        .selectFrom('remembered_consents')
        .select('refused_claims')
        .where('client_id', '=', key.clientId)
        .where('subject', '=', key.subject)
        .where('scopes', '=', sortedText(key.scopes))
        .where('audience', '=', sortedText(key.audiences))
        .where('claims_signature', '=', claimsSignature(key.claims))
        .where('expires_at_ms', '>', nowMs())
        .where('revoked_at_ms', 'is', null)
        .orderBy('created_at_ms', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && (row.refused_claims ?? '').split(' ').filter(Boolean);
    },
    async remember(key, refusedClaims, lifetimeSeconds) {
      const row = {
        id: randomUUID(),
        ...columnsOf(key),
        created_at_ms: nowMs(),
        expires_at_ms: nowMs() + lifetimeSeconds * 1000,
        revoked_at_ms: null,
        refused_claims: sortedText(refusedClaims),
      };
      await database.insertInto('remembered_consents').values(row).execute();
    },
    async revoke(subject, clientId) {
      await database
        .updateTable('remembered_consents')
        .set({ revoked_at_ms: nowMs() })
        .where('subject', '=', subject)
        .where('client_id', '=', clientId)
        .where('revoked_at_ms', 'is', null)
        .execute();
    },
    async answers(subject) {
      const rows = await database
        .selectFrom('remembered_consents')
        .selectAll()
        .where('subject', '=', subject)
        .where('expires_at_ms', '>', nowMs())
        .where('revoked_at_ms', 'is', null)
        .orderBy('created_at_ms', 'desc')
        .limit(answersMax)
        .execute();
      const words = (text: string | null): string[] => (text ?? '').split(' ').filter(Boolean);
      return rows.map((row) => ({
        clientId: row.client_id,
        scopes: words(row.scopes),
        audiences: words(row.audience),
        refusedClaims: words(row.refused_claims),
        sinceMs: row.created_at_ms,
        untilMs: row.expires_at_ms,
      }));
    },
    async list(subject) {
      const rows = await database
        .selectFrom('remembered_consents')
        .select((each) => ['client_id', each.fn.max('created_at_ms').as('agreed_at_ms')])
        .where('subject', '=', subject)
        .where('expires_at_ms', '>', nowMs())
        .where('revoked_at_ms', 'is', null)
        .groupBy('client_id')
        .execute();
      return rows
        .map((row) => ({ clientId: row.client_id, agreedAtMs: Number(row.agreed_at_ms) }))
        .sort((a, b) => b.agreedAtMs - a.agreedAtMs);
    },
  };
}

function columnsOf(key: ConsentKey) {
  return {
    client_id: key.clientId,
    subject: key.subject,
    scopes: sortedText(key.scopes),
    audience: sortedText(key.audiences),
    claims_signature: claimsSignature(key.claims),
  };
}

/** An answer that was given elsewhere; `id` names it, so that it is taken once however often it comes. */
export async function takeConsent(
  database: IdentityKysely,
  id: string,
  key: ConsentKey,
  answer: { readonly refusedClaims: readonly string[]; readonly createdAtMs: number; readonly expiresAtMs: number },
): Promise<'taken' | 'same'> {
  const { createdAtMs, expiresAtMs, refusedClaims } = answer;
  const times = { created_at_ms: createdAtMs, expires_at_ms: expiresAtMs, revoked_at_ms: null };
  const result = await database
    .insertInto('remembered_consents')
    .values({ id, ...columnsOf(key), ...times, refused_claims: sortedText(refusedClaims) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirstOrThrow();
  return result.numInsertedOrUpdatedRows === 1n ? 'taken' : 'same';
}

function sortedText(words: Iterable<string>): string {
  return [...words].sort().join(' ');
}

function claimsSignature(claims: string | undefined): string {
  if (claims === undefined) return '';
  return createHash('sha256')
    .update(canonical(JSON.parse(claims)))
    .digest('hex');
}

/** The same text for the same request, whatever order its members stood in. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}
