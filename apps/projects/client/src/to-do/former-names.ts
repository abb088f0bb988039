/** Names in the history of a to-do, in the language of the reader where they stand for what is gone. Pure. */
import type { Say } from '@gatehouse/words/say.ts';
import { former } from '../../../wire/former.ts';
import type { HistoryEntry } from '../../../wire/to-do.ts';

const named: ReadonlySet<HistoryEntry['field']> = new Set([
  'status',
  'tags',
  'milestone',
  'sprint',
  'parent',
  'blockers',
]);
const gone: ReadonlySet<string> = new Set(Object.values(former));

/** The names as they are, but for what stands in place of one that is gone. */
export function sayNames(say: Say, field: HistoryEntry['field'], value: string | null): string | null {
  if (value === null || !named.has(field)) return value;
  return value
    .split(', ')
    .map((name) => (gone.has(name) ? say.marked(name) : name))
    .join(', ');
}
