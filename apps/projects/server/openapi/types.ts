/** Says a JSON schema in one line, as a programmer writes a type: `{ day: string, minutes?: integer } | null`. */

export type Schema = {
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
};

export type Field = { readonly name: string; readonly required: boolean; readonly type: string };

/** More words than these say no more. */
const wordsMax = 12;

/** Those that it takes first, then those that it may have. */
export function fieldsOf({ properties = {}, required = [] }: Schema): Field[] {
  const fields = Object.entries(properties).map(([name, schema]) => ({
    name,
    required: required.includes(name),
    type: typeOf(schema),
  }));
  return [...fields.filter((field) => field.required), ...fields.filter((field) => !field.required)];
}

export function typeOf(schema: Schema): string {
  const { $ref, enum: words, anyOf, oneOf, allOf, items, properties, additionalProperties, type } = schema;
  if ($ref !== undefined) return $ref.split('/').at(-1) ?? '';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (words)
    return words.length > wordsMax ? String(type ?? 'string') : words.map((word) => JSON.stringify(word)).join(' | ');
  const choices = anyOf ?? oneOf;
  if (choices) return choices.map(typeOf).join(' | ');
  if (allOf) return allOf.map(typeOf).join(' & ');
  if (type === 'array') return arrayOf(items ? typeOf(items) : 'any');
  if (properties)
    return `{ ${fieldsOf(schema)
      .map((field) => `${field.name}${field.required ? '' : '?'}: ${field.type}`)
      .join(', ')} }`;
  if (typeof additionalProperties === 'object') return `{ [name]: ${typeOf(additionalProperties)} }`;
  return typeof type === 'string' ? type : (type?.join(' | ') ?? 'any');
}

function arrayOf(type: string): string {
  return type.includes(' ') && !type.startsWith('{') ? `(${type})[]` : `${type}[]`;
}
