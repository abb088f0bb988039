/**
 * Reads a tree by the schema and collects everything that does not fit. What does not fit is taken out and the rest is read
 * again, so that the rules can still be asked about it: one typo hides nothing else.
 */
import type * as z from 'zod';
import type { Finding, Path } from '../problem.ts';
import { error } from '../problem.ts';
import { type Tree, type TreeMap, type TreeValue, valueAt } from '../source/tree.ts';
import { nearest } from '../values/choice.ts';
import { isPrivatePath } from '../values/secret.ts';
import { configurationSchema, type Stated } from './configuration.ts';
import { keysBelow } from './known-keys.ts';

export type Checked = {
  readonly findings: readonly Finding[];
  /** What could be read; absent values stand in for wrong ones. */
  readonly stated: Stated;
  /** Paths of wrong values: what a rule says about them is only an echo. */
  readonly wrong: readonly Path[];
};

type Issue = z.core.$ZodIssue;

export function checkSchema(tree: Tree): Checked {
  const first = configurationSchema.safeParse(tree.root);
  if (first.success) return { findings: [], stated: first.data, wrong: [] };
  const findings = first.error.issues.flatMap((issue) => findingsOf(issue, tree));
  const wrong: Path[] = [];
  const root = structuredClone(tree.root);
  let result = first;
  // Each round takes at least one value out, and an empty file is always read.
  while (!result.success) {
    for (const issue of result.error.issues) takeOut(root, issue, wrong);
    const next = configurationSchema.safeParse(root);
    if (next.success) return { findings, stated: next.data, wrong };
    result = next;
  }
  throw new TypeError('unreachable: the loop ends with a success');
}

function findingsOf(issue: Issue, tree: Tree): Finding[] {
  const path = pathOf(issue);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key]));
  const cure = issue.code === 'custom' ? String(issue.params?.cure ?? '') : '';
  const shown = shownValue(valueAt(tree, path), path);
  return [error(path, `${shown} ${issue.message}.`, cure || cureOfShape(issue.message))];
}

function unknownKey(path: Path): Finding {
  const parent = path.slice(0, -1);
  const name = String(path.at(-1));
  const known = keysBelow(parent) ?? [];
  const near = nearest(name, known);
  const cure = near
    ? `Did you mean '${near}'?`
    : known.length > 0 && known.length <= 12
      ? `Known keys here: ${known.join(', ')}.`
      : 'Remove it, or check the section it belongs to.';
  return error(path, 'This key is not known.', cure);
}

function cureOfShape(message: string): string {
  if (message.includes('section')) return 'Write keys and values below it, indented.';
  return message.includes('list') ? "Write entries below it, each beginning with '- '." : 'Write a single value.';
}

const shownCharactersMax = 60;

function shownValue(value: TreeValue | undefined, path: Path): string {
  if (value === undefined || typeof value === 'object' || isPrivatePath(path)) return 'The value';
  const text = String(value).replace(/\s+/g, ' ');
  return `'${text.length > shownCharactersMax ? `${text.slice(0, shownCharactersMax)}…` : text}'`;
}

function takeOut(root: TreeMap, issue: Issue, wrong: Path[]): void {
  const path = pathOf(issue);
  if (issue.code === 'unrecognized_keys') {
    const section = descend(root, path);
    if (typeof section === 'object' && !Array.isArray(section)) for (const key of issue.keys) delete section[key];
    return;
  }
  // An entry cannot leave its list without moving the others: the list goes as a whole.
  const last = path.findIndex((part, index) => typeof part === 'number' && !reachesKey(path, index));
  const target = last === -1 ? path : path.slice(0, last);
  const container = descend(root, target.slice(0, -1));
  const key = target.at(-1);
  if (typeof container === 'object' && !Array.isArray(container) && typeof key === 'string') delete container[key];
  wrong.push(target);
}

/** Whether a key follows the position, so that only the key inside the entry has to go. */
function reachesKey(path: Path, index: number): boolean {
  return path.slice(index + 1).some((part) => typeof part === 'string');
}

function descend(root: TreeMap, path: Path): TreeValue | undefined {
  let value: TreeValue | undefined = root;
  for (const part of path) {
    if (Array.isArray(value)) value = typeof part === 'number' ? value[part] : undefined;
    else value = typeof value === 'object' && Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return value;
}

function pathOf(issue: Issue): Path {
  return issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
}
