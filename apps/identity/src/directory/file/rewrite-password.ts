/**
 * A users file with the digest of one person replaced and every other byte as it was: comments, order, unknown keys, quotes.
 * Pure.
 */
import { isScalar, type Node } from 'yaml';
import { readYaml } from './yaml-source.ts';

export type RewriteAnswer =
  | { readonly kind: 'rewritten'; readonly text: string }
  /** The file names nobody of this name (any more), or cannot be read. */
  | { readonly kind: 'missing' }
  /** The digest stands elsewhere, in an anchor or a merged mapping, so that others may share it. */
  | { readonly kind: 'shared' };

/** `digest` holds no quote, as no digest does. */
export function rewritePassword(text: string, username: string, digest: string): RewriteAnswer {
  const source = readYaml('', text);
  if (source.problems.length > 0) return { kind: 'missing' };
  const child = (node: Node | null, name: string): Node | null =>
    (node && source.mapping(node, '')?.find((entry) => entry.name === name)?.value) ?? null;
  const person = child(child(source.root, 'users'), username);
  const password = child(person, 'password');
  if (!person || !password) return { kind: 'missing' };
  const place = password.range;
  if (!place || !isScalar(password) || password.anchor !== undefined || !isWithin(password, person))
    return { kind: 'shared' };
  const [from, to] = place;
  // A block scalar ends behind its line, which the next key needs.
  const end = text.slice(from, to).endsWith('\n') ? '\n' : '';
  return { kind: 'rewritten', text: `${text.slice(0, from)}'${digest}'${end}${text.slice(to)}` };
}

function isWithin(inner: Node, outer: Node): boolean {
  const [from = 0, to = 0] = inner.range ?? [];
  const [start = 0, end = 0] = outer.range ?? [];
  return start <= from && to <= end;
}
