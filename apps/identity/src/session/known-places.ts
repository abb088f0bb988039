/**
 * From where people signed in before: network and kind of browser, together and as a digest under a key, so that the rows
 * alone tell nobody where somebody was. A browser's update is no new place. Where nothing is known of a person yet, the
 * first sign-in teaches and is not news. A place is new until its owner has been told of it. It tells nobody itself.
 */
import { createHmac } from 'node:crypto';
import type { IdentityDatabase } from '../storage/tables.ts';
import type { SessionOrigin } from './session-origin.ts';

export type PlaceAnswer =
  /** `first`: nothing was known of this person. */
  | { readonly kind: 'first' | 'known' }
  | {
      readonly kind: 'new';
      /** Its owner knows. From then on it is known. */
      told(): Promise<void>;
      /** It did not go out: the next sign-in from there is new again. */
      notTold(): Promise<void>;
    };

export type KnownPlaces = {
  /** Keeps the place and answers what it was before. Of any number at once, one is told that it is new and may tell. */
  visit(username: string, origin: SessionOrigin): Promise<PlaceAnswer>;
  /** Removes up to `rowsMax` places that were left for long, never the last one of a person. */
  sweep(rowsMax: number): Promise<number>;
};

/** Of one person; the one that was left longest makes room. */
const placesMax = 50;
/** Longer than a mail takes that is tried again and again. Whoever told nobody until then is taken for dead. */
const tellingMs = 10 * 60_000;
/** A year without a sign-in from there. */
const retentionMs = 365 * 86_400_000;

export function openKnownPlaces(parts: {
  readonly database: Pick<IdentityDatabase, 'kysely'>;
  /** 32 bytes. Under another key every place is new once. */
  readonly digestKey: Uint8Array;
  /** The kind of browser behind what it calls itself, without its version. */
  readonly browserOf: (userAgent: string) => string;
  readonly nowMs: () => number;
}): KnownPlaces {
  const { kysely } = parts.database;

  function digestOf(username: string, { network, userAgent }: SessionOrigin): string {
    const place = JSON.stringify([username, network, parts.browserOf(userAgent)]);
    return createHmac('sha256', parts.digestKey).update(place).digest('base64url');
  }

  async function makeRoom(username: string): Promise<void> {
    const kept = kysely
      .selectFrom('known_places')
      .select('digest')
      .where('username', '=', username)
      .orderBy('used_at_ms', 'desc')
      .orderBy('digest')
      .limit(placesMax);
    await kysely.deleteFrom('known_places').where('username', '=', username).where('digest', 'not in', kept).execute();
  }

  return {
    async visit(username, origin) {
      const digest = digestOf(username, origin);
      const nowMs = parts.nowMs();
      // Of several first places at once one is the first, because whose they are is written once. Whoever is torn away before
      // the next statement has a first place that is told: the safe way round.
      const owner = await kysely
        .insertInto('place_owners')
        .values({ username })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      const isFirst = Number(owner.numInsertedOrUpdatedRows) === 1;
      await kysely
        .insertInto('known_places')
        .values({ username, digest, used_at_ms: nowMs, told_at_ms: isFirst ? nowMs : null, telling_until_ms: 0 })
        .onConflict((conflict) => conflict.columns(['username', 'digest']).doUpdateSet({ used_at_ms: nowMs }))
        .execute();
      if (isFirst) return { kind: 'first' };
      const place = kysely.updateTable('known_places').where('username', '=', username).where('digest', '=', digest);
      const taken = await place
        .set({ telling_until_ms: nowMs + tellingMs })
        .where('told_at_ms', 'is', null)
        .where('telling_until_ms', '<=', nowMs)
        .executeTakeFirstOrThrow();
      if (taken.numUpdatedRows !== 1n) return { kind: 'known' };
      await makeRoom(username);
      return {
        kind: 'new',
        told: async () => void (await place.set({ told_at_ms: parts.nowMs(), telling_until_ms: 0 }).execute()),
        notTold: async () => void (await place.set({ telling_until_ms: 0 }).execute()),
      };
    },

    async sweep(rowsMax) {
      const beforeMs = parts.nowMs() - retentionMs;
      const old = await kysely
        .selectFrom('known_places as old')
        .select(['old.username', 'old.digest'])
        .where('old.used_at_ms', '<', beforeMs)
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('known_places as later')
              .select('later.digest')
              .whereRef('later.username', '=', 'old.username')
              .whereRef('later.used_at_ms', '>', 'old.used_at_ms'),
          ),
        )
        .limit(rowsMax)
        .execute();
      for (const { username, digest } of old)
        await kysely
          .deleteFrom('known_places')
          .where('username', '=', username)
          .where('digest', '=', digest)
          // Again, for one that was used in between.
          .where('used_at_ms', '<', beforeMs)
          .execute();
      return old.length;
    },
  };
}
