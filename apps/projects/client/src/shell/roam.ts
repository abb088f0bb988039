/**
 * From to-do to to-do with one key, whatever view they stand in: cards of a board, lines of a list, rows of a table. Each
 * says which it is by `data-roam` (`PARTY-12`), and keeps its own way to select by a checkbox inside it or beside it.
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

/** Out of the bar of what is selected, which goes once nothing is, to the first that was. */
export function leaveSelectionBar(): void {
  if (!document.activeElement?.closest('.selection-bar')) return;
  const all = [...document.querySelectorAll<HTMLElement>(stops)];
  focusOf(all.find((stop) => stop.matches('[data-selected], :has(:checked)')))?.focus();
}

/** That has the focus, or has something inside it that does. */
export function toDoHere(): string | undefined {
  return document.activeElement?.closest<HTMLElement>(stops)?.dataset.roam;
}

export function focusSearch(): void {
  document.querySelector<HTMLInputElement>('[data-filter-search]')?.focus();
}
