/** Proposes the short key of a project from its name. Does not know which keys are taken for good: the database does. */

/** `Website relaunch` → `WEB`; the `attempt`th proposal after a taken one carries a number: `WEB2`. */
export function proposeKey(name: string, attempt: number): string {
  const letters = name
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z0-9 ]/g, '')
    .trim();
  const words = letters.split(/ +/).filter((word) => /^[A-Z]/.test(word));
  const first = words[0] ?? '';
  const initials = words.map((word) => word[0]).join('');
  const stem =
    first.length >= 3 ? first.slice(0, 3) : initials.length >= 2 ? initials.slice(0, 4) : first.padEnd(2, 'P');
  const safe = /^[A-Z]/.test(stem) ? stem : 'PRJ';
  return attempt === 0 ? safe : `${safe}${attempt + 1}`;
}
