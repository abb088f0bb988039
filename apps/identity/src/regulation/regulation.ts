/**
 * Regulation of sign-ins: before a password or a second factor is looked at, may this be tried; after it, what came of it.
 * Enough failures in a row ban the person, the address, or both. Each factor has its own count: a right password says nothing
 * about whoever guesses at the second factor. A right password that comes among too many wrong ones at the
 * same moment is refused too, so a parallel burst gains nothing over asking one by one, in any number of processes.
 *
 * The person sees the ordinary failure, banned or not: that is for the page to keep. Nor do the statements tell: a name that
 * no directory knows has a count and a ban of its own, and every refusal takes as many as the next one.
 */
import type { IdentityDatabase } from '../storage/tables.ts';
import { openBanStore } from './ban.store.ts';
import { decide, type RegulationRules } from './decide.ts';
import { networkOf } from './network.ts';
import { type AttemptStore, type Factor, openAttemptStore, type Subject } from './regulation.store.ts';
import { openUnknownNames } from './unknown-names.ts';

export type Attempt = {
  /** Canonical name from the directory, so that all spellings share one count; undefined when it knows nobody. */
  readonly username: string | undefined;
  /** What nobody was found by, where a name was typed. Nothing of it is written down in the clear. */
  readonly typed?: string;
  readonly address: string;
  /** Absent: the password. A passkey stands in its place and shares its count. */
  readonly factor?: 'passkey' | 'second';
};

/** The part of a log this room writes to. */
export type RegulationLog = { warn(fields: Readonly<Record<string, unknown>>, message: string): void };

export type Regulation = {
  /** To ask before a key or a code is looked at. A refusal is recorded here. */
  mayTry(attempt: Attempt): Promise<'free' | 'banned'>;
  /** The same question alone, for whoever records the refusal once the password was paid for. */
  isBanned(attempt: Attempt): Promise<boolean>;
  recordBanned(attempt: Attempt): Promise<void>;
  recordFailure(attempt: Attempt): Promise<void>;
  /** To ask after a right password: only `accepted` may sign in. `banned` is answered to the person as a wrong password. */
  recordSuccess(attempt: Attempt): Promise<'accepted' | 'banned'>;
  /** Removes up to `rowsMax` rows each of attempts and bans that are older than the retention. */
  sweep(rowsMax: number): Promise<number>;
};

/** How long attempts and ended bans are kept for whoever looks into an incident. */
const retentionMs = 90 * 86_400_000;

/** A name as it may stand in the words of a log line: it cannot end the quotes or the line. */
export function nameForLog(username: string): string {
  return username.replace(/[\p{C}'\\]/gu, '?').slice(0, 64);
}

const countOf = (factor: Attempt['factor']): Factor => (factor === 'second' ? 'second' : 'first');

export function openRegulation(parts: {
  readonly database: IdentityDatabase;
  readonly rules: RegulationRules;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly log: RegulationLog;
  /** For what is kept of names that nobody has. */
  readonly digestKey: Uint8Array;
}): Regulation {
  const { rules, nowMs, log } = parts;
  const unknownName = openUnknownNames(parts.digestKey);
  const attempts = openAttemptStore(parts.database);
  const bans = openBanStore(parts);

  function write(outcome: Parameters<AttemptStore['log']>[0]['outcome'], attempt: Attempt) {
    const { address, factor } = attempt;
    const { subject: username } = whoIn(attempt);
    return attempts.log({ outcome, username, address, factor: countOf(factor), atMs: nowMs() });
  }

  function whoIn({ username, typed }: Attempt) {
    // For those who are known too: it takes some microseconds, and a thousand tries would tell them.
    const unknown = typed === undefined ? '' : unknownName(typed);
    return username === undefined
      ? ({ kind: 'nobody', subject: unknown } as const)
      : ({ kind: 'user', subject: username } as const);
  }

  function subjectsOf(attempt: Attempt): Subject[] {
    const subjects: Subject[] = [];
    const who = whoIn(attempt);
    if (rules.modes.includes('ip')) subjects.push({ kind: 'ip', subject: networkOf(attempt.address) });
    if (rules.modes.includes('user') && who.subject !== '') subjects.push(who);
    return rules.failuresMax === 0 ? [] : subjects;
  }

  async function decideOn(subject: Subject, { factor }: Attempt) {
    const recent = await attempts.recent(subject, countOf(factor), nowMs() - rules.findTimeMs, rules.failuresMax);
    return decide(recent, rules, nowMs());
  }

  /** Whether that makes a ban, which is set then. */
  async function weigh(attempt: Attempt): Promise<boolean> {
    let isBan = false;
    for (const subject of subjectsOf(attempt)) {
      const decision = await decideOn(subject, attempt);
      if (decision.kind === 'free') continue;
      isBan = true;
      await bans.setByRegulation(subject, decision.untilMs, rules.banTimeMs);
    }
    return isBan;
  }

  async function writeBanned(attempt: Attempt): Promise<void> {
    await write('banned', attempt);
    report(attempt, true);
  }

  /** Looks at what was tried lately for nothing, as a failure does for a reason: a ban is not told from one by less work. */
  async function recordBanned(attempt: Attempt): Promise<void> {
    await writeBanned(attempt);
    for (const subject of subjectsOf(attempt)) await decideOn(subject, attempt);
  }

  function isBanned(attempt: Attempt): Promise<boolean> {
    const { kind, subject } = whoIn(attempt);
    return bans.isBanned(subject, attempt.address, kind);
  }

  /** The words and the field name that fail2ban filters written for Authelia look for. Other factors say it themselves. */
  function report({ username, address, factor }: Attempt, banned: boolean): void {
    if (factor !== undefined) return;
    const name = nameForLog(username ?? '(unknown)');
    log.warn({ remote_ip: address, banned }, `Unsuccessful 1FA authentication attempt by user '${name}'`);
  }

  return {
    isBanned,
    recordBanned,

    async mayTry(attempt) {
      if (!(await isBanned(attempt))) return 'free';
      await recordBanned(attempt);
      return 'banned';
    },

    async recordFailure(attempt) {
      await write('failure', attempt);
      report(attempt, false);
      await weigh(attempt);
    },

    async recordSuccess(attempt) {
      if (await weigh(attempt)) {
        await writeBanned(attempt);
        return 'banned';
      }
      await write('success', attempt);
      return 'accepted';
    },

    async sweep(rowsMax) {
      const beforeMs = nowMs() - Math.max(retentionMs, rules.findTimeMs);
      return (await attempts.sweep(beforeMs, rowsMax)) + (await bans.sweep(beforeMs, rowsMax));
    },
  };
}
