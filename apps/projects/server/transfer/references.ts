/** References within a file: given out in the order in which things are first named, and the way from ids to them. Pure. */
export type References = {
  of(id: string): string;
  maybe(id: string | null): string | null;
  readonly ids: readonly string[];
};

export function openReferences(letter: string): References {
  const known = new Map<string, string>();
  function of(id: string): string {
    const ref = known.get(id) ?? `${letter}${known.size + 1}`;
    known.set(id, ref);
    return ref;
  }
  return {
    of,
    maybe: (id) => (id === null ? null : of(id)),
    get ids() {
      return [...known.keys()];
    },
  };
}
