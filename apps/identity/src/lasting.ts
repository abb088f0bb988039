/**
 * What outlives a reload of the configuration: the stores, the threads that compute digests, the secrets that verified,
 * refusals and flows under way, and the sweeping of what expired. Everything else is opened anew beside it, by `services.ts`.
 */
import { type DigestPool, openDigestPool } from '@gatehouse/password/digest-pool.ts';
import { openVerifiedSecrets, type VerifiedSecrets } from '@gatehouse/password/verified-secret.ts';
import { type SealedVolatile, sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { startSweeper } from '@gatehouse/storage/volatile/sweeper.ts';
import type { Log } from '@gatehouse/web/log.ts';
import { type FlowWatch, openFlowWatch } from './oidc/refusals/flow-watch.ts';
import { openRefusalRecorder, type RefusalRecorder } from './oidc/refusals/recorder.ts';
import { openRefusalStore, type RefusalStore } from './oidc/refusals/refusal.store.ts';
import type { Stores } from './storage/open-stores.ts';
import type { IdentityDatabase } from './storage/tables.ts';

export type Lasting = {
  readonly log: Log;
  readonly database: IdentityDatabase;
  readonly sealer: Stores['sealer'];
  readonly volatile: SealedVolatile;
  readonly pool: DigestPool;
  readonly secrets: VerifiedSecrets;
  readonly refusalStore: RefusalStore;
  readonly refusals: RefusalRecorder;
  readonly flows: FlowWatch;
  close(): Promise<void>;
};

/** `stores` are its own from here on: `close` closes them. */
export function openLasting(stores: Stores, log: Log): Lasting {
  const { database, sealer } = stores;
  const pool = openDigestPool();
  const sweeper = startSweeper(stores.volatile, {
    intervalMs: 60_000,
    onFailure: (cause) => log.error({ err: cause }, 'Expired values could not be swept; tried again in a minute'),
  });
  const nowMs = Date.now;
  const volatile = sealedVolatile(stores.volatile, sealer);
  const refusalStore = openRefusalStore({ database, nowMs });
  const refusals = openRefusalRecorder({ store: refusalStore, log, nowMs });
  const flows = openFlowWatch({ refusals, store: volatile, log, nowMs, reviewEveryMs: 5_000 });
  return {
    log,
    database,
    sealer,
    volatile,
    pool,
    secrets: openVerifiedSecrets(pool),
    refusalStore,
    refusals,
    flows,
    async close() {
      await sweeper.stop();
      await flows.close();
      await refusals.close();
      await pool.close();
      await stores.close();
    },
  };
}
