/** Parts of a tree, as a search names them: its base and how far below it goes (RFC 4511 section 4.5.1). Knows no servers. */

export type Place = { readonly base: string; readonly scope: 'base' | 'one' | 'sub' };

/** Whether whoever has searched `done` has searched `next`; not of a name that is spelled with other escapes. */
export function covers(done: Place, next: Place): boolean {
  const [above, below] = [namesOf(done.base), namesOf(next.base)];
  const isWithin = above.every((name, index) => name === below[index]);
  if (done.scope === 'sub') return isWithin;
  return isWithin && above.length === below.length && done.scope === next.scope;
}

/** From the root; capitals and spaces between do not count (RFC 4514). */
function namesOf(dn: string): string[] {
  if (dn.trim() === '') return [];
  const names = dn.toLowerCase().split(/(?<!\\)[,;]/);
  return names.map((name) => name.trim().replace(/\s*(?<!\\)([=+])\s*/g, '$1')).toReversed();
}
