/** Rules of `definitions`: attributes made by expressions. */
import { error, type Finding } from '../problem.ts';
import type { Stated } from '../schema/configuration.ts';
import { includes, standardAttributes } from '../values/attributes.ts';
import { parseExpression } from '../values/expression.ts';

export function checkDefinitions(stated: Stated): Finding[] {
  const extra = extraAttributes(stated);
  return Object.entries(stated.definitions.user_attributes).flatMap(([name, { expression }]) => {
    const path = ['definitions', 'user_attributes', name];
    const findings: Finding[] = [];
    if (includes(standardAttributes, name))
      findings.push(error(path, `'${name}' is an attribute already.`, 'Choose another name.'));
    else if (extra.includes(name))
      findings.push(error(path, `'${name}' is an extra attribute of the directory already.`, 'Choose another name.'));
    const parsed = parseExpression(expression, extra);
    if (parsed.kind === 'refused')
      findings.push(error([...path, 'expression'], `The expression ${parsed.reason}.`, parsed.cure));
    return findings;
  });
}

/** As stated, or complete. */
type WithExtra = {
  readonly authentication_backend: {
    readonly file?: { readonly extra_attributes: object } | undefined;
    readonly ldap?:
      | { readonly attributes: { readonly extra: Readonly<Record<string, { readonly name: string }>> } }
      | undefined;
  };
};

/** Names of the attributes the directory has beside the standard ones. */
export function extraAttributes({ authentication_backend: { file, ldap } }: WithExtra): string[] {
  return [
    ...Object.keys(file?.extra_attributes ?? {}),
    ...Object.entries(ldap?.attributes.extra ?? {}).map(([key, attribute]) => attribute.name || key),
  ];
}
