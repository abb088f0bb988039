/** A person's hand on their own sessions: which there are, and the end of one of them or of all the others. */
import { type LivingSession, type SessionRooms, sessionsOf } from './administer.ts';
import type { Endings } from './endings.ts';

export type OwnSessions = {
  /** Those that have not run out, the one used last first. */
  list(username: string): Promise<LivingSession[]>;
  /** `unknown`: no living session of this person has the id. */
  end(username: string, id: string): Promise<'ended' | 'unknown'>;
  endOthers(username: string, exceptId: string): Promise<void>;
};

export function openOwnSessions(rooms: SessionRooms, endings: Pick<Endings, 'end' | 'endAllOf'>): OwnSessions {
  return {
    async list(username) {
      return (await sessionsOf(rooms, username)).sort((a, b) => b.lastActivityMs - a.lastActivityMs);
    },
    async end(username, id) {
      const theirs = await rooms.register.ofPerson(username);
      if (!theirs.some((session) => session.id === id)) return 'unknown';
      await endings.end(id, 'sign-out');
      return 'ended';
    },
    endOthers: (username, exceptId) => endings.endAllOf(username, 'sign-out', exceptId),
  };
}
