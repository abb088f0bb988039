/**
 * What every page of an account begins with: somebody is signed in, the directory still knows them, and before a change they
 * have proven what the configuration wants (`elevation.policy.ts`). And what several of them end with: a refusal in plain
 * words, a mail about what happened.
 */
import type { PeerReader } from '@gatehouse/web/peer.ts';
import type { Say } from '@gatehouse/words/say.ts';
import type { Context } from 'hono';
import type { Identity } from '../directory/directory.ts';
import type { Occasion } from '../notify/messages.ts';
import type { Message } from '../notify/notifier.ts';
import type { TellOwner } from '../notify/tell-owner.ts';
import { type ErrorPage, errorPage } from '../pages/error.page.ts';
import type { PortalEnv } from '../pages/look.ts';
import { respond } from '../pages/respond.ts';
import type { People } from '../session/people.ts';
import type { PortalSession } from '../session/portal-session.ts';
import type { Sessions } from '../session/sessions.ts';
import type { SecondFactors } from '../sign-in/second-factors.ts';
import { homeOf, type Intent, intentFields, paths, pathWith, returnField } from './account.paths.ts';
import { type ElevationNeed, type ElevationRules, elevationNeed } from './elevation.policy.ts';
import type { Elevation } from './elevation.ts';
import { againPath, parseReturnPath } from './return-path.ts';
import { wordsIn } from './words.ts';

export type AccountEnv = PortalEnv;
export type Visit = {
  readonly session: PortalSession;
  readonly identity: Identity;
  readonly address: string;
  readonly say: Say;
};

export type VisitParts = {
  readonly sessions: Pick<Sessions, 'fromRequest' | 'raise' | 'rulesFor'>;
  readonly people: Pick<People, 'find'>;
  readonly peerOf: PeerReader;
  readonly secondFactors: SecondFactors;
  readonly elevation: Elevation;
  readonly rules: ElevationRules;
  readonly tellOwner: TellOwner;
  readonly nowMs: () => number;
  readonly log: Record<'info' | 'warn', (fields: Readonly<Record<string, unknown>>, message: string) => void>;
  /** The portal's page that signs somebody in, or raises them to two factors, and then goes on to the path. */
  readonly signInPath: (returnTo: string, level?: 'two_factor') => string;
};

export type Visits = {
  /** Runs `answer` for whoever is signed in; the others sign in first and come back to `home`. */
  visited(c: Context<AccountEnv>, home: string, answer: (visit: Visit) => Promise<Response>): Promise<Response>;
  toSignIn(c: Context<AccountEnv>, home: string, returnTo: string | undefined): Response;
  /** The portal that the request came to, from the configuration. */
  portalOf(c: Context<AccountEnv>): URL;
  /** Back to the list, for a page that was open too long or is not theirs. */
  startAgain(c: Context<AccountEnv>, returnTo: string | undefined): Response;
  needOf(c: Context<AccountEnv>, visit: Visit): Promise<ElevationNeed>;
  stopFor(
    c: Context<AccountEnv>,
    visit: Visit,
    intent: Intent,
    need: Exclude<ElevationNeed, 'nothing'>,
  ): Promise<Response>;
  sendCode(c: Context<AccountEnv>, visit: Visit, intent: Intent): Promise<Response>;
  /** `action`: what was being done, which the page leads back to. */
  tooMany(c: Context<AccountEnv>, retryAtMs: number, action?: Intent['action']): Promise<Response>;
  refuse(
    c: Context<AccountEnv>,
    status: number,
    code: string,
    page: Omit<ErrorPage, 'status' | 'code'>,
  ): Promise<Response>;
  /** A line in the log, for whoever follows what happened to an account: name, address and session, and no secret. */
  note(visit: Visit, message: string, facts?: Readonly<Record<string, unknown>>): void;
  /** Mails the owner what was changed. */
  tell(visit: Visit, write: (occasion: Occasion) => Promise<Message>): Promise<void>;
};

