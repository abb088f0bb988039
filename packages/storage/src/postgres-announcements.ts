/**
 * LISTEN and NOTIFY: one connection of its own that hears, taken up again by itself when it breaks. PostgreSQL delivers a
 * notification when the transaction that made it commits, in the order of commits.
 */
import { sql } from 'kysely';
import pg from 'pg';
import type { Announcements, Hearer } from './announcements.ts';
import type { PostgresLocation } from './database.ts';
import { postgresClientOptions } from './postgres.ts';

const retryMs = { first: 100, most: 5_000 };
/** A connection that a firewall dropped silently is found out by asking. */
const pulseMs = 30_000;
const channelPattern = /^[a-z_][a-z0-9_]*$/;

export async function openPostgresAnnouncements(location: PostgresLocation, channel: string): Promise<Announcements> {
  if (!channelPattern.test(channel)) throw new TypeError(`'${channel}' is no name of a channel`);
  const hearers = new Set<Hearer>();
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let delayMs = retryMs.first;

  async function connect(): Promise<void> {
    const connecting = new pg.Client({ ...postgresClientOptions(location), keepAlive: true });
    client = connecting;
    // One way to be lost, however many events tell it.
    const lost = (): void => {
      if (client !== connecting) return;
      client = undefined;
      void connecting.end().catch(() => undefined);
      retryLater();
    };
    connecting.on('error', lost);
    connecting.on('end', lost);
    connecting.on('notification', ({ payload = '' }) => {
      for (const hearer of hearers) hearer.onWord(payload);
    });
    try {
      await connecting.connect();
      await connecting.query(`listen ${channel}`);
      delayMs = retryMs.first;
      pulse(connecting, lost);
    } catch (cause) {
      lost();
      throw cause;
    }
  }

  function pulse(listening: pg.Client, lost: () => void): void {
    if (closed || client !== listening) return;
    timer = setTimeout(() => {
      const limit = setTimeout(lost, pulseMs).unref();
      listening.query('select 1').then(() => {
        clearTimeout(limit);
        pulse(listening, lost);
      }, lost);
    }, pulseMs).unref();
  }

  function retryLater(): void {
    if (closed) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      connect().then(
        () => {
          for (const hearer of hearers) hearer.onGap();
        },
        () => undefined,
      );
    }, delayMs).unref();
    delayMs = Math.min(delayMs * 2, retryMs.most);
  }

  await connect();
  return {
    async announce(trx, ...words) {
      await sql`select pg_notify(${channel}, word) from unnest(${words}::text[]) as word`.execute(trx);
    },
    listen(hearer) {
      hearers.add(hearer);
      return () => void hearers.delete(hearer);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      hearers.clear();
      const open = client;
      client = undefined;
      await open?.end().catch(() => undefined);
    },
  };
}
