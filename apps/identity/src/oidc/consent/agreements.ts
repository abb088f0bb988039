/**
 * What a person agreed to, across every issuer: the clients they let see them, and the way to take it back. Behind the pages
 * of an account and the commands of an administrator; the provider itself decides nothing by it.
 */

import type { Subjects } from '../people/subjects.ts';
import type { ConsentMemory } from './consent-memory.ts';
import type { LiveGrants } from './live-grants.ts';

export type Agreements = {
  /** Remembered answers that hold, newest first, one entry a client. */
  list(username: string): Promise<readonly { readonly clientId: string; readonly agreedAtMs: number }[]>;
  /** No answer is remembered any longer, and no code and no token that the person's grants gave the client works. */
  withdraw(username: string, clientId: string): Promise<{ readonly grantsEnded: number }>;
};

export function openAgreements(parts: {
  readonly subjects: Pick<Subjects, 'find'>;
  readonly memory: Pick<ConsentMemory, 'list' | 'revoke'>;
  readonly live: Pick<LiveGrants, 'end'>;
}): Agreements {
  const { subjects, memory, live } = parts;
  return {
    async list(username) {
      const subject = await subjects.find(username);
      return subject === undefined ? [] : memory.list(subject);
    },
    async withdraw(username, clientId) {
      const subject = await subjects.find(username);
      if (subject === undefined) return { grantsEnded: 0 };
      // The memory first: a sign-in meanwhile must not find the answer that is being taken back.
      await memory.revoke(subject, clientId);
      return { grantsEnded: await live.end(subject, clientId) };
    },
  };
}
