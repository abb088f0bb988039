/**
 * What outlives a reload of the configuration: the stores, the threads that compute digests, the secrets that verified,
 * turns at the users file, refusals and flows under way, failures that are counted, work behind answers, and the sweeping
 * of what expired. Everything else is opened anew beside it, by `services.ts`.
 */
import { type DigestPool, openDigestPool } from '@gatehouse/password/digest-pool.ts';
import { openVerifiedSecrets, type VerifiedSecrets } from '@gatehouse/password/verified-secret.ts';
import { type SealedVolatile, sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { startSweeper } from '@gatehouse/storage/volatile/sweeper.ts';
import type { Log } from '@gatehouse/web/log.ts';
import { type Afterwards, openAfterwards } from './afterwards.ts';
import { type FileTurns, openFileTurns } from './directory/file/file-turns.ts';
import type { FailureCounters } from './oidc/engine/request-limits.ts';
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
  readonly fileTurns: FileTurns;
  readonly refusalStore: RefusalStore;
  readonly refusals: RefusalRecorder;
  readonly flows: FlowWatch;
  readonly failures: FailureCounters;
  /** To be closed first, while the services in force are open. */
  readonly afterwards: Afterwards;
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
    fileTurns: openFileTurns(),
    refusalStore,
    refusals,
    flows,
    failures: new Map(),
    afterwards: openAfterwards((cause) => log.error({ err: cause }, 'What was to follow an answer failed')),
    async close() {
      await sweeper.stop();
      await flows.close();
      await refusals.close();
      await pool.close();
      await stores.close();
    },
  };
}
