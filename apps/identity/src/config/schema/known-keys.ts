/**
 * Which keys there are, read off the schema itself, so that no second list can drift from it: for the nearest known key to
 * a typo, for the names of environment variables, and for the documentation.
 */
import * as z from 'zod';
import type { Path } from '../problem.ts';
import { configurationSchema } from './configuration.ts';

/** The names a section takes, or undefined where the administrator chooses them or the path is no section. */
export function keysBelow(path: Path): readonly string[] | undefined {
  let schema: z.core.$ZodType | undefined = configurationSchema;
  for (const part of path) schema = schema && childOf(schema, part);
  const bare = schema && unwrapped(schema);
  return bare instanceof z.ZodObject ? Object.keys(bare.shape) : undefined;
}

/** Every key, dotted; `[]` for the entries of a list and `*` for a name the administrator chooses. */
export function knownKeys(): string[] {
  return [...walk(configurationSchema, '')];
}

function* walk(schema: z.core.$ZodType, key: string): Generator<string> {
  const bare = unwrapped(schema);
  if (key !== '') yield key;
  if (bare instanceof z.ZodObject)
    for (const [name, child] of Object.entries(bare.shape)) yield* walk(child, key === '' ? name : `${key}.${name}`);
  else if (bare instanceof z.ZodRecord) yield* walk(bare.valueType, `${key}.*`);
  else if (bare instanceof z.ZodArray) yield* walk(bare.element, `${key}[]`);
}

function childOf(schema: z.core.$ZodType, part: string | number): z.core.$ZodType | undefined {
  const bare = unwrapped(schema);
  if (bare instanceof z.ZodObject) return Object.hasOwn(bare.shape, part) ? bare.shape[part] : undefined;
  if (bare instanceof z.ZodRecord) return bare.valueType;
  return bare instanceof z.ZodArray ? bare.element : undefined;
}

/** Through defaults and options to the section or list inside; a list that is read weakly ends in the list it becomes. */
function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault)
    return unwrapped(schema.unwrap() as z.core.$ZodType);
  return schema instanceof z.ZodPipe ? unwrapped(schema.out) : schema;
}
