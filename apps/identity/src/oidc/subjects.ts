/**
 * Subjects: the random UUID that applications know a person by. Made on first need, kept for ever in the database, read
 * once a process. Sectors (pairwise subjects) are not known here yet: every client shares the sector ''.
 */
import { randomUUID } from 'node:crypto';
import type { IdentityKysely } from '../storage/tables.ts';

const service = 'openid';
const sectorId = '';
const rememberedMax = 100_000;

export interface Subjects {
  /** The subject of a canonical name; makes one if there is none. */
  subjectOf(username: string): Promise<string>;
  usernameOf(subject: string): Promise<string | undefined>;
}

export function openSubjects(database: IdentityKysely, nowMs: () => number): Subjects {
  const subjects = new Map<string, string>();
  const usernames = new Map<string, string>();

  function remember(username: string, subject: string): void {
    if (subjects.size >= rememberedMax) {
      subjects.clear();
      usernames.clear();
    }
    subjects.set(username, subject);
    usernames.set(subject, username);
  }

  async function stored(username: string): Promise<string | undefined> {
    const row = await database
      .selectFrom('subjects')
      .select('identifier')
      .where('service', '=', service)
      .where('sector_id', '=', sectorId)
      .where('username', '=', username)
      .executeTakeFirst();
    return row?.identifier;
  }

  /** Of two processes that insert at once one wins by the unique key; the other reads what the first wrote. */
  async function made(username: string): Promise<string> {
    const row = { id: randomUUID(), service, sector_id: sectorId, username, identifier: randomUUID() };
    try {
      await database
        .insertInto('subjects')
        .values({ ...row, created_at_ms: nowMs() })
        .execute();
      return row.identifier;
    } catch (cause) {
      const winner = await stored(username);
      if (winner === undefined) throw cause;
      return winner;
    }
  }

  return {
    async subjectOf(username) {
      const known = subjects.get(username);
      if (known !== undefined) return known;
      const subject = (await stored(username)) ?? (await made(username));
      remember(username, subject);
      return subject;
    },
    async usernameOf(subject) {
      const known = usernames.get(subject);
      if (known !== undefined) return known;
      const row = await database
        .selectFrom('subjects')
        .select('username')
        .where('service', '=', service)
        .where('identifier', '=', subject)
        .executeTakeFirst();
      if (row) remember(row.username, subject);
      return row?.username;
    },
  };
}
