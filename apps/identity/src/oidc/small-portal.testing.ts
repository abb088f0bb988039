/**
 * For tests: the smallest portal that can serve the flows of a provider. Its sessions are a map; a sign-in is a click that
 * needs no password, because passwords are not this room's.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { Identity } from '../directory/directory.ts';
import type { PortalSession } from '../session/portal-session.ts';
import type { EndReason } from '../session/session-register.ts';
import type { ConsentQuestion, Flow } from '../sign-in/flow.ts';
import type { OidcProvider } from './provider.ts';

export type SmallPortal = {
  readonly sessions: Map<string, PortalSession>;
  fromRequest(req: IncomingMessage): Promise<PortalSession | undefined>;
  endSession(id: string, reason: EndReason): Promise<void>;
  signOut(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** A step of a flow: says what it asks, or does what the query of a post says (`as`, `factors`, `consent`, `claim`). */
  serve(provider: Pick<OidcProvider, 'findFlow'>, req: IncomingMessage, res: ServerResponse): Promise<void>;
};

export function openSmallPortal(parts: {
  readonly people: Map<string, Identity>;
  readonly store: Pick<SealedVolatile, 'get'>;
  readonly nowMs: () => number;
  /** A session is over. */
  readonly onEnd: (id: string, reason: EndReason) => Promise<void>;
}): SmallPortal {
  const { people, nowMs } = parts;
  const sessions = new Map<string, PortalSession>();
  const sessionOf = (req: IncomingMessage) => sessions.get(cookieOf(req, 'portal') ?? '');

  async function step(
    provider: Pick<OidcProvider, 'findFlow'>,
    req: IncomingMessage,
    res: ServerResponse,
  ): Promise<void> {
    const { pathname, searchParams: wanted } = new URL(req.url ?? '/', 'http://portal.invalid');
    const answer = await provider.findFlow(req, res, pathname.split('/')[2] ?? '');
    if (answer.kind === 'expired') return send(res, 410, 'expired');
    if (answer.kind === 'ended') return void res.writeHead(303, { location: answer.location }).end();
    const { flow } = answer;
    if (req.method === 'GET') return send(res, 200, await describe(flow, sessionOf(req), people));
    const session = wanted.has('as') ? await startSession(wanted, cookieOf(req, 'portal')) : sessionOf(req);
    const identity = people.get(session?.username ?? '');
    if (!session || !identity) return send(res, 403, 'nobody');
    if (wanted.has('as')) res.setHeader('set-cookie', `portal=${session.id}; path=/`);
    const location =
      flow.requiredLevel(identity, '203.0.113.7') === 'deny'
        ? await flow.refuse('policy-denied')
        : wanted.get('consent') === 'deny'
          ? await flow.refuse('consent-denied')
          : await flow.finish(session, identity, consentFrom(wanted));
    res.writeHead(303, { location }).end();
  }

  async function endSession(id: string, reason: EndReason): Promise<void> {
    sessions.delete(id);
    await parts.onEnd(id, reason);
  }

  async function startSession(wanted: URLSearchParams, old: string | undefined): Promise<PortalSession> {
    const before = sessions.get(old ?? '');
    sessions.delete(old ?? '');
    if (before && before.username !== wanted.get('as')) await endSession(before.id, 'replaced');
    const now = nowMs();
    const session: PortalSession = {
      id: randomUUID(),
      cookieDomain: 'auth.localhost',
      username: wanted.get('as') ?? '',
      rememberMe: false,
      createdAtMs: now,
      lastActivityMs: now,
      factors: { password: now, ...(wanted.get('factors') === '2' && { totp: now }) },
    };
    sessions.set(session.id, session);
    return session;
  }

  return {
    sessions,
    endSession,
    async fromRequest(req) {
      const id = cookieOf(req, 'portal');
      // A real portal reads its session from the same store: one touch.
      if (id !== undefined) await parts.store.get('portal-session', id);
      return sessionOf(req);
    },
    async signOut(req, res) {
      await endSession(cookieOf(req, 'portal') ?? '', 'sign-out');
      res.appendHeader('set-cookie', 'portal=; path=/; max-age=0');
    },
    serve: (provider, req, res) => step(provider, req, res).catch((error: unknown) => send(res, 500, String(error))),
  };
}

async function describe(flow: Flow, session: PortalSession | undefined, people: Map<string, Identity>) {
  const identity = people.get(session?.username ?? 'alice');
  const question: ConsentQuestion | undefined =
    identity && (await flow.consentQuestion(identity, session ?? ({} as PortalSession)));
  return JSON.stringify({ about: flow.about, question });
}

function consentFrom(wanted: URLSearchParams) {
  if (!wanted.has('consent')) return undefined;
  return { remember: wanted.get('consent') === 'remember', sharedClaims: wanted.get('claim')?.split(' ') ?? [] };
}

function send(res: ServerResponse, status: number, body: string): void {
  res.writeHead(status, { 'content-type': 'text/plain' }).end(body);
}

function cookieOf(req: IncomingMessage, name: string): string | undefined {
  return req.headers.cookie
    ?.split('; ')
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}
