/**
 * The one-time code that makes the first owner: printed where whoever runs the workspace reads it, typed by somebody who is
 * signed in. It works while there is no owner, once, for an hour, and for a few tries. Kept as a digest; a database that
 * leaks gives no code away.
 */
import { createHash, randomInt } from 'node:crypto';
import { roles } from '../../wire/roles.ts';
import { hasOwner, type Owners } from './owners.ts';

const validMs = 3_600_000;
const triesMax = 5;
/** Of processes that start side by side each prints one. */
const codesMax = 8;
/** Without letters that are read for one another: 20 of them are 99 bits. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const groups = 4;
const groupLength = 5;

export type Redeemed = 'owner' | 'wrong' | 'owner-exists';

/** A fresh code while nobody owns the workspace; undefined once somebody does. */
export async function issueOwnerCode({ db, nowMs, newId }: Owners): Promise<string | undefined> {
  if (await hasOwner(db)) return undefined;
  const code = Array.from({ length: groups }, randomGroup).join('-');
  const now = nowMs();
  await db.transaction().execute(async (trx) => {
    await trx
      .deleteFrom('owner_codes')
      .where((where) => where.or([where('expires_at', '<=', now), where('used_at', 'is not', null)]))
      .execute();
    const others = await trx.selectFrom('owner_codes').select('id').orderBy('expires_at', 'desc').execute();
    const surplus = others.slice(codesMax - 1).map(({ id }) => id);
    if (surplus.length > 0) await trx.deleteFrom('owner_codes').where('id', 'in', surplus).execute();
    const row = { id: newId(), digest: digestOf(code), tries_left: triesMax, expires_at: now + validMs, used_at: null };
    await trx.insertInto('owner_codes').values(row).execute();
  });
  return code;
}

/** Compare-and-swap: of many who send one code at once, one becomes the owner. */
export async function redeemOwnerCode(
  { db, dialect, nowMs }: Owners,
  personId: string,
  code: string,
): Promise<Redeemed> {
  return db.transaction().execute(async (trx) => {
    const all = trx.selectFrom('owner_codes').select('id').orderBy('id');
    await (dialect === 'postgres' ? all.forUpdate() : all).execute();
    if (await hasOwner(trx)) return 'owner-exists';
    const usable = trx
      .updateTable('owner_codes')
      .where('used_at', 'is', null)
      .where('expires_at', '>', nowMs())
      .where('tries_left', '>', 0);
    const taken = await usable
      .set({ used_at: nowMs() })
      .where('digest', '=', digestOf(code))
      .returning('id')
      .executeTakeFirst();
    if (!taken) {
      await usable.set((set) => ({ tries_left: set('tries_left', '-', 1) })).execute();
      return 'wrong';
    }
    await trx
      .updateTable('people')
      .set({ role: roles.owner })
      .where('id', '=', personId)
      .where('deactivated_at', 'is', null)
      .execute();
    await trx.deleteFrom('owner_codes').execute();
    return 'owner';
  });
}

function randomGroup(): string {
  return Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** As it was printed or as it was typed: case, blanks and dashes do not matter. */
function digestOf(code: string): string {
  const plain = code.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return createHash('sha256').update(plain).digest('hex');
}
