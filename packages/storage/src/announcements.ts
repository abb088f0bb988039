/**
 * Short words said inside a transaction and heard once it is committed: by every process on PostgreSQL (NOTIFY), by this
 * process on SQLite. They say that something is there to be read; what it is stands in a table. A word of a transaction
 * that is rolled back is not heard on PostgreSQL and may be heard on SQLite, so whoever hears looks it up.
 */
import type { Kysely } from 'kysely';
import type { Database, DatabaseLocation } from './database.ts';

export type Hearer = {
  onWord(word: string): void;
  /** The connection was lost and is back: words said meanwhile were not heard. */
  onGap(): void;
};

export type Announcements = {
  /** `trx`: the transaction that makes it true. Each word at most 1,000 bytes. */
  announce(trx: Kysely<never>, ...words: readonly string[]): Promise<void>;
  /** Answers with what stops it. */
  listen(hearer: Hearer): () => void;
  close(): Promise<void>;
};

/** `channel`: letters, digits and underscores. */
export async function openAnnouncements<Tables>(
  location: DatabaseLocation,
  database: Database<Tables>,
  channel: string,
): Promise<Announcements> {
  if (location.dialect === 'sqlite') return openLocalAnnouncements(database);
  const { openPostgresAnnouncements } = await import('./postgres-announcements.ts');
  return openPostgresAnnouncements(location, channel);
}

/** Every query of this process goes through one connection, so one that is asked now is answered after the transaction. */
function openLocalAnnouncements<Tables>(database: Database<Tables>): Announcements {
  const hearers = new Set<Hearer>();
  const afterTransaction = (): Promise<unknown> =>
    database.kysely.selectNoFrom(({ lit }) => lit(1).as('one')).execute();

  return {
    async announce(_trx, ...words) {
      void afterTransaction().then(
        () => {
          for (const word of words) for (const hearer of hearers) hearer.onWord(word);
        },
        // Closed meanwhile: nobody is left to hear.
        () => undefined,
      );
    },
    listen(hearer) {
      hearers.add(hearer);
      return () => void hearers.delete(hearer);
    },
    close: async () => hearers.clear(),
  };
}
