/**
 * One-time codes that people set up elsewhere: taken with their secret, so that the app they have goes on working. It decides
 * whether there is something to take; where from is not known here.
 */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Sealer } from '@gatehouse/storage/sealer.ts';
import type { IdentityKysely } from '../../storage/tables.ts';
import { stepAt, type TotpKey } from './totp.code.ts';
import { openTotpStore, putFactor } from './totp.store.ts';

export type ForeignCode = {
  readonly username: string;
  readonly key: TotpKey;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number | undefined;
};

/**
 * Within a transaction. `different`: the person has set up another one here, which stays unless `overwrite`. The code of the
 * moment it was last used counts as spent.
 */
export async function takeTotp(
  kysely: IdentityKysely,
  sealer: Sealer,
  code: ForeignCode,
  overwrite: boolean,
): Promise<'taken' | 'same' | 'different'> {
  const { username, key, createdAtMs, lastUsedAtMs } = code;
  const present = await openTotpStore({ kysely }, sealer).find(username);
  if (present && isDeepStrictEqual(present.key, key)) return 'same';
  if (present && !overwrite) return 'different';
  const used =
    lastUsedAtMs === undefined ? undefined : { step: stepAt(lastUsedAtMs, key.periodSeconds), atMs: lastUsedAtMs };
  await putFactor(kysely, sealer, username, { factorId: randomUUID(), createdAtMs, key }, used);
  return 'taken';
}
