/** Attribute expressions in CEL over what the directory knows about a person. */
import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import { standardAttributes } from './attributes.ts';
import { type Outcome, refused, value } from './outcome.ts';

const typeOf: Readonly<Record<string, string>> = {
  groups: 'list<string>',
  emails: 'list<string>',
  emails_extra: 'list<string>',
  email_verified: 'bool',
  phone_number_verified: 'bool',
  address: 'map<string, string>',
  updated_at: 'int',
};

export type Expression = {
  /** Throws where the expression does, such as for an entry that is not there. Integers come as `bigint`. */
  evaluate(attributes: Readonly<Record<string, unknown>>): unknown;
};

const limits = { maxAstNodes: 1000, maxDepth: 50 };

/** `extra`: attributes the administrator declared, of any type. */
export function parseExpression(text: string, extra: readonly string[]): Outcome<Expression> {
  const environment = new Environment({ limits, enableOptionalTypes: true });
  for (const name of standardAttributes) environment.registerVariable(name, typeOf[name] ?? 'string');
  for (const name of extra) if (!environment.hasVariable(name)) environment.registerVariable(name, 'dyn');
  const cure = 'Write a CEL expression over the attributes of a person, such as \'"admins" in groups\'.';
  if (text.trim() === '') return refused('is empty', cure);
  let compiled: ParseResult;
  try {
    compiled = environment.parse(text);
  } catch (error) {
    return refused(`is not an expression: ${firstLine(error)}`, cure);
  }
  const checked = compiled.check();
  if (!checked.valid) return refused(`does not compile: ${firstLine(checked.error)}`, cure);
  return value({ evaluate: (attributes) => compiled({ ...attributes }) });
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0]?.trim() ?? '';
}
