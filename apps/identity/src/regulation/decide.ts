/**
 * When failures become a ban: the rule of `regulation`, as a pure function of what was tried lately. It knows no rows, no
 * clock and no people.
 */

export type RegulationRules = {
  /** What is banned: the person, the address they come from, or both. */
  readonly modes: readonly ('user' | 'ip')[];
  /** So many failures in a row are a ban. 0: never. */
  readonly failuresMax: number;
  /** Failures older than this do not count. */
  readonly findTimeMs: number;
  /** How long a ban lasts, from the latest failure on. */
  readonly banTimeMs: number;
};

/** `restart` is whatever wipes the slate: a success, or a ban that an administrator took back. */
export type PastAttempt = { readonly atMs: number; readonly outcome: 'failure' | 'restart' };

export type Decision = { readonly kind: 'free' } | { readonly kind: 'ban'; readonly untilMs: number };

/** `newestFirst`: at least the latest `failuresMax` attempts that were heard; those refused by a ban are not among them. */
export function decide(newestFirst: readonly PastAttempt[], rules: RegulationRules, nowMs: number): Decision {
  const restart = newestFirst.findIndex((attempt) => attempt.outcome === 'restart');
  const failures = (restart === -1 ? newestFirst : newestFirst.slice(0, restart)).filter(
    (failure) => failure.atMs > nowMs - rules.findTimeMs,
  );
  const latest = failures[0];
  if (rules.failuresMax === 0 || !latest || failures.length < rules.failuresMax) return { kind: 'free' };
  return { kind: 'ban', untilMs: latest.atMs + rules.banTimeMs };
}
