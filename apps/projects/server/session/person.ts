/**
 * Who is asking: how every feature learns it. `readPerson` runs once in front of all of them; a feature asks
 * `currentPerson`, or puts `requirePerson` before its routes. Knows no cookie and no store.
 */
import { marked } from '@gatehouse/words/say.ts';
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
  what: marked('You are not signed in.'),
  why: 'There is no session, or it has ended.',
  do: marked('Sign in and try again.'),
};

const otherPerson: Problem = {
  code: 'session.other_person',
  what: marked('This browser is now signed in as somebody else.'),
  why: 'The session is not that of the person whom the request names.',
  do: marked('Sign in again as yourself, or load the page again.'),
};

/**
 * Lets signed-in people on. A page leads to the sign-in page and back; the API answers 401. An open page says by the header
 * `X-Person` whom it was opened for: what it sends is not taken in the name of somebody who signed in since.
 */
export const requirePerson: MiddlewareHandler<PersonEnv> = createMiddleware<PersonEnv>(async (c, next) => {
  const person = currentPerson(c);
  const meant = c.req.header('x-person');
  if (person) return (meant !== undefined && refuseOther(c, person, meant)) || next();
  const isPage = c.req.method === 'GET' && !c.req.path.startsWith('/api/');
  if (!isPage) return c.json({ error: missing }, 401);
  const { pathname, search } = new URL(c.req.url);
  return c.redirect(`/auth/login?to=${encodeURIComponent(pathname + search)}`, 303);
});

/** The answer to a request that was meant to be made by somebody else than who is signed in. */
export function refuseOther(c: Context, person: Person, meantId: string): Response | undefined {
  return meantId === person.id ? undefined : c.json({ error: otherPerson }, 409);
}
