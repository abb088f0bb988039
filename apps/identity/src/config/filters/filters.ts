/** The filters a file's text goes through before it is read as YAML, in the order they are listed. */
import type { Problem } from '../problem.ts';
import type { NoteSource } from '../source/sources.ts';
import { expandEnvironment } from './expand-env.ts';
import type { FilteredText } from './lined-text.ts';
import { LinedText } from './lined-text.ts';
import { renderTemplate } from './template/render.ts';

export const filterNames = ['template', 'expand-env'] as const;
export type Filter = (typeof filterNames)[number];

export type FilterContext = {
  /** As it is named in messages. */
  readonly file: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly nowMs: number;
  /** Hears of every file and folder that a template reads. */
  readonly note?: NoteSource;
};

export type FilterAnswer =
  | (FilteredText & { readonly kind: 'filtered' })
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

export function applyFilters(filters: readonly Filter[], text: string, context: FilterContext): FilterAnswer {
  let current = LinedText.of(text);
  for (const filter of filters) {
    const answer = filter === 'template' ? renderTemplate(current, context) : expandEnvironment(current, context);
    if (answer.kind === 'refused') return answer;
    current = answer.text;
  }
  return { kind: 'filtered', text: current.text, lineOf: (line) => current.lineOf(line) };
}
