/** Regular expressions in RE2 syntax: no look-around, no back-references, matched in linear time. */
import { RE2JS } from 're2js';
import { type Outcome, refused, value } from './outcome.ts';

export type Pattern = {
  /** As the administrator wrote it. */
  readonly source: string;
  readonly expression: RE2JS;
  /** Names of the named groups, such as `User` and `Group`. */
  readonly groups: readonly string[];
};

const patternCharactersMax = 10_000;

export function parsePattern(text: string): Outcome<Pattern> {
  if (text.length > patternCharactersMax)
    return refused(`is longer than ${patternCharactersMax} characters`, 'Split the expression into several.');
  try {
    const expression = RE2JS.compile(text);
    return value({ source: text, expression, groups: Object.keys(expression.namedGroups()) });
  } catch (error) {
    const detail = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
    return refused(
      `is not a regular expression in RE2 syntax: ${detail}`,
      'Look-around and back-references do not exist in RE2; everything else is written as usual.',
    );
  }
}
