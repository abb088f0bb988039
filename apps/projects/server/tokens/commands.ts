/** Makes and takes back what gets in without a session. One's own only; by a session only. */
import type { CreateTokenRequest } from '../../wire/token.ts';
import { invalid, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Workspace } from '../api/workspace.ts';
import type { TokenRow } from './present.ts';
import { makeSecret, tokenPrefix } from './secret.ts';

const tokensMax = 50;
const dayMs = 86_400_000;

export async function createToken(
  workspace: Workspace,
  personId: string,
  { name, scopes, days }: CreateTokenRequest,
): Promise<{ row: TokenRow; secret: string } | Refusal> {
  const { secret, digest, hint } = makeSecret(tokenPrefix);
  const now = workspace.now();
  return wholeOrNothing(workspace, async (trx) => {
    const { count } = await trx
      .selectFrom('access_tokens')
      .where('person_id', '=', personId)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    if (Number(count) >= tokensMax)
      return invalid([
        { path: 'name', message: 'At most {max} tokens; revoke one first.', values: { max: tokensMax } },
      ]);
    const row = await trx
      .insertInto('access_tokens')
      .values({
        id: workspace.newId(),
        person_id: personId,
        name,
        digest,
        hint,
        scopes: JSON.stringify([...new Set(scopes)]),
        created_at: now,
        expires_at: days === null ? null : now + days * dayMs,
        last_used_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return { row, secret };
  });
}

export async function revokeToken(
  { db }: Workspace,
  personId: string,
  tokenId: string,
): Promise<{ done: true } | Refusal> {
  const gone = await db
    .deleteFrom('access_tokens')
    .where('id', '=', tokenId)
    .where('person_id', '=', personId)
    .returning('id')
    .executeTakeFirst();
  return gone ? { done: true } : notFound('token');
}

/** A new address; the one before leads nowhere any more. */
export async function renewFeed(workspace: Workspace, personId: string): Promise<string> {
  const { secret, digest } = makeSecret('');
  const created_at = workspace.now();
  await workspace.db
    .insertInto('feed_secrets')
    .values({ person_id: personId, digest, created_at })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ digest, created_at }))
    .execute();
  return secret;
}

export async function closeFeed({ db }: Workspace, personId: string): Promise<void> {
  await db.deleteFrom('feed_secrets').where('person_id', '=', personId).execute();
}
