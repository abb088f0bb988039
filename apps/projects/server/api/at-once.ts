/** Lets only so many requests in at a time, for what holds a large body in memory. Who comes then is asked to try again. */
import type { MiddlewareHandler } from 'hono';
import { answerRefusal } from './json.ts';
import type { Refusal } from './refusal.ts';

const retrySeconds = 20;

export function limitAtOnce(max: number, refusal: () => Refusal): MiddlewareHandler {
  let inside = 0;
  return async function limitRequestsAtOnce(c, next) {
    if (inside >= max) {
      c.header('Retry-After', String(retrySeconds));
      return answerRefusal(c, refusal());
    }
    inside++;
    try {
      await next();
    } finally {
      inside--;
    }
  };
}
