/** `definitions.user_attributes`, compiled: the expressions by the name of the attribute they give. */
import type { Configuration } from '../configuration.ts';
import { extraAttributes } from '../rules/definitions.ts';
import { type Expression, parseExpression } from '../values/expression.ts';

/** Throws TypeError for an expression that the rules should have refused. */
export function userAttributesOf(configuration: Configuration): ReadonlyMap<string, Expression> {
  const extra = extraAttributes(configuration);
  return new Map(
    Object.entries(configuration.definitions.user_attributes).map(([name, { expression }]) => {
      const parsed = parseExpression(expression, extra);
      if (parsed.kind === 'refused') throw new TypeError(`the expression of '${name}' ${parsed.reason}`);
      return [name, parsed.value];
    }),
  );
}
