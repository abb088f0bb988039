/**
 * Security keys that people set up elsewhere: taken with all that is known of them, so that they go on working. It decides
 * whether there is something to take; where from is not known here.
 */
import { randomUUID } from 'node:crypto';
import type { Sealer } from '@gatehouse/storage/sealer.ts';
import type { IdentityKysely } from '../../storage/tables.ts';
import { openWebauthnStore, type SecurityKey } from './webauthn.store.ts';

export type ForeignKey = Omit<SecurityKey, 'id'>;

const nameCharactersMax = 64;

/**
 * Within a transaction. `different`: the person has a key of this identifier here that is another one, which stays unless
 * `overwrite`. A key that is here with a lower counter gets the higher one: it was used elsewhere since.
 */
export async function takeKey(
  kysely: IdentityKysely,
  sealer: Sealer,
  key: ForeignKey,
  overwrite: boolean,
): Promise<'taken' | 'same' | 'different' | 'of-another'> {
  const store = openWebauthnStore({ kysely }, sealer);
  const present = await store.find(key.credentialId);
  if (present && present.username !== key.username) return 'of-another';
  if (present && isSame(present, key)) {
    if (present.signCount >= key.signCount) return 'same';
    await raiseCounter(kysely, present.id, key);
    return 'taken';
  }
  if (present && !overwrite) return 'different';
  // Replaced, not removed: recovery codes stay.
  if (present) await kysely.deleteFrom('security_keys').where('id', '=', present.id).execute();
  const taken = new Set((await store.listOf(key.username, key.rpId)).map(({ name }) => name));
  await store.add({ ...key, id: randomUUID(), name: freeName(key.name, taken) });
  return 'taken';
}

/** Within a transaction. A handle that the person has here already stays: each key knows its own. */
export async function takeHandle(
  kysely: IdentityKysely,
  { rpId, username, handle }: { readonly rpId: string; readonly username: string; readonly handle: string },
): Promise<void> {
  await kysely
    .insertInto('security_key_handles')
    .values({ rp_id: rpId, username, user_handle: handle })
    .onConflict((conflict) => conflict.columns(['rp_id', 'username']).doNothing())
    .execute();
}

function isSame(one: ForeignKey, other: ForeignKey): boolean {
  return one.rpId === other.rpId && Buffer.from(one.publicKey).equals(other.publicKey);
}

async function raiseCounter(
  kysely: IdentityKysely,
  id: string,
  { signCount, lastUsedAtMs }: ForeignKey,
): Promise<void> {
  await kysely
    .updateTable('security_keys')
    .set({ sign_count: signCount, ...(lastUsedAtMs !== undefined && { last_used_at_ms: lastUsedAtMs }) })
    .where('id', '=', id)
    .where('sign_count', '<', signCount)
    .execute();
}

/** Names are a person's own to choose; one that is in use here gets a number. */
function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const base = [...wanted].slice(0, nameCharactersMax).join('');
  if (!taken.has(base)) return base;
  for (let number = 2; ; number++) {
    const ending = ` (${number})`;
    const name = `${[...base].slice(0, nameCharactersMax - ending.length).join('')}${ending}`;
    if (!taken.has(name)) return name;
  }
}
