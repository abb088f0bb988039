/** The `template` filter: a file's text through lexer, parser and evaluator, errors turned into problems of the file. */
import type { Problem } from '../../problem.ts';
import type { FilterContext } from '../filters.ts';
import { LinedText, LineWriter } from '../lined-text.ts';
import { evaluate } from './evaluate.ts';
import { functionTable } from './functions/table.ts';
import { parseTemplate } from './parser.ts';
import { TemplateError } from './template-error.ts';

export type Rendered =
  | { readonly kind: 'filtered'; readonly text: LinedText }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

export function renderTemplate(source: LinedText, context: FilterContext): Rendered {
  const writer = new LineWriter();
  try {
    evaluate(parseTemplate(source.text), functionTable(context), writer, source);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const problem: Problem = {
      file: context.file,
      line: source.lineOf(error.line),
      severity: 'error',
      key: '',
      message: error.message,
      cure: error.cure,
    };
    return { kind: 'refused', problems: [problem] };
  }
  return { kind: 'filtered', text: LinedText.from(writer) };
}
