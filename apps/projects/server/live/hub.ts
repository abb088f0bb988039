/**
 * The ear of this process: hears that changes were committed, by whichever process, reads them in one go and hands them on.
 * While one batch is handed on the next gathers, so a burst costs few reads. Knows no listener's rights and no stream.
 */
import type { Announcements } from '@gatehouse/storage/announcements.ts';
import type { Log } from '@gatehouse/web/log.ts';
import type { Selectable } from 'kysely';
import type { Executor } from '../api/workspace.ts';
import type { ChangeTables } from '../changes/schema.ts';

export type ChangeRow = Selectable<ChangeTables['changes']>;

export type HubEvents = {
  /** In the order of their ids. */
  onChanges(rows: readonly ChangeRow[]): Promise<void>;
  /** Somebody signed out, or may not come in any more. */
  onSessionsEnded(): void;
  /** Something waits for these people. */
  onBells(personIds: readonly string[]): Promise<void>;
  /** Words may have been missed, or what they stood for could not be read. */
  onGap(): void;
};

export type Hub = { close(): Promise<void> };

const bellWord = /^bell (.+)$/;
export const sessionsWord = 'sessions';
export const bellWordFor = (personId: string): string => `bell ${personId}`;
/** Of one read. */
const batchMax = 200;

export function openHub(db: Executor, announcements: Announcements, log: Log, events: HubEvents): Hub {
  const changes = new Set<number>();
  const bells = new Set<string>();
  let working: Promise<void> | undefined;

  function work(): void {
    working ??= drain()
      .catch((err: unknown) => {
        log.error({ err }, 'Changes could not be told to open pages');
        // What was taken is told by nobody now, and pages that heard of later changes would not ask for it.
        events.onGap();
      })
      .finally(() => {
        working = undefined;
        if (changes.size > 0 || bells.size > 0) work();
      });
  }

  async function drain(): Promise<void> {
    const ids = take(changes);
    const people = take(bells);
    if (ids.length > 0) {
      const rows = await db.selectFrom('changes').selectAll().where('id', 'in', ids).orderBy('id').execute();
      await events.onChanges(rows);
    }
    if (people.length > 0) await events.onBells(people);
  }

  const stop = announcements.listen({
    onWord(word) {
      const bell = bellWord.exec(word)?.[1];
      if (/^\d+$/.test(word)) changes.add(Number(word));
      else if (bell !== undefined) bells.add(bell);
      else if (word === sessionsWord) events.onSessionsEnded();
      work();
    },
    onGap: () => events.onGap(),
  });

  return {
    async close() {
      stop();
      changes.clear();
      bells.clear();
      await working;
    },
  };
}

function take<T>(waiting: Set<T>): T[] {
  const taken = [...waiting].slice(0, batchMax);
  for (const each of taken) waiting.delete(each);
  return taken;
}
