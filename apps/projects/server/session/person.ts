/**
 * Who is asking: how every feature learns it. `readPerson` runs once in front of all of them; a feature asks
 * `currentPerson`, or puts `requirePerson` before its routes. Knows no cookie and no store.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Problem } from '../../wire/problem.ts';
import type { Person } from '../people/person.ts';

/** The environment of routes that anybody may ask for. */
export type AppEnv = { Variables: { person?: Person } };
/** The environment behind `requirePerson`. */
export type PersonEnv = { Variables: { person: Person } };

export function currentPerson(c: Context): Person | undefined {
  const person: unknown = c.get('person');
  return person as Person | undefined;
}

const missing: Problem = {
  code: 'session.missing',
  what: 'You are not signed in.',
  why: 'There is no session, or it has ended.',
  do: 'Sign in and try again.',
};

/** Lets signed-in people on. A page leads to the sign-in page and back; the API answers 401. */
export const requirePerson: MiddlewareHandler<PersonEnv> = createMiddleware<PersonEnv>(async (c, next) => {
  if (currentPerson(c)) return next();
  const isPage = c.req.method === 'GET' && !c.req.path.startsWith('/api/');
  if (!isPage) return c.json({ error: missing }, 401);
  const { pathname, search } = new URL(c.req.url);
  return c.redirect(`/auth/login?to=${encodeURIComponent(pathname + search)}`, 303);
});
