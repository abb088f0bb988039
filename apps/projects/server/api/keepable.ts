/** What stands in front of the API: NUL in an address, which PostgreSQL keeps in no text and so cannot even look for. */
import { marked } from '@gatehouse/words/say.ts';
import type { MiddlewareHandler } from 'hono';
import { answerRefusal } from './json.ts';
import { invalid, notFound } from './refusal.ts';

export const refuseNul: MiddlewareHandler = async (c, next) => {
  if (c.req.path.includes('\u0000')) return answerRefusal(c, notFound('address'));
  const wrong = Object.entries(c.req.queries()).filter((field) => field.flat().join().includes('\u0000'));
  if (wrong.length === 0) return next();
  const message = marked('A character in it cannot be kept.');
  return answerRefusal(c, invalid(wrong.map(([path]) => ({ path, message }))));
};
