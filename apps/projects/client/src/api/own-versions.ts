/**
 * Which states of to-dos this page made itself. Changes that were made while others of this page were still under way name
 * an older state; what this page did since is no reason to ask whose change should stay.
 */
const own = new Map<string, Set<number>>();

type Made = { readonly projectKey: string; readonly number: number; readonly version: number };

export function noteOwn({ projectKey, number, version }: Made): void {
  const id = `${projectKey}-${number}`;
  const versions = own.get(id) ?? new Set();
  own.set(id, versions.add(version));
}

/** The newest state that follows `version` with nobody else's change in between. */
export function afterOwn(projectKey: string, number: number, version: number): number {
  const versions = own.get(`${projectKey}-${number}`);
  let last = version;
  while (versions?.has(last + 1)) last++;
  return last;
}
