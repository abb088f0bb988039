/** What a benchmark says: one figure, what was promised about it, and whether that held. Knows text, not how it was found. */

export type Figure = {
  readonly what: string;
  readonly value: number;
  /** Stands behind the value: `ms`, `/s`, `KB`. */
  readonly unit: string;
  /** A figure without one is for information. */
  readonly promised?: Bound;
};

type Bound = { readonly atLeast: number } | { readonly atMost: number };

export const columns = ['What', 'Measured', 'Promised', 'Held'] as const;

export function cellsOf({ what, value, unit, promised }: Figure): readonly string[] {
  if (!promised) return [what, withUnit(value, unit), '', ''];
  const limit =
    'atLeast' in promised ? `≥ ${withUnit(promised.atLeast, unit)}` : `≤ ${withUnit(promised.atMost, unit)}`;
  const held = 'atLeast' in promised ? value >= promised.atLeast : value <= promised.atMost;
  return [what, withUnit(value, unit), limit, held ? 'yes' : '**no**'];
}

/** Three significant digits, because a shared machine gives no more. */
function withUnit(value: number, unit: string): string {
  const number = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
  return unit === '' || unit.startsWith('/') ? `${number}${unit}` : `${number} ${unit}`;
}
