/** The consent page's lines: each claim, and the value the application will see. Pure. */
import type { ConsentLine } from '../../sign-in/flow.ts';

/** What goes with a line and has none of its own. */
const companions: Readonly<Record<string, string>> = {
  email: 'email_verified',
  phone_number: 'phone_number_verified',
};

/** Said by the line above them, or about the provider and not about the person. */
const unspoken: ReadonlySet<string> = new Set([...Object.values(companions), 'updated_at']);

/** `names` in the order to show, `optional` those a person may keep back; claims without a value have no line. */
export function consentLines(
  names: Iterable<string>,
  claims: Readonly<Record<string, unknown>>,
  optional: ReadonlySet<string>,
): ConsentLine[] {
  const lines: ConsentLine[] = [];
  for (const claim of names) {
    if (unspoken.has(claim) || !Object.hasOwn(claims, claim)) continue;
    const value = claims[claim];
    lines.push({ claim, value: typeof value === 'boolean' ? value : inWords(value), optional: optional.has(claim) });
  }
  return lines;
}

/** The claims behind the optional lines that are not shared, with what goes with them unless it is essential. */
export function keptBack(
  lines: readonly ConsentLine[],
  shared: readonly string[],
  essential: ReadonlySet<string>,
): string[] {
  const refused = lines.filter((line) => line.optional && !shared.includes(line.claim));
  return refused
    .flatMap(({ claim }) => [claim, companions[claim] ?? claim])
    .filter((claim, index, all) => !essential.has(claim) && all.indexOf(claim) === index);
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(inWords).join(', ');
  if (typeof value === 'object' && value !== null) return Object.values(value).map(inWords).join(', ');
  return String(value);
}
