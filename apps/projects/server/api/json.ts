/** How routes of the API read a request and answer: JSON in, JSON out, refusals in one shape. Knows no feature. */
import type { Context } from 'hono';
import type { z } from 'zod';
import type { ProblemBody } from '../../wire/problem.ts';
import type { SeenProject } from '../projects/present.ts';
import type { PersonEnv } from '../session/person.ts';
import { sayIssue, valuesOf } from './issue.ts';
import { invalid, malformed, notFound, notJson, type Refusal } from './refusal.ts';

/** The environment of the API's routes: somebody is signed in, and the gate has found the project of the path. */
export type ApiEnv = { Variables: PersonEnv['Variables'] & { project?: SeenProject } };

/** The body as `schema` wants it, or why not. */
export async function readBody<T>(c: Context<ApiEnv>, schema: z.ZodType<T>): Promise<{ body: T } | Refusal> {
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '')) return notJson();
  const text = await c.req.text();
  const parsed = parseJson(text);
  if (!parsed) return malformed();
  return check(schema, parsed.value);
}

export function readQuery<T>(c: Context<ApiEnv>, schema: z.ZodType<T>): { body: T } | Refusal {
  return check(schema, c.req.query());
}

function check<T>(schema: z.ZodType<T>, value: unknown): { body: T } | Refusal {
  const result = schema.safeParse(value, { error: sayIssue });
  if (result.success) return { body: result.data };
  return invalid(
    result.error.issues.map((issue) => ({
      path: issue.path.join('.'),
      message: issue.message,
      values: valuesOf(issue),
    })),
  );
}

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** The number in `/to-dos/:number`; anything that cannot be one is simply not found. */
export function readNumber(c: Context<ApiEnv>): number | Refusal {
  const text = c.req.param('number') ?? '';
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : notFound('to-do');
}

export function answerRefusal(c: Context, refusal: Refusal, extra: object = {}): Response {
  const body: ProblemBody = { error: refusal.problem };
  return c.json({ ...body, ...extra }, refusal.status);
}
