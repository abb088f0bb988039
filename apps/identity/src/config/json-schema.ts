/**
 * The configuration as a JSON Schema, made from the same schema that reads it, so that editors complete keys and mark
 * typos. It describes what a file may hold by shape; rules across keys are not in it.
 */
import * as z from 'zod';
import { configurationSchema } from './schema/configuration.ts';

/** JSON Schema, draft 2020-12. */
export function configurationJsonSchema(): object {
  const schema = z.toJSONSchema(configurationSchema, { io: 'input', unrepresentable: 'any', reused: 'inline' });
  return { ...schema, title: 'Gatehouse configuration' };
}
