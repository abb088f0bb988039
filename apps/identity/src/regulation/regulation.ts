/**
 * Regulation of sign-ins: before a password or a second factor is looked at, may this be tried; after it, what came of it.
 * Enough failures in a row ban the person, the address, or both. Each factor has its own count: a right password says nothing
 * about whoever guesses at the second factor. A right password that comes among too many wrong ones at the
 * same moment is refused too, so a parallel burst gains nothing over asking one by one, in any number of processes.
 *
 * The person sees the ordinary failure, banned or not: that is for the page to keep.
 */
import type { IdentityDatabase } from '../storage/tables.ts';
import { openBanStore } from './ban.store.ts';
import { decide, type RegulationRules } from './decide.ts';
import { networkOf } from './network.ts';
import { type AttemptStore, openAttemptStore, type Subject } from './regulation.store.ts';

export type Attempt = {
  /** Canonical name from the directory, so that all spellings share one count; undefined when it knows nobody. */
  readonly username: string | undefined;
  readonly address: string;
  /** Absent: the password, or whatever stands in its place. */
  readonly factor?: 'second';
};

/** The part of a log this room writes to. */
export type RegulationLog = { warn(fields: Readonly<Record<string, unknown>>, message: string): void };

export type Regulation = {
  /** To ask before the password is checked. A refusal is logged here. */
  mayTry(attempt: Attempt): Promise<'free' | 'banned'>;
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

export function openRegulation(parts: {
  readonly database: IdentityDatabase;
  readonly rules: RegulationRules;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly log: RegulationLog;
}): Regulation {
  const { rules, nowMs, log } = parts;
  const attempts = openAttemptStore(parts.database);
  const bans = openBanStore(parts);

  function write(outcome: Parameters<AttemptStore['log']>[0]['outcome'], { username, address, factor }: Attempt) {
    return attempts.log({ outcome, username: username ?? '', address, factor: factor ?? 'first', atMs: nowMs() });
  }

  function subjectsOf({ username, address }: Attempt): Subject[] {
    const subjects: Subject[] = [];
    if (rules.modes.includes('ip')) subjects.push({ kind: 'ip', subject: networkOf(address) });
    if (rules.modes.includes('user') && username !== undefined) subjects.push({ kind: 'user', subject: username });
    return rules.failuresMax === 0 ? [] : subjects;
  }

  async function decideOn(subject: Subject, { factor }: Attempt) {
    const recent = await attempts.recent(subject, factor ?? 'first', nowMs() - rules.findTimeMs, rules.failuresMax);
    return decide(recent, rules, nowMs());
  }

  async function refuse(attempt: Attempt): Promise<'banned'> {
    await write('banned', attempt);
    report(attempt, true);
    return 'banned';
  }

  /** The words and the field name that fail2ban filters written for Authelia look for. Second factors say it themselves. */
  function report({ username, address, factor }: Attempt, banned: boolean): void {
    if (factor === 'second') return;
    const name = nameForLog(username ?? '(unknown)');
    log.warn({ remote_ip: address, banned }, `Unsuccessful 1FA authentication attempt by user '${name}'`);
  }

  return {
    async mayTry(attempt) {
      if (await bans.isBanned(attempt.username ?? '', attempt.address)) return await refuse(attempt);
      return 'free';
    },

    async recordFailure(attempt) {
      await write('failure', attempt);
      report(attempt, false);
      for (const subject of subjectsOf(attempt)) {
        const decision = await decideOn(subject, attempt);
        if (decision.kind === 'ban') await bans.setByRegulation(subject, decision.untilMs, rules.banTimeMs);
      }
    },

    async recordSuccess(attempt) {
      for (const subject of subjectsOf(attempt))
        if ((await decideOn(subject, attempt)).kind === 'ban') return await refuse(attempt);
      await write('success', attempt);
      return 'accepted';
    },

    async sweep(rowsMax) {
      const beforeMs = nowMs() - Math.max(retentionMs, rules.findTimeMs);
      return (await attempts.sweep(beforeMs, rowsMax)) + (await bans.sweep(beforeMs, rowsMax));
    },
  };
}
