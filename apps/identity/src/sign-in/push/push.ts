/**
 * Pushes as the rest of the house uses them: ask somebody on their device, learn what came of it, let them choose the device.
 * A request under way belongs to one session and is good once; requests and codes are counted for person and address before
 * Duo hears of them. It knows no pages; raising the session is the caller's.
 */
import { setTimeout } from 'node:timers/promises';
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { AttemptLimit, AttemptLimiter, Receipt } from '../../regulation/limiter.ts';
import { networkOf } from '../../regulation/network.ts';
import { openTries } from '../../regulation/tries.ts';
import type { PushWay } from '../../session/portal-session.ts';
import type { IdentityDatabase } from '../../storage/tables.ts';
import { type DuoApi, type DuoDevice, DuoUnavailable, type PushMethod, type Status } from './duo-api.ts';
import { openPushStore, type PushChoice } from './push.store.ts';

/** Who is asked: the person of a session. */
export type PushPerson = {
  readonly username: string;
  readonly displayName: string;
  readonly sessionId: string;
  readonly address: string;
  /** What they are signing in to, to be shown on the device. */
  readonly destination?: string | undefined;
};

type Limited = { readonly kind: 'limited'; readonly retryAtMs: number };
type Down = { readonly kind: 'unavailable'; readonly cause: DuoUnavailable };
type NotYet =
  /** Duo does not know them. `url`: where they may introduce themselves, if they may. */
  { readonly kind: 'enrol'; readonly url: string | undefined } | { readonly kind: 'denied'; readonly why: Denial };

/** `refused`: by the person, by Duo's policy, or a wrong code. */
export type Denial = 'refused' | 'timeout' | 'fraud' | 'policy' | 'wrong-code';

export type Waiting = { readonly kind: 'waiting'; readonly name: string; readonly method: PushMethod };
export type Verified = { readonly kind: 'verified'; readonly way: PushWay };

export type BeginAnswer =
  | Waiting
  | Verified
  | NotYet
  | Limited
  | Down
  | { readonly kind: 'choose'; readonly devices: readonly DuoDevice[] };
export type OutcomeAnswer =
  | Waiting
  | Verified
  | Extract<NotYet, { kind: 'denied' }>
  | Limited
  | Down
  | { readonly kind: 'gone' };
export type DevicesAnswer = Extract<BeginAnswer, { kind: 'choose' | 'enrol' | 'limited' | 'unavailable' }>;

export type Push = {
  choiceOf(username: string): Promise<PushChoice | undefined>;
  /** Asks them on the chosen device. While a request of this session is under way there is no second one. */
  begin(person: PushPerson): Promise<BeginAnswer>;
  /** What is under way in this session. */
  pending(sessionId: string): Promise<Waiting | undefined>;
  /** Waits for news, at most `holdMs`. */
  outcome(person: PushPerson, holdMs: number): Promise<OutcomeAnswer>;
  /** A code that Duo sent or that their device shows. */
  answer(person: PushPerson, code: string): Promise<OutcomeAnswer>;
  devicesOf(person: Pick<PushPerson, 'username' | 'address'>): Promise<DevicesAnswer>;
  /** `unknown`: not one of theirs, or it cannot be asked in this way. What is under way is dropped. */
  choose(
    person: Pick<PushPerson, 'username' | 'address' | 'sessionId'>,
    device: string,
    method: string,
  ): Promise<{ readonly kind: 'chosen' | 'unknown' } | Limited | Down>;
  forget(username: string): Promise<'forgotten' | 'missing'>;
};

const minuteMs = 60_000;
/** Whoever knows a password must not be able to wear its owner down. */
const askLimits: readonly AttemptLimit[] = [
  { attemptsMax: 5, windowMs: 5 * minuteMs },
  { attemptsMax: 30, windowMs: 24 * 60 * minuteMs },
];
const codeLimits: readonly AttemptLimit[] = [
  { attemptsMax: 5, windowMs: 5 * minuteMs },
  { attemptsMax: 50, windowMs: 24 * 60 * minuteMs },
];
const listLimits: readonly AttemptLimit[] = [{ attemptsMax: 20, windowMs: 5 * minuteMs }];
/** A request on a device stands a minute; typing a code may take longer. */
const pendingMs = { asked: 90_000, code: 10 * minuteMs };
/** Between two questions to Duo, should it hold none of them back. */
const pauseMs = 250;
const codeCharactersMax = 32;
const kind = 'push';

