/** YAML texts to values and back. */
import { parse, stringify } from 'yaml';
import { fromPlain, toPlain, type Value } from '../value.ts';
import { count, FunctionRefusal, type Functions, onText, wholeAt } from './arguments.ts';

const written =
  (indent: number) =>
  (values: readonly Value[]): Value => {
    count(values, 1);
    return yamlOf(values[0], indent);
  };

export const yamlFunctions: Functions = {
  fromYaml: onText((text) => {
    try {
      return fromPlain(parse(text, { maxAliasCount: 100, logLevel: 'silent' }));
    } catch {
      throw new FunctionRefusal('is given something that is no YAML', 'Check indentation and quotes of the text.');
    }
  }),
  toYaml: written(4),
  toYamlPretty: written(2),
  toYamlCustom: (values) => {
    count(values, 2);
    const indent = wholeAt(values, 1);
    if (indent < 1 || indent > 16) throw new FunctionRefusal(`is given the width ${indent}`, 'It takes 1 to 16.');
    return yamlOf(values[0], indent);
  },
};

function yamlOf(value: Value, indent: number): string {
  return stringify(toPlain(value), { indent, lineWidth: 0 }).replace(/\n$/, '');
}
