/**
 * A sign-in under way, kept by the browser in one sealed cookie named after its state: any number of tabs at once, nothing
 * stored here until the answer comes. The answer then uses it up, once, whatever the browser sends again.
 */
import { createHash } from 'node:crypto';
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { CookieSealer } from '@gatehouse/web/sealed-cookie.ts';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as z from 'zod';

const shape = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  /** A path on this site. */
  returnTo: z.string(),
  startedAtMs: z.number(),
});
export type Transaction = z.infer<typeof shape>;

export type Transactions = {
  begin(c: Context, transaction: Omit<Transaction, 'startedAtMs'>): void;
  /** Of many calls for one state at most one gets the transaction. */
  take(c: Context, state: string): Promise<Transaction | 'missing' | 'used'>;
};

export type TransactionOptions = {
  readonly sealer: CookieSealer;
  readonly store: SealedVolatile;
  readonly nowMs: () => number;
  readonly secure: boolean;
};

/** Time to find one's phone, read a code and agree. */
const lifetimeMs = 30 * 60_000;
/** Each is some hundred bytes of every request, so old ones make room. */
const pendingMax = 8;
const usedKind = 'projects-sign-in-used';

export function openTransactions({ sealer, store, nowMs, secure }: TransactionOptions): Transactions {
  const prefix = secure ? '__Host-projects_signin_' : 'projects_signin_';
  const attributes = { path: '/', httpOnly: true, sameSite: 'Lax', secure } as const;
  const nameOf = (state: string): string => prefix + createHash('sha256').update(state).digest('hex').slice(0, 16);

  function open(name: string, sealed: string): Transaction | undefined {
    const opened = shape.safeParse(sealer.open(name, sealed));
    return opened.success ? opened.data : undefined;
  }

  /** Drops what has expired, and the oldest beyond the limit. */
  function makeRoom(c: Context): void {
    const pending = Object.entries(getCookie(c))
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, sealed]) => ({ name, startedAtMs: open(name, sealed)?.startedAtMs ?? 0 }))
      .sort((a, b) => b.startedAtMs - a.startedAtMs);
    for (const [index, { name, startedAtMs }] of pending.entries())
      if (startedAtMs === 0 || index >= pendingMax - 1) deleteCookie(c, name, attributes);
  }

  return {
    begin(c, transaction) {
      makeRoom(c);
      const name = nameOf(transaction.state);
      const now = nowMs();
      const sealed = sealer.seal(name, { ...transaction, startedAtMs: now }, now + lifetimeMs);
      setCookie(c, name, sealed, { ...attributes, maxAge: lifetimeMs / 1000 });
    },
    async take(c, state) {
      const name = nameOf(state);
      const sealed = getCookie(c, name);
      const transaction = sealed === undefined ? undefined : open(name, sealed);
      if (!transaction || transaction.state !== state) return 'missing';
      deleteCookie(c, name, attributes);
      const expiresAtMs = transaction.startedAtMs + lifetimeMs;
      const answer = await store.add(usedKind, state, { value: true, expiresAtMs });
      return answer === 'added' ? transaction : 'used';
    },
  };
}
