/**
 * The life of a signing key: announced (published, not signing), in use, retired (published, not signing). Times are
 * milliseconds since the epoch; a key without them is in use as long as it stands in the file. Pure.
 */
export type KeyLife = {
  /** From this instant on it signs. */
  readonly not_before?: number | undefined;
  /** From this instant on it does not. */
  readonly not_after?: number | undefined;
};

export type KeyPhase = 'announced' | 'in use' | 'retired';

export function phaseAt(life: KeyLife, nowMs: number): KeyPhase {
  if (life.not_after !== undefined && nowMs >= life.not_after) return 'retired';
  return life.not_before !== undefined && nowMs < life.not_before ? 'announced' : 'in use';
}

const ranks: Readonly<Record<KeyPhase, number>> = { 'in use': 0, announced: 1, retired: 2 };

/**
 * The key that signs first: of those in use the one whose use began last, among equals the one that stands first in the file;
 * so a new key takes over at its time, and without times the order decides.
 */
export function inSigningOrder<Key extends KeyLife>(keys: readonly Key[], nowMs: number): Key[] {
  const beganMs = (key: Key): number => key.not_before ?? 0;
  return [...keys].sort(
    (a, b) =>
      ranks[phaseAt(a, nowMs)] - ranks[phaseAt(b, nowMs)] || (isUsed(a) && isUsed(b) ? beganMs(b) - beganMs(a) : 0),
  );
  function isUsed(key: Key): boolean {
    return phaseAt(key, nowMs) === 'in use';
  }
}

/** The next instant at which one of the keys begins or ceases to sign. */
export function nextTurnMs(keys: readonly KeyLife[], nowMs: number): number | undefined {
  return turnsFrom(keys, nowMs).find((turn) => turn > nowMs);
}

/** The first instant, from now on, at which none of the keys is in use. */
export function firstGapMs(keys: readonly KeyLife[], nowMs: number): number | undefined {
  return turnsFrom(keys, nowMs).find((turn) => !keys.some((key) => phaseAt(key, turn) === 'in use'));
}

function turnsFrom(keys: readonly KeyLife[], nowMs: number): number[] {
  const turns = keys.flatMap(({ not_before: begin, not_after: end }) => [begin ?? nowMs, end ?? nowMs]);
  return [nowMs, ...turns.filter((turn) => turn > nowMs).sort((a, b) => a - b)];
}
