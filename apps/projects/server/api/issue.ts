/** What a schema found wrong, in sentences of the house, with what each leaves open. Pure. */
import { marked, type Values } from '@gatehouse/words/say.ts';
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/**
 * The sentence for what a schema has no words of its own for, instead of Zod's. To be handed to `safeParse`, where a sentence
 * that stands in the schema goes before it.
 */
export function sayIssue(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return oneOf;
    case 'invalid_union':
      return choicesIn(issue as Issue) === undefined ? otherShape : oneOf;
    case 'unrecognized_keys':
      return marked('Not known here: {keys}.');
    case 'too_small':
      return marked('At least {min}.');
    case 'too_big':
      return marked('At most {max}.');
    case 'invalid_type':
      return issue.input === undefined ? marked('This is missing.') : sayType(String(issue.expected));
    default:
      return otherShape;
  }
}

const oneOf = marked('Choose one of these: {choices}.');
const otherShape = marked('This has another form than is taken here.');

function sayType(expected: string): string {
  switch (expected) {
    case 'string':
      return marked('This is a text.');
    case 'number':
    case 'int':
      return marked('This is a number.');
    case 'boolean':
      return marked('This is true or false.');
    case 'array':
      return marked('This is a list.');
    default:
      return otherShape;
  }
}

/** A message such as “At most {max} characters.” is written before its limit is known. */
export function valuesOf(issue: Issue): Values | undefined {
  switch (issue.code) {
    case 'too_big':
      return { max: Number(issue.maximum) };
    case 'too_small':
      return { min: Number(issue.minimum) };
    case 'unrecognized_keys':
      return { keys: issue.keys.join(', ') };
    case 'invalid_value':
    case 'invalid_union': {
      const choices = choicesIn(issue);
      return choices && { choices: choices.join(', ') };
    }
    case 'custom': {
      const max: unknown = issue.params?.max;
      return typeof max === 'number' ? { max } : undefined;
    }
    default:
      return undefined;
  }
}

/** What could have stood there, where that is a list; a choice or nothing at all is one, too. */
function choicesIn(issue: Issue): string[] | undefined {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  if (issue.code === 'invalid_type' && String(issue.expected) === 'null') return ['null'];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return undefined;
  const branches = issue.errors.map(([first, ...rest]) => (first && rest.length === 0 ? choicesIn(first) : undefined));
  return branches.every((branch) => branch !== undefined) ? branches.flat() : undefined;
}
