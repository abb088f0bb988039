/**
 * From to-do to to-do with one key, whatever view they stand in: cards of a board, lines of a list, rows of a table. Each
 * says what it is by `data-roam`, and keeps its own way to select by a checkbox inside it or beside it.
 */
const stops = '[data-roam]';

/** To the next one in the order of the page, or back; from anywhere else, to the first. */
export function goBy(steps: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>(stops)].filter((stop) => stop.offsetParent !== null);
  const here = document.activeElement?.closest(stops);
  const index = here instanceof HTMLElement ? all.indexOf(here) + steps : 0;
  const next = all[Math.max(0, Math.min(index, all.length - 1))];
  focusOf(next)?.focus();
  next?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** A card takes focus itself; a line and a row by their link. */
function focusOf(stop: HTMLElement | undefined): HTMLElement | null | undefined {
  return stop?.hasAttribute('tabindex') ? stop : stop?.querySelector('a');
}

export function selectHere(): void {
  document.activeElement?.closest(stops)?.querySelector<HTMLInputElement>('input[type="checkbox"]')?.click();
}

export function focusSearch(): void {
  document.querySelector<HTMLInputElement>('[data-filter-search]')?.focus();
}
