/** On which of their devices people were asked elsewhere. It decides whether there is something to take. */
import type { IdentityKysely } from '../../storage/tables.ts';
import type { PushMethod } from './duo-api.ts';
import { openPushStore } from './push.store.ts';

export type ForeignPush = { readonly username: string; readonly device: string; readonly method: PushMethod };

/** Within a transaction. `different`: the person has chosen another one here, which stays unless `overwrite`. */
export async function takePush(
  kysely: IdentityKysely,
  { username, device, method }: ForeignPush,
  how: { readonly overwrite: boolean; readonly nowMs: number },
): Promise<'taken' | 'same' | 'different'> {
  const store = openPushStore({ kysely }, () => how.nowMs);
  const present = await store.find(username);
  if (present?.device === device && present.method === method) return 'same';
  if (present && !how.overwrite) return 'different';
  // Duo tells the name when the device is asked next.
  await store.choose(username, { device, name: device, method });
  return 'taken';
}
