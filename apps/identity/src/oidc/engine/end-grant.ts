/**
 * The end of a grant with all that hangs from it, of every kind and issuer: codes, tokens, and the grants of tokens that were
 * exchanged. Whatever ends a grant ends it here; that the grant is listed somewhere is not known here.
 */
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';

/**
 * Twice, because a deletion does not see what is written while it runs: what a token exchange hung from the grant meanwhile is
 * found by the second, and what comes later finds the grant gone (token-exchange.ts).
 */
export async function endGrant(store: Pick<SealedVolatile, 'deleteByGrant'>, id: string): Promise<void> {
  await store.deleteByGrant(id);
  await store.deleteByGrant(id);
}
