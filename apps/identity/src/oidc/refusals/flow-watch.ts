/**
 * Flows that stop on the way without anybody being refused: a code that is never redeemed, an ID token whose userinfo is
 * never read although what the application asked for is only there. Remembered in memory, bounded, and judged later, off the
 * path of any request; an ordinary exchange costs a look into a map and no touch of a store.
 *
 * With several processes the other half of a flow may happen elsewhere, so before anything is recorded the stored code is
 * asked whether it was used, and who ever reads userinfo leaves a mark for all processes. What is in memory is lost at a
 * restart: a flow that was under way then is not judged.
 */
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { Log } from '@gatehouse/web/log.ts';
import type { RefusalRecorder } from './recorder.ts';
import type { Refusal } from './refusal.ts';

export type IssuedCode = {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly lifespanSeconds: number;
  /** Asks the store; undefined when it knows the code no more. */
  wasUsed(): Promise<boolean | undefined>;
  /** What to record if nobody ever presents it. */
  finding(): Refusal;
};

/** What this process remembers of a code. */
export type RememberedCode = {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly ageSeconds: number;
  readonly lifespanSeconds: number;
};

export type FlowWatch = {
  codeIssued(code: string, issued: IssuedCode): void;
  codeUsed(code: string): void;
  /** Somebody came with this code, rightly or not: it is no longer one that nobody redeems. */
  codePresented(code: string): RememberedCode | undefined;
  /** The application got an ID token that lacks claims it asked for. */
  claimsHeldBack(clientId: string, finding: () => Refusal): void;
  userinfoRead(clientId: string): void;
  /** Judges what has waited long enough. */
  review(): Promise<void>;
  /** Waits for a review under way. */
  close(): Promise<void>;
};

export const codesMax = 10_000;
const clientsMax = 1_000;
/** Asked of the store in one review; the others go unjudged. */
const questionsMax = 100;
/** An application reads userinfo right after the exchange, if ever. */
const userinfoWithinMs = 2 * 60_000;
/** How long a code is remembered after its end, to tell one that comes too late. */
const lateMs = 10 * 60_000;
/** As long as a timer can wait. */
const neverMs = 2 ** 31 - 1;
const reader = 'oidc.userinfo-reader';
const readerMs = 30 * 24 * 60 * 60_000;

type Code = IssuedCode & { readonly issuedAtMs: number; wasPresented: boolean; isJudged: boolean };
type HeldBack = { readonly sinceMs: number; readonly finding: () => Refusal };

export function openFlowWatch(options: {
  readonly refusals: Pick<RefusalRecorder, 'record'>;
  readonly store: Pick<SealedVolatile, 'get' | 'put'>;
  readonly log: Pick<Log, 'error' | 'warn'>;
  readonly nowMs: () => number;
  /** How often to review; absent: only when told to. */
  readonly reviewEveryMs?: number;
}): FlowWatch {
  const { refusals, store, log, nowMs } = options;
  const codes = new Map<string, Code>();
  const heldBack = new Map<string, HeldBack>();
  /** Clients that read userinfo, and whether the mark for the other processes is written. */
  const readers = new Map<string, 'new' | 'marked'>();

  function tell(finding: Refusal): void {
    const reference = refusals.record(finding);
    log.warn({ reference, client: finding.clientId, cause: finding.cause }, 'A sign-in stopped on the way');
  }

  async function reviewCodes(now: number): Promise<void> {
    let questions = 0;
    for (const [code, each] of codes) {
      const endsAtMs = each.issuedAtMs + each.lifespanSeconds * 1000;
      if (now >= endsAtMs + lateMs) codes.delete(code);
      if (each.isJudged || now < endsAtMs) continue;
      each.isJudged = true;
      if (each.wasPresented || questions >= questionsMax) continue;
      questions += 1;
      // One that is gone was taken back, by a sign-out for example: nobody could redeem it.
      if ((await each.wasUsed()) === false) tell(each.finding());
    }
  }

  async function reviewClaims(now: number): Promise<void> {
    for (const [clientId, { sinceMs, finding }] of heldBack) {
      if (now - sinceMs < userinfoWithinMs) continue;
      heldBack.delete(clientId);
      if (await store.get(reader, clientId)) readers.set(clientId, 'marked');
      else tell(finding());
    }
  }

  async function markReaders(now: number): Promise<void> {
    for (const [clientId, state] of readers) {
      if (state === 'marked') continue;
      readers.set(clientId, 'marked');
      await store.put(reader, clientId, { value: {}, expiresAtMs: now + readerMs });
    }
  }

  async function review(): Promise<void> {
    const now = nowMs();
    try {
      await markReaders(now);
      await reviewCodes(now);
      await reviewClaims(now);
    } catch (cause) {
      log.error({ err: cause }, 'Flows that stopped on the way could not be judged');
    }
  }

  let underWay = Promise.resolve();
  const timer = setInterval(() => {
    underWay = underWay.then(review);
  }, options.reviewEveryMs ?? neverMs).unref();

  return {
    codeIssued(code, issued) {
      codes.set(code, { ...issued, issuedAtMs: nowMs(), wasPresented: false, isJudged: false });
      const oldest = codes.size > codesMax ? codes.keys().next().value : undefined;
      if (oldest !== undefined) codes.delete(oldest);
    },
    codeUsed(code) {
      codes.delete(code);
    },
    codePresented(code) {
      const known = codes.get(code);
      if (!known) return undefined;
      known.wasPresented = true;
      const { clientId, redirectUri, lifespanSeconds, issuedAtMs } = known;
      return { clientId, redirectUri, lifespanSeconds, ageSeconds: Math.floor((nowMs() - issuedAtMs) / 1000) };
    },
    claimsHeldBack(clientId, finding) {
      if (readers.has(clientId) || heldBack.has(clientId) || heldBack.size >= clientsMax) return;
      heldBack.set(clientId, { sinceMs: nowMs(), finding });
    },
    userinfoRead(clientId) {
      heldBack.delete(clientId);
      if (!readers.has(clientId) && readers.size < clientsMax) readers.set(clientId, 'new');
    },
    review,
    async close() {
      clearInterval(timer);
      await underWay;
    },
  };
}
