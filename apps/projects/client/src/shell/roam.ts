/**
 * From to-do to to-do with one key, whatever view they stand in: cards of a board, lines of a list, rows of a table. Each
 * says which it is by `data-roam` (`PARTY-12`), and keeps its own way to select by a checkbox inside it or beside it.
 */
const stops = '[data-roam]';
const selects = 'input[type="checkbox"]';

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

/** As a click on its box would; with Shift, from the one that was selected last to this one. */
export function selectHere(shiftKey = false): void {
  const box = document.activeElement?.closest(stops)?.querySelector(selects);
  box?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey }));
}

/** What can be selected from the stop of that name to `here`, by their names; nothing once there is none. */
export function stopsBetween(name: string, here: HTMLElement): string[] {
  const all = [...document.querySelectorAll<HTMLElement>(`${stops}:has(${selects})`)];
  const to = all.indexOf(here);
  const isNamed = ({ dataset }: HTMLElement): boolean => dataset.roam === name;
  const above = all.slice(0, to + 1).findLastIndex(isNamed);
  const from = above < 0 ? all.findIndex(isNamed) : above;
  return from < 0 ? [] : all.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ dataset }) => dataset.roam ?? '');
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
