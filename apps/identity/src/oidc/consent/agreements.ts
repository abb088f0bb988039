/**
 * What a person agreed to, across every issuer: the clients they let see them, and the way to take it back. Behind the pages
 * of an account and the commands of an administrator; the provider itself decides nothing by it.
 */

import type { Subjects } from '../people/subjects.ts';
import type { ConsentMemory, RememberedAnswer } from './consent-memory.ts';
import type { LiveGrants } from './live-grants.ts';

export type Access = {
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Services it may ask in the person's name. */
  readonly audiences: readonly string[];
  /** Claims the person kept back. */
  readonly keptBack: readonly string[];
  readonly sinceMs: number;
  /** Until when it need not ask again; absent: it asks each time. */
  readonly remembersUntilMs: number | undefined;
  /** It may come back while the person is away. */
  readonly isLasting: boolean;
};

export type Agreements = {
  /** Remembered answers that hold, newest first, one entry a client. */
  list(username: string): Promise<readonly { readonly clientId: string; readonly agreedAtMs: number }[]>;
  /** What each application may see and do, the one allowed last first. */
  access(username: string): Promise<readonly Access[]>;
  /**
   * Takes back the access of every application, also what outlives sessions and what sessions left that ran out, but for what was
   * given in these sessions of the engine: for whoever lost the account to somebody else. What they agreed to stays remembered.
   */
  takeBack(username: string, keptSessionUids?: readonly string[]): Promise<{ readonly grantsEnded: number }>;
  /** No answer is remembered any longer, and no code and no token that the person's grants gave the client works. */
  withdraw(username: string, clientId: string): Promise<{ readonly grantsEnded: number }>;
};

export function openAgreements(parts: {
  readonly subjects: Pick<Subjects, 'find'>;
  readonly memory: Pick<ConsentMemory, 'list' | 'answers' | 'revoke'>;
  readonly live: Pick<LiveGrants, 'lasting' | 'end' | 'endAllBut'>;
}): Agreements {
  const { subjects, memory, live } = parts;
  return {
    async list(username) {
      const subject = await subjects.find(username);
      return subject === undefined ? [] : memory.list(subject);
    },
    async access(username) {
      const subject = await subjects.find(username);
      if (subject === undefined) return [];
      const [answers, lasting] = await Promise.all([memory.answers(subject), live.lasting(subject)]);
      const byClient = Map.groupBy(answers, ({ clientId }) => clientId);
      const ids = new Set([...byClient.keys(), ...lasting.map(({ clientId }) => clientId)]);
      return [...ids]
        .map((clientId) =>
          accessOf(
            clientId,
            byClient.get(clientId) ?? [],
            lasting.find((each) => each.clientId === clientId),
          ),
        )
        .sort((a, b) => b.sinceMs - a.sinceMs);
    },
    async takeBack(username, keptSessionUids = []) {
      const subject = await subjects.find(username);
      return { grantsEnded: subject === undefined ? 0 : await live.endAllBut(subject, keptSessionUids) };
    },
    async withdraw(username, clientId) {
      const subject = await subjects.find(username);
      if (subject === undefined) return { grantsEnded: 0 };
      // The memory first: a sign-in meanwhile whose grant is not listed yet finds no answer any more, and ends it (grants.ts).
      // An answer that is not to be remembered is in its sign-in alone: until its grant is listed, there is nothing to take back.
      await memory.revoke(subject, clientId);
      return { grantsEnded: await live.end(subject, clientId) };
    },
  };
}

/** Of several answers to one application, all that any of them allows. */
function accessOf(
  clientId: string,
  answers: readonly RememberedAnswer[],
  lasting: { readonly sinceMs: number } | undefined,
): Access {
  const all = (pick: (answer: RememberedAnswer) => readonly string[]) => [...new Set(answers.flatMap(pick))].sort();
  const shared = answers.length === 0 ? [] : all(({ refusedClaims }) => refusedClaims);
  return {
    clientId,
    scopes: all(({ scopes }) => scopes),
    audiences: all(({ audiences }) => audiences),
    keptBack: shared.filter((claim) => answers.every(({ refusedClaims }) => refusedClaims.includes(claim))),
    sinceMs: Math.max(...answers.map(({ sinceMs }) => sinceMs), lasting?.sinceMs ?? 0),
    remembersUntilMs: answers.length === 0 ? undefined : Math.max(...answers.map(({ untilMs }) => untilMs)),
    isLasting: lasting !== undefined,
  };
}
