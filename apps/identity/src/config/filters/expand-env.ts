/** The `expand-env` filter: `$NAME` and `${NAME}` become the variable's value, `$$` becomes `$`. Secrets are left alone. */
import type { FilterContext } from './filters.ts';
import { hidesValue } from './hidden-variables.ts';
import { LinedText, LineWriter } from './lined-text.ts';

export function expandEnvironment(
  source: LinedText,
  context: FilterContext,
): { readonly kind: 'filtered'; readonly text: LinedText } {
  const writer = new LineWriter();
  for (const [index, line] of source.text.split('\n').entries()) {
    const sourceLine = source.lineOf(index + 1);
    if (index > 0) writer.write('\n', source.lineOf(index), false);
    writer.write(expandVariables(line, context.env), sourceLine, false);
  }
  return { kind: 'filtered', text: LinedText.from(writer) };
}

/** A variable that is not set becomes nothing; a hidden one stays as it was written. */
export function expandVariables(text: string, env: Readonly<Record<string, string | undefined>>): string {
  return text.replace(/\$(?:\$|\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*))/g, (whole, braced, bare) => {
    if (whole === '$$') return '$';
    const name = String(braced ?? bare);
    return hidesValue(name) ? whole : (env[name] ?? '');
  });
}
