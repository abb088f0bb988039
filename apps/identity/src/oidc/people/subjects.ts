/**
 * Subjects: the random UUID that applications know a person by. Made on first need, kept for ever in the database, read
 * once a process. A person has one for each sector: the public one in the sector '', which clients without one share.
 */
import { randomUUID } from 'node:crypto';
import type { IdentityKysely } from '../../storage/tables.ts';

const service = 'openid';
const rememberedMax = 100_000;

export interface Subjects {
  /** The subject of a canonical name; makes one if there is none. Without a sector: the public one. */
  subjectOf(username: string, sector?: string): Promise<string>;
  /** The public subject, if there is one yet. */
  find(username: string): Promise<string | undefined>;
  /** Of a subject of any sector. */
  usernameOf(subject: string): Promise<string | undefined>;
}

export function openSubjects(database: IdentityKysely, nowMs: () => number): Subjects {
  const subjects = new Map<string, string>();
  const usernames = new Map<string, string>();

  function remember(map: Map<string, string>, key: string, value: string): void {
    if (map.size >= rememberedMax) map.clear();
    map.set(key, value);
  }

  async function stored(username: string, sector: string): Promise<string | undefined> {
    const row = await database
      .selectFrom('subjects')
      .select('identifier')
      .where('service', '=', service)
      .where('sector_id', '=', sector)
      .where('username', '=', username)
      .executeTakeFirst();
    return row?.identifier;
  }

  /** Of two processes that insert at once one wins by the unique key; the other reads what the first wrote. */
  async function made(username: string, sector: string): Promise<string> {
    const row = { id: randomUUID(), service, sector_id: sector, username, identifier: randomUUID() };
    try {
      await database
        .insertInto('subjects')
        .values({ ...row, created_at_ms: nowMs() })
        .execute();
      return row.identifier;
    } catch (cause) {
      const winner = await stored(username, sector);
      if (winner === undefined) throw cause;
      return winner;
    }
  }

  return {
    async subjectOf(username, sector = '') {
      // No name and no address holds a line break.
      const key = `${sector}\n${username}`;
      const known = subjects.get(key);
      if (known !== undefined) return known;
      const subject = (await stored(username, sector)) ?? (await made(username, sector));
      remember(subjects, key, subject);
      remember(usernames, subject, username);
      return subject;
    },
    find: async (username) => subjects.get(`\n${username}`) ?? (await stored(username, '')),
    async usernameOf(subject) {
      const known = usernames.get(subject);
      if (known !== undefined) return known;
      const row = await database
        .selectFrom('subjects')
        .select('username')
        .where('service', '=', service)
        .where('identifier', '=', subject)
        .executeTakeFirst();
      if (row) remember(usernames, subject, row.username);
      return row?.username;
    },
  };
}