type Held = {
  readonly username: string;
  readonly name: string;
  readonly method: PushMethod;
  /** Absent where a code is typed. */
  readonly transaction?: string;
  /** Of the request, to be given back when the person says yes: no more than a right code does it count as a try. */
  readonly charged: Receipt;
};

export function openPush(parts: {
  readonly duo: DuoApi;
  readonly database: IdentityDatabase;
  readonly volatile: SealedVolatile;
  readonly limiter: AttemptLimiter;
  readonly nowMs: () => number;
  /** Unguessable. */
  readonly newId: () => string;
  readonly selfEnrolment: boolean;
  /** `server.endpoints.rate_limits.second_factor_duo`. */
  readonly addressLimits: readonly AttemptLimit[];
}): Push {
  const { duo, volatile, limiter, nowMs } = parts;
  const store = openPushStore(parts.database, nowMs);
  const tries = openTries(limiter);

  function chargesOf(what: string, limits: readonly AttemptLimit[], username: string, address: string) {
    return [
      ...limits.map((limit) => ({ bucket: `push ${what} user ${username}`, limit })),
      ...parts.addressLimits.map((limit) => ({ bucket: `push address ${networkOf(address)}`, limit })),
    ];
  }

  async function find(sessionId: string, username?: string): Promise<Held | undefined> {
    const entry = await volatile.getByAlias(kind, sessionId);
    if (!entry || entry.consumedAtMs !== undefined) return undefined;
    const held = entry.value as Held;
    return username === undefined || held.username === username ? held : undefined;
  }

  async function hold(sessionId: string, held: Held): Promise<Waiting> {
    const lifeMs = held.transaction === undefined ? pendingMs.code : pendingMs.asked;
    await volatile.put(kind, parts.newId(), { value: held, alias: sessionId, expiresAtMs: nowMs() + lifeMs });
    return waitingOf(held);
  }

  type Device = Pick<PushChoice, 'device' | 'name' | 'method'>;
  async function ask(person: PushPerson, { device, name, method }: Device, charged: Receipt) {
    const { username, displayName, sessionId, destination } = person;
    if (method === 'sms') await duo.sendCodes(person, device);
    if (method === 'sms' || method === 'mobile_otp') return hold(sessionId, { username, name, method, charged });
    const pushInfo = destination === undefined ? undefined : new URLSearchParams({ to: destination }).toString();
    const transaction = await duo.ask(person, device, method, { displayName, pushInfo });
    return hold(sessionId, { username, name, method, transaction, charged });
  }

  /** The chosen device while Duo still has it; else the only one there is. */
  async function deviceFor(username: string, devices: readonly DuoDevice[]) {
    const chosen = await store.find(username);
    const same = devices.find(({ id, methods }) => id === chosen?.device && methods.includes(chosen.method));
    // A choice that was made elsewhere came without the name.
    if (chosen && same) return { ...chosen, name: same.name };
    const [only, ...more] = devices;
    const [method] = only?.methods ?? [];
    if (!only || !method || more.length > 0) return undefined;
    const choice = { device: only.id, name: only.name, method };
    await store.choose(username, choice);
    return choice;
  }

  /** Of any number that learn of the same end one goes on with it. */
  async function conclude(
    { sessionId, username }: PushPerson,
    held: Held,
    { result, status }: Status,
  ): Promise<OutcomeAnswer> {
    if (result === 'waiting') return waitingOf(held);
    if (result === 'deny' && held.transaction === undefined) return { kind: 'denied', why: 'wrong-code' };
    if ((await volatile.consumeByAlias(kind, sessionId)) !== 'consumed') return { kind: 'gone' };
    if (result === 'deny') return { kind: 'denied', why: denialOf(status) };
    await limiter.giveBack(held.charged);
    await store.noteUse(username);
    return { kind: 'verified', way: wayOf[held.method] };
  }

  async function unlessDown<Answer>(work: () => Promise<Answer>): Promise<Answer | Down> {
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof DuoUnavailable) return { kind: 'unavailable', cause };
      throw cause;
    }
  }

  return {
    choiceOf: (username) => store.find(username),
    forget: (username) => store.forget(username),
    async pending(sessionId) {
      const held = await find(sessionId);
      return held && waitingOf(held);
    },

    begin: (person) =>
      unlessDown<BeginAnswer>(async () => {
        const { username, address, sessionId } = person;
        const under = await find(sessionId, username);
        if (under) return waitingOf(under);
        const charged = await limiter.charge(chargesOf('request', askLimits, username, address));
        if (charged.kind === 'limited') return charged;
        const known = await duo.preauth(person);
        if (known.kind === 'allow') {
          await charged.giveBack();
          return { kind: 'verified', way: 'bypass' };
        }
        if (known.kind === 'deny') return { kind: 'denied', why: 'policy' };
        if (known.kind === 'enroll' || known.devices.length === 0)
          return { kind: 'enrol', url: known.kind === 'enroll' && parts.selfEnrolment ? known.url : undefined };
        const device = await deviceFor(username, known.devices);
        return device ? await ask(person, device, charged.receipt) : { kind: 'choose', devices: known.devices };
      }),

    outcome: (person, holdMs) =>
      unlessDown<OutcomeAnswer>(async () => {
        const held = await find(person.sessionId, person.username);
        if (!held) return { kind: 'gone' };
        const { transaction } = held;
        if (transaction === undefined) return waitingOf(held);
        const limit = AbortSignal.timeout(holdMs);
        for (;;) {
          try {
            const answer = await conclude(person, held, await duo.statusOf(transaction, limit));
            // The first answers say that the request is on its way; each later one is held back until there is news.
            if (answer.kind !== 'waiting') return answer;
            await setTimeout(pauseMs, undefined, { signal: limit });
          } catch (cause) {
            if (limit.aborted) return waitingOf(held);
            throw cause;
          }
        }
      }),

    async answer(person, code) {
      const { username, address } = person;
      const held = await find(person.sessionId, username);
      if (!held || held.transaction !== undefined) return { kind: 'gone' };
      const tidy = code.replace(/[\s-]/g, '').slice(0, codeCharactersMax);
      if (tidy === '') return waitingOf(held);
      return tries.make(
        chargesOf('code', codeLimits, username, address),
        // Nobody's guess: Duo did not look at it.
        () => unlessDown<OutcomeAnswer>(async () => conclude(person, held, await duo.tryCode(person, tidy))),
        ({ kind }) => kind !== 'verified' && kind !== 'unavailable',
      );
    },

    devicesOf: ({ username, address }) =>
      unlessDown<DevicesAnswer>(async () => {
        const charged = await limiter.charge(chargesOf('list', listLimits, username, address));
        if (charged.kind === 'limited') return charged;
        const known = await duo.preauth({ username, address });
        if (known.kind === 'auth') return { kind: 'choose', devices: known.devices };
        return { kind: 'enrol', url: known.kind === 'enroll' && parts.selfEnrolment ? known.url : undefined };
      }),

    async choose({ username, address, sessionId }, id, method) {
      const known = await this.devicesOf({ username, address });
      if (known.kind === 'limited' || known.kind === 'unavailable') return known;
      const device = known.kind === 'choose' ? known.devices.find((each) => each.id === id) : undefined;
      const chosen = device?.methods.find((each) => each === method);
      if (!device || !chosen) return { kind: 'unknown' };
      await store.choose(username, { device: device.id, name: device.name, method: chosen });
      await volatile.consumeByAlias(kind, sessionId);
      return { kind: 'chosen' };
    },
  };
}

function waitingOf({ name, method }: Held): Waiting {
  return { kind: 'waiting', name, method };
}

/** What the person did, in the words of `amr`. */
const wayOf: Readonly<Record<PushMethod, PushWay>> = { push: 'push', phone: 'phone', sms: 'sms', mobile_otp: 'code' };

function denialOf(status: string): Denial {
  return status === 'timeout' || status === 'fraud' ? status : 'refused';
}