export function openVisits(parts: VisitParts): Visits {
  const { sessions, elevation, nowMs } = parts;

  function toSignIn(c: Context<AccountEnv>, home: string, returnTo: string | undefined): Response {
    return c.redirect(parts.signInPath(pathWith(home, { [returnField]: returnTo })), 303);
  }

  function portalOf(c: Context<AccountEnv>): URL {
    const portalUrl = sessions.rulesFor(c.env.incoming)?.authelia_url;
    if (!portalUrl) throw new TypeError('a session stands on a cookie domain that has a portal');
    return portalUrl;
  }

  async function refuse(
    c: Context<AccountEnv>,
    status: number,
    code: string,
    page: Omit<ErrorPage, 'status' | 'code'>,
  ): Promise<Response> {
    return respond(c, errorPage(c.var.look, { status, code, ...page }), { status });
  }

  function tooMany(c: Context<AccountEnv>, retryAtMs: number, action: Intent['action'] = 'add'): Promise<Response> {
    const seconds = Math.max(1, Math.ceil((retryAtMs - nowMs()) / 1000));
    c.header('Retry-After', String(seconds));
    const what = wordsIn(c.var.look.say).limited.what(Math.ceil(seconds / 60));
    const back = { label: wordsIn(c.var.look.say).back[action], href: homeOf(action) };
    return refuse(c, 429, 'too-many-attempts', { ...wordsIn(c.var.look.say).limited, what, back });
  }

  async function sendCode(c: Context<AccountEnv>, visit: Visit, intent: Intent): Promise<Response> {
    const answer = await elevation.send(visit, portalOf(c));
    const home = homeOf(intent.action);
    const back = {
      label: wordsIn(c.var.look.say).back[intent.action],
      href: pathWith(home, { [returnField]: intent.returnTo }),
    };
    switch (answer.kind) {
      case 'sent':
        return c.redirect(pathWith(paths.proof, { request: answer.requestId, ...intentFields(intent) }), 303);
      case 'limited':
        return tooMany(c, answer.retryAtMs, intent.action);
      case 'no-mailbox': {
        const todo = wordsIn(c.var.look.say).noMailbox.todo(visit.session.username);
        return refuse(c, 403, 'no-mailbox', { ...wordsIn(c.var.look.say).noMailbox, todo, back });
      }
      case 'mail-down':
        parts.log.warn({ username: visit.session.username, err: answer.cause }, 'A one-time code could not be mailed');
        return refuse(c, 503, answer.cause.code, {
          ...wordsIn(c.var.look.say).mailDown,
          back: { ...back, label: wordsIn(c.var.look.say).mailDown.again },
        });
    }
  }

  return {
    toSignIn,
    portalOf,
    startAgain: (c, returnTo) =>
      c.redirect(pathWith(paths.twoFactor, { notice: 'gone', [returnField]: returnTo }), 303),
    refuse,
    tooMany,
    sendCode,
    async visited(c, home, answer) {
      const session = await sessions.fromRequest(c.env.incoming);
      if (!session) return toSignIn(c, home, parseReturnPath(c.req.query(returnField)));
      const found = await parts.people.find(session.username);
      if (found.kind === 'found')
        return await answer({
          session,
          identity: found.identity,
          address: parts.peerOf(c.env.incoming).address,
          say: c.var.look.say,
        });
      if (found.kind === 'unknown') return toSignIn(c, home, undefined);
      parts.log.warn({ err: found.cause }, 'The directory does not answer, so an account page could not be shown');
      const words = wordsIn(c.var.look.say).directoryDown;
      return refuse(c, 503, 'directory-unavailable', {
        ...words,
        back: { label: words.again, href: againPath(c.req) ?? home },
      });
    },
    async needOf(c, { session, address }) {
      const has = await parts.secondFactors.methodsOf(session.username, portalOf(c).hostname);
      const hasSecondFactor = has.length > 0;
      return elevationNeed({ session, remoteAddress: address, hasSecondFactor, rules: parts.rules, nowMs: nowMs() });
    },
    async stopFor(c, visit, intent, need) {
      if (need === 'mailbox') return await sendCode(c, visit, intent);
      const home = pathWith(homeOf(intent.action), { [returnField]: intent.returnTo });
      return refuse(c, 403, 'second-factor-needed', {
        ...wordsIn(c.var.look.say).secondFactor,
        back: { label: wordsIn(c.var.look.say).secondFactor.go, href: parts.signInPath(home, 'two_factor') },
      });
    },
    note({ session, address }, message, facts = {}) {
      parts.log.info({ user: session.username, remote_ip: address, session: session.id, ...facts }, message);
    },
    tell: ({ identity, address: remoteAddress, say }, write) =>
      parts.tellOwner(identity, { remoteAddress, say }, write).firstTry,
  };
}
