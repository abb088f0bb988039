/** What comes after the one thing: the next of one's work, in its order, that was not put off just now. Pure. */

/** What the address carries along from thing to thing: where one came from, and what was put off. */
export type FocusState = { readonly from?: string; readonly later: readonly string[] };

export function readFocusState(state: unknown): FocusState {
  if (typeof state !== 'object' || state === null) return { later: [] };
  const from = 'from' in state && typeof state.from === 'string' ? { from: state.from } : {};
  const later = 'later' in state && Array.isArray(state.later) ? state.later.map(String) : [];
  return { ...from, later };
}

type Thing = { readonly projectKey: string; readonly number: number };

/** Undefined when nothing is left that was not put off. */
export function nextThing<T extends Thing>(work: readonly T[], here: string, later: readonly string[]): T | undefined {
  return work.find(({ projectKey, number }) => {
    const name = `${projectKey}-${number}`;
    return name !== here && !later.includes(name);
  });
}
