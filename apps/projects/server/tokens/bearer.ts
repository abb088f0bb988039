/**
 * Who comes with an access token (RFC 6750, in the header alone). A request that carries one is judged by it and by nothing
 * else: no cookie counts beside it, and no page of another site can make a browser send it, so it needs no proof of origin.
 */
import type { Context, MiddlewareHandler } from 'hono';
import type { Problem } from '../../wire/problem.ts';
import { apiPath } from '../api/enforce.ts';
import type { Workspace } from '../api/workspace.ts';
import { openApiPath } from '../openapi/routes.ts';
import type { Person } from '../people/person.ts';
import { findPerson } from '../people/settle.ts';
import type { AppEnv } from '../session/person.ts';
import { createLimiter } from './limiter.ts';
import { scopesOf } from './present.ts';
import { digestOf } from './secret.ts';

const usedEveryMs = 60_000;
const secretPattern = /^[\w-]{20,100}$/;

/** Undefined for a request without one, or to where none counts. */
export function bearerOf(c: Context): string | undefined {
  const { path } = c.req;
  if (path !== apiPath && !path.startsWith(`${apiPath}/`) && path !== openApiPath) return undefined;
  return /^bearer +(.*)$/i.exec(c.req.header('authorization') ?? '')?.[1];
}

/** For what protects sessions from other sites: it has nothing to do with a request that carries a token. */
export function unlessBearer(middleware: MiddlewareHandler): MiddlewareHandler {
  return function withoutBearer(c, next) {
    return bearerOf(c) === undefined ? middleware(c, next) : next();
  };
}

export type BearerOptions = { readonly perMinuteMax?: number };

/** Sets the person of a request with a token, or answers 401 or 429; leaves every other request to `otherwise`. */
export function readBearer(
  workspace: Workspace,
  otherwise: MiddlewareHandler<AppEnv>,
  { perMinuteMax = 600 }: BearerOptions = {},
): MiddlewareHandler<AppEnv> {
  const limiter = createLimiter({ perMinuteMax, now: workspace.now });
  return async function setPersonByToken(c, next) {
    const secret = bearerOf(c);
    if (secret === undefined) return otherwise(c, next);
    const found = await findByToken(workspace, secret);
    if (!found) {
      c.header('WWW-Authenticate', 'Bearer error="invalid_token"');
      return c.json({ error: invalidToken }, 401);
    }
    const { left, resetSeconds } = limiter.take(found.tokenId);
    const answerHeaders = {
      'RateLimit-Limit': String(perMinuteMax),
      'RateLimit-Remaining': String(Math.max(left, 0)),
      'RateLimit-Reset': String(resetSeconds),
    };
    for (const [name, value] of Object.entries(answerHeaders)) c.header(name, value);
    if (left < 0) {
      c.header('Retry-After', String(resetSeconds));
      return c.json({ error: tooMany }, 429);
    }
    c.set('person', found.person);
    return next();
  };
}

async function findByToken(
  workspace: Workspace,
  secret: string,
): Promise<{ person: Person; tokenId: string } | undefined> {
  if (!secretPattern.test(secret)) return undefined;
  const { db } = workspace;
  const now = workspace.now();
  const row = await db
    .selectFrom('access_tokens')
    .selectAll()
    .where('digest', '=', digestOf(secret))
    .executeTakeFirst();
  if (!row || (row.expires_at !== null && row.expires_at <= now)) return undefined;
  const person = await findPerson(db.withTables(), row.person_id);
  if (!person) return undefined;
  // Seen on the page of tokens; a minute more or less does not matter there, a write for each request would.
  if (row.last_used_at === null || row.last_used_at < now - usedEveryMs)
    await db.updateTable('access_tokens').set({ last_used_at: now }).where('id', '=', row.id).execute();
  return { person: { ...person, scopes: scopesOf(row) }, tokenId: row.id };
}

const invalidToken: Problem = {
  code: 'session.missing',
  what: 'The access token is not valid.',
  why: 'It is mistyped, was revoked or has ended.',
  do: 'Make another one in the settings of the workspace.',
};

const tooMany: Problem = {
  code: 'request.too_many',
  what: 'Too many requests with this access token.',
  why: 'There is a limit for each token and minute.',
  do: 'Wait as long as the header Retry-After says.',
};
