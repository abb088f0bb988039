/**
 * Security keys and passkeys as the rest of the house uses them: add one, prove oneself with one, sign in with one alone.
 * Every answer is to a challenge of ours that is spent by it. Failures are counted for person and address before anything is
 * verified. It knows no pages and no sessions beyond their id.
 */
import type { Sealer } from '@gatehouse/storage/sealer.ts';
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { AttemptLimit, AttemptLimiter, ChargeAnswer } from '../../regulation/limiter.ts';
import { networkOf } from '../../regulation/network.ts';
import { openTries } from '../../regulation/tries.ts';
import type { KeyProof } from '../../session/portal-session.ts';
import type { IdentityDatabase } from '../../storage/tables.ts';
import { type AssertionVerdict, verifyAssertion } from './assertion.ts';
import {
  type CreationOptions,
  creationOptions,
  type Portal,
  type RequestOptions,
  requestOptions,
} from './browser-options.ts';
import { openChallenges, type Purpose } from './challenges.ts';
import type { Metadata } from './metadata/metadata.ts';
import { verifyRegistration } from './registration.ts';
import { type AssertionAnswer, parseAssertion, parseRegistration } from './response.ts';
import type { WebauthnOptions } from './webauthn.options.ts';
import { openWebauthnStore, type SecurityKey, type WebauthnStore } from './webauthn.store.ts';

/** What the browser gets: the id comes back with its answer. */
export type Asked<Options> = { readonly ceremony: string; readonly options: Options };

/** An answer as it came: the id, and the browser's JSON. */
export type Answer = { readonly ceremony: string; readonly response: string };

export type RefusedKey = {
  readonly username: string | undefined;
  readonly address: string;
  /** `copied`: the counter of the key went back. `overtaken`: another answer of the same key came in between. */
  readonly reason: 'unknown' | 'wrong' | 'copied' | 'overtaken' | 'limited';
  readonly cause?: unknown;
};

export type ProofAnswer =
  | { readonly kind: 'verified'; readonly username: string; readonly proof: KeyProof }
  /** The challenge is over or spent. Nothing was counted. */
  | { readonly kind: 'gone' }
  /** Whose failure it is, where that is known. */
  | { readonly kind: 'refused' | 'copied'; readonly username: string | undefined }
  | { readonly kind: 'limited'; readonly retryAtMs: number };

export type AddAnswer =
  | { readonly kind: 'added'; readonly key: SecurityKey }
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'known' }
  | { readonly kind: 'name-taken' }
  | { readonly kind: 'not-allowed'; readonly rule: 'model' | 'backup' | 'maker' }
  /** What is known of makers is not to be had now, and the configuration wants it. */
  | { readonly kind: 'unavailable' };

type Person = { readonly username: string; readonly displayName: string };
/** Where an answer must come from. */
type Place = { readonly place: string; readonly portal: Portal };

export type Webauthn = Pick<WebauthnStore, 'listOf' | 'rename' | 'remove'> & {
  readonly options: WebauthnOptions;
  askToAdd(person: Person, sessionId: string, at: Place): Promise<Asked<CreationOptions>>;
  /** `name` as the person calls the key, tidied by the caller. */
  add(person: Person, sessionId: string, at: Place, name: string, answer: Answer): Promise<AddAnswer>;
  /** For the second factor of whoever's session it is. */
  askForProof(username: string, sessionId: string, at: Place): Promise<Asked<RequestOptions>>;
  prove(username: string, sessionId: string, at: Place, address: string, answer: Answer): Promise<ProofAnswer>;
  /** For a sign-in by a passkey alone, whoever comes. */
  askForPasskey(at: Place): Promise<Asked<RequestOptions>>;
  /** Charges the address for one such question: anybody may ask, and each is kept until it is answered or over. */
  mayAskForPasskey(address: string): Promise<ChargeAnswer>;
  signIn(at: Place, address: string, answer: Answer): Promise<ProofAnswer>;
};

/** One answer that was given, and what it was asked for. */
type Asking = {
  readonly purpose: Purpose;
  readonly portal: Portal;
  readonly address: string;
  readonly sent: Answer;
  /** Whose failures count when the key is nobody's. */
  readonly username: string | undefined;
  /** Whether this key may answer at all. */
  readonly isMeant: (key: SecurityKey, answer: AssertionAnswer) => boolean;
};

