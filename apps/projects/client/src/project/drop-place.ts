/** Where a dropped card goes, told as the card it comes after. Pure. */
import type { Card } from '../../../wire/to-do.ts';

/**
 * The number of the card that the moved one comes after, or null for first, when it is dropped `before` or `after` the
 * card `target` among `cards` (which may hold the moved card itself).
 */
export function afterNumberAt(
  cards: readonly Card[],
  moved: number,
  target: number,
  position: 'before' | 'after' | 'on',
): number | null {
  const others = cards.map(({ number }) => number).filter((number) => number !== moved);
  if (target === moved) return cards[cards.findIndex(({ number }) => number === moved) - 1]?.number ?? null;
  if (position === 'after') return target;
  return others[others.indexOf(target) - 1] ?? null;
}
