/** What a log says of an address: the pattern of its route. An address itself may be a secret, as that of a calendar is. */
import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';

/** Also where it was middleware that failed on the way there. */
export function routeOf(c: Context): string {
  return matchedRoutes(c).find(({ method }) => method !== 'ALL')?.path ?? 'none';
}