const minuteMs = 60_000;
const personLimits: readonly AttemptLimit[] = [
  { attemptsMax: 5, windowMs: 5 * minuteMs },
  { attemptsMax: 50, windowMs: 24 * 60 * minuteMs },
];
/** Whole offices sign in from one address. */
const asksLimit: AttemptLimit = { attemptsMax: 300, windowMs: 5 * minuteMs };
const addressLimits: readonly AttemptLimit[] = [{ attemptsMax: 50, windowMs: 5 * minuteMs }];

export function openWebauthn(parts: {
  readonly database: IdentityDatabase;
  readonly sealer: Sealer;
  readonly volatile: SealedVolatile;
  readonly limiter: AttemptLimiter;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly randomBytes: (size: number) => Uint8Array;
  readonly options: WebauthnOptions;
  /** Absent: makers are not asked about. */
  readonly metadata?: Pick<Metadata, 'judge'> | undefined;
  readonly onRefused: (attempt: RefusedKey) => void;
}): Webauthn {
  const { nowMs, options, onRefused } = parts;
  const tries = openTries(parts.limiter);
  const store = openWebauthnStore(parts.database, parts.sealer);
  const challenges = openChallenges({ ...parts, timeoutMs: options.timeoutMs });

  /** 64 characters that tell nothing of the person (WebAuthn Level 3, 14.6.1), as long as Authelia's. */
  const newHandle = (): string => Buffer.from(parts.randomBytes(48)).toString('base64url');

  async function ask<Options>(purpose: Purpose, build: (challenge: string) => Options): Promise<Asked<Options>> {
    const { id, challenge } = await challenges.issue(purpose);
    return { ceremony: id, options: build(challenge) };
  }

  function chargesOf(username: string | undefined, address: string) {
    return [
      ...(username === undefined ? [] : personLimits).map((limit) => ({ bucket: `webauthn user ${username}`, limit })),
      ...addressLimits.map((limit) => ({ bucket: `webauthn address ${networkOf(address)}`, limit })),
    ];
  }

  async function verify(about: Asking): Promise<ProofAnswer> {
    const { portal, address } = about;
    const answer = parseAssertion(about.sent.response);
    const found = answer && (await store.find(answer.id));
    const key = answer && found?.rpId === portal.rpId && about.isMeant(found, answer) ? found : undefined;
    const username = about.username ?? key?.username;
    const made = await tries.make(
      chargesOf(username, address),
      () => look(about, answer, key, username),
      ({ kind }) => kind === 'refused' || kind === 'copied',
    );
    if (made.kind === 'limited') onRefused({ username, address, reason: 'limited' });
    return made;
  }

  /** `key`: the one that answers, where it may. `username`: whose failure it would be. */
  async function look(
    { purpose, portal, address, sent }: Asking,
    answer: AssertionAnswer | undefined,
    key: SecurityKey | undefined,
    username: string | undefined,
  ): Promise<ProofAnswer> {
    const failed = (reason: RefusedKey['reason'], cause?: unknown): ProofAnswer => {
      onRefused({ username, address, reason, ...(cause !== undefined && { cause }) });
      return { kind: reason === 'copied' ? 'copied' : 'refused', username };
    };
    const challenge = await challenges.redeem(sent.ceremony, purpose);
    if (challenge === undefined) return { kind: 'gone' };
    if (!answer || !key) return failed('unknown');
    const verdict = await judge(answer, key, challenge, portal);
    if (verdict.kind === 'refused') return failed('wrong', verdict.cause);
    if (verdict.kind === 'copied') {
      await store.warnOfClone(key.id);
      return failed('copied');
    }
    const use = { ...verdict.use, ...learned(key, answer, purpose) };
    if ((await store.recordUse(key.id, use)) === 'overtaken') return failed('overtaken');
    const proof: KeyProof = {
      attachment: use.attachment === 'cross-platform' ? 'cross-platform' : 'platform',
      // Without it the answer would not have verified.
      userPresent: true,
      userVerified: use.userVerified,
      countsTwice: purpose.kind === 'passkey' && use.userVerified && options.verifiedCountsTwice,
    };
    return { kind: 'verified', username: key.username, proof };
  }

  async function judge(answer: AssertionAnswer, key: SecurityKey, challenge: string, portal: Portal) {
    const verdict = await verifyAssertion(answer, { key, challenge, portal, options, nowMs: nowMs() });
    return verdict.kind === 'verified' && key.cloneWarning ? ({ kind: 'copied' } satisfies AssertionVerdict) : verdict;
  }

  const purposeOf = (kind: Purpose['kind'], { place, portal }: Place, sessionId?: string): Purpose => ({
    ...{ kind, place, rpId: portal.rpId },
    ...(sessionId !== undefined && { sessionId }),
  });

  return {
    options,
    listOf: store.listOf,
    rename: store.rename,
    remove: store.remove,

    async askToAdd({ username, displayName }, sessionId, at) {
      const { portal } = at;
      const userHandle = await store.handleOf(username, portal.rpId, newHandle());
      const known = await store.listOf(username, portal.rpId);
      return ask(purposeOf('registration', at, sessionId), (challenge) =>
        creationOptions({ options, portal, challenge, userHandle, username, displayName, known }),
      );
    },

    async add({ username }, sessionId, at, name, sent) {
      const { portal } = at;
      const answer = parseRegistration(sent.response);
      const challenge = await challenges.redeem(sent.ceremony, purposeOf('registration', at, sessionId));
      if (challenge === undefined) return { kind: 'gone' };
      if (!answer) return { kind: 'refused' };
      const verdict = await verifyRegistration(answer, { challenge, portal, options, metadata: parts.metadata });
      if (verdict.kind !== 'verified') return verdict.kind === 'refused' ? { kind: 'refused' } : verdict;
      const key: SecurityKey = {
        ...verdict.key,
        ...{ id: parts.newId(), rpId: portal.rpId, username, name, createdAtMs: nowMs(), lastUsedAtMs: undefined },
        userHandle: await store.handleOf(username, portal.rpId, newHandle()),
        cloneWarning: false,
        legacy: false,
      };
      const stored = await store.add(key);
      return stored === 'added' ? { kind: 'added', key } : { kind: stored };
    },

    async askForProof(username, sessionId, at) {
      const known = await store.listOf(username, at.portal.rpId);
      return ask(purposeOf('second-factor', at, sessionId), (challenge) =>
        requestOptions({ options, portal: at.portal, challenge, known }),
      );
    },

    prove: (username, sessionId, at, address, sent) =>
      verify({
        ...{ purpose: purposeOf('second-factor', at, sessionId), portal: at.portal, address, sent, username },
        isMeant: (key, answer) => key.username === username && (!handleIn(answer) || isOwnHandle(key, answer)),
      }),

    mayAskForPasskey: (address) =>
      parts.limiter.charge([{ bucket: `webauthn ask address ${networkOf(address)}`, limit: asksLimit }]),

    askForPasskey: (at) =>
      ask(purposeOf('passkey', at), (challenge) =>
        requestOptions({ options, portal: at.portal, challenge, known: [] }),
      ),

    signIn: (at, address, sent) =>
      verify({
        ...{ purpose: purposeOf('passkey', at), portal: at.portal, address, sent, username: undefined },
        // WebAuthn Level 3, 7.2 step 6: who it is says the handle, and the key must be theirs.
        isMeant: (key, answer) =>
          handleIn(answer) !== undefined && isOwnHandle(key, answer) && (key.discoverable || options.upgrades),
      }),
  };
}

function handleIn({ response: { userHandle } }: AssertionAnswer): string | undefined {
  return userHandle ? Buffer.from(userHandle, 'base64url').toString() : undefined;
}

/** A key that was moved here without its handle belongs to the account it came with; the handle is learned at first use. */
function isOwnHandle(key: SecurityKey, answer: AssertionAnswer): boolean {
  return key.userHandle === undefined || key.userHandle === handleIn(answer);
}

function learned(key: SecurityKey, answer: AssertionAnswer, { kind }: Purpose) {
  return {
    userHandle: key.userHandle ?? handleIn(answer),
    discoverable: key.discoverable || kind === 'passkey',
  };
}
