/** Names that several projects have: beside such a one stands the project's key. */
export function repeatedNames(projects: readonly { readonly name: string }[]): ReadonlySet<string> {
  const byName = Map.groupBy(projects, ({ name }) => name);
  return new Set([...byName.keys()].filter((name) => (byName.get(name)?.length ?? 0) > 1));
}
