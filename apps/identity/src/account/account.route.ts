/**
 * The pages where people look after how they sign in: `/settings/two-factor` and what hangs from it, and the link of the
 * mail that cancels a code. Plain forms, each answered by a redirect or by the page with what was wrong.
 *
 * Cross-site requests are refused before they get here (`@gatehouse/web/same-origin.ts`). This file holds no rules: what is
 * still to be proven says `elevation.policy.ts`.
 */

import type { PeerReader } from '@gatehouse/web/peer.ts';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { Identity } from '../directory/directory.ts';
import { factorAddedMessage, factorRemovedMessage } from '../notify/messages.ts';
import type { Message, Notifier } from '../notify/notifier.ts';
import { type ErrorPage, errorPage } from '../pages/error.page.ts';
import type { Look } from '../pages/look.ts';
import { respond } from '../pages/respond.ts';
import type { People } from '../session/people.ts';
import type { PortalSession } from '../session/portal-session.ts';
import type { Sessions } from '../session/sessions.ts';
import type { TotpParameters } from '../sign-in/totp/totp.code.ts';
import type { Totp } from '../sign-in/totp/totp.verify.ts';
import { type Intent, intentFields, paths, pathWith, returnField } from './account.paths.ts';
import { type ElevationRules, elevationNeed } from './elevation.policy.ts';
import type { Elevation } from './elevation.ts';
import { enrolPage } from './enrol.page.ts';
import type { Enrolments } from './enrolment.ts';
import { proofPage, revokedPage, revokePage, shortenMailbox } from './proof.page.ts';
import { chosenParameters, intentOf, readForm } from './read-form.ts';
import { parseReturnPath } from './return-path.ts';
import { donePage, removePage, twoFactorPage } from './two-factor.page.ts';
import { words } from './words.ts';

export type AccountParts = {
  readonly look: Look;
  readonly sessions: Pick<Sessions, 'fromRequest' | 'raise' | 'rulesFor'>;
  readonly people: Pick<People, 'find'>;
  readonly peerOf: PeerReader;
  readonly totp: Totp;
  readonly enrolments: Enrolments;
  readonly elevation: Elevation;
  readonly rules: ElevationRules & { readonly characters: number };
  readonly notifier: Notifier;
  readonly nowMs: () => number;
  readonly log: { warn(fields: Readonly<Record<string, unknown>>, message: string): void };
  /** The portal's page that signs somebody in, or raises them to two factors, and then goes on to the path. */
  readonly signInPath: (returnTo: string, level?: 'two_factor') => string;
};

type Env = { Bindings: HttpBindings };
type Visit = { readonly session: PortalSession; readonly identity: Identity; readonly address: string };

export function accountRoutes(parts: AccountParts): Hono<Env> {
  const { look, sessions, totp, enrolments, elevation, nowMs } = parts;
  const routes = new Hono<Env>();

  for (const old of ['/settings', '/settings/', '/settings/two-factor-authentication'])
    routes.get(old, (c) => c.redirect(paths.twoFactor, 302));

  routes.get(paths.twoFactor, (c) =>
    visited(c, async ({ session }) => {
      const note = c.req.query('notice');
      const page = twoFactorPage(look, {
        username: session.username,
        totp: await totp.describe(session.username),
        nowMs: nowMs(),
        returnTo: parseReturnPath(c.req.query(returnField)),
        notice: note === 'gone' || note === 'removed' ? note : undefined,
      });
      return respond(c, page);
    }),
  );

  routes.post(paths.oneTimeCode, (c) =>
    visited(c, async (visit) => {
      const form = await readForm(c);
      const intent = intentOf(form);
      const need = await needOf(visit);
      if (need !== 'nothing') return await stopFor(c, visit, intent, need);
      if (intent.action === 'remove')
        return c.redirect(pathWith(paths.remove, { [returnField]: intent.returnTo }), 303);
      return await beginEnrolment(c, visit.session, intent, chosenParameters(form, totp));
    }),
  );

  routes.get(paths.proof, (c) =>
    visited(c, async ({ identity }) => {
      const requestId = c.req.query('request');
      if (!requestId) return c.redirect(paths.twoFactor, 303);
      return respond(c, proofPage(look, proofAbout(identity, requestId, intentOf(c.req.query()))));
    }),
  );

  routes.post(paths.proofAgain, (c) => visited(c, async (visit) => sendCode(c, visit, intentOf(await readForm(c)))));

  routes.post(paths.proof, (c) =>
    visited(c, async ({ session, identity, address }) => {
      const form = await readForm(c);
      const intent = intentOf(form);
      const requestId = form.request ?? '';
      const answer = await elevation.prove(session, requestId, form.code ?? '', address);
      if (answer.kind === 'limited') return tooMany(c, answer.retryAtMs);
      if (answer.kind !== 'proven') {
        const about = { ...proofAbout(identity, requestId, intent), failure: answer.kind };
        return respond(c, proofPage(look, about), { status: 403 });
      }
      const issued = await sessions.raise(c.env.incoming, { elevation: answer.elevation });
      if (!issued) return toSignIn(c, intent.returnTo);
      c.header('Set-Cookie', issued.setCookie, { append: true });
      if (intent.action === 'remove')
        return c.redirect(pathWith(paths.remove, { [returnField]: intent.returnTo }), 303);
      return await beginEnrolment(c, issued.session, intent, undefined);
    }),
  );

  routes.get(paths.oneTimeCode, (c) =>
    visited(c, async (visit) => {
      const returnTo = parseReturnPath(c.req.query(returnField));
      const enrolmentId = c.req.query('enrolment') ?? '';
      const key = await enrolments.find(visit.session, enrolmentId);
      if (!key || (await needOf(visit)) !== 'nothing') return startAgain(c, returnTo);
      const { username } = visit.session;
      return respond(c, enrolPage(look, { username, enrolmentId, key, options: totp.options, returnTo }));
    }),
  );

  routes.post(paths.confirm, (c) =>
    visited(c, async (visit) => {
      const form = await readForm(c);
      const { session, address } = visit;
      const returnTo = parseReturnPath(form[returnField]);
      const enrolmentId = form.enrolment ?? '';
      const key = await enrolments.find(session, enrolmentId);
      if (!key || (await needOf(visit)) !== 'nothing') return startAgain(c, returnTo);
      const answer = await enrolments.confirm(session, enrolmentId, form.code ?? '', address);
      switch (answer.kind) {
        case 'gone':
          return startAgain(c, returnTo);
        case 'limited':
          return tooMany(c, answer.retryAtMs);
        case 'wrong':
        case 'malformed': {
          const failure = answer.kind === 'wrong' ? words.enrol.wrong : words.enrol.malformed(answer.digits);
          const about = { username: session.username, enrolmentId, key, options: totp.options, returnTo, failure };
          return respond(c, enrolPage(look, about), { status: 403 });
        }
        case 'verified':
      }
      await tell(visit, factorAddedMessage);
      // They have just shown a code of their new factor: that is the second factor of this session.
      const issued = await sessions.raise(c.env.incoming, { factors: { totp: nowMs() } });
      if (issued) c.header('Set-Cookie', issued.setCookie, { append: true });
      return c.redirect(pathWith(paths.done, { [returnField]: returnTo }), 303);
    }),
  );

  routes.get(paths.done, (c) =>
    visited(c, async () => respond(c, donePage(look, parseReturnPath(c.req.query(returnField))))),
  );

  routes.get(paths.remove, (c) =>
    visited(c, async (visit) => {
      const returnTo = parseReturnPath(c.req.query(returnField));
      if ((await needOf(visit)) !== 'nothing') return startAgain(c, returnTo);
      return respond(c, removePage(look, returnTo));
    }),
  );

  routes.post(paths.remove, (c) =>
    visited(c, async (visit) => {
      const returnTo = parseReturnPath((await readForm(c))[returnField]);
      if ((await needOf(visit)) !== 'nothing') return startAgain(c, returnTo);
      if ((await totp.remove(visit.session.username)) === 'removed') await tell(visit, factorRemovedMessage);
      return c.redirect(pathWith(paths.twoFactor, { notice: 'removed', [returnField]: returnTo }), 303);
    }),
  );

  // Without a sign-in: it may be somebody else who asked. And not on GET, which mail programs call by themselves.
  routes.get(paths.revoke, (c) => respond(c, revokePage(look, c.req.query('id') ?? '')));
  routes.post(paths.revoke, async (c) => {
    await elevation.revoke((await readForm(c)).id ?? '');
    return respond(c, revokedPage(look));
  });

  /** Runs `answer` for whoever is signed in; the others sign in first and come back. */
  async function visited(c: Context<Env>, answer: (visit: Visit) => Promise<Response>): Promise<Response> {
    const session = await sessions.fromRequest(c.env.incoming);
    if (!session) return toSignIn(c, parseReturnPath(c.req.query(returnField)));
    const found = await parts.people.find(session.username);
    if (found.kind === 'found')
      return await answer({ session, identity: found.identity, address: parts.peerOf(c.env.incoming).address });
    if (found.kind === 'unknown') return toSignIn(c, undefined);
    throw found.cause;
  }

  function toSignIn(c: Context<Env>, returnTo: string | undefined): Response {
    return c.redirect(parts.signInPath(pathWith(paths.twoFactor, { [returnField]: returnTo })), 303);
  }

  function startAgain(c: Context<Env>, returnTo: string | undefined): Response {
    return c.redirect(pathWith(paths.twoFactor, { notice: 'gone', [returnField]: returnTo }), 303);
  }

  async function needOf({ session, address }: Visit) {
    const hasSecondFactor = await totp.has(session.username);
    return elevationNeed({ session, remoteAddress: address, hasSecondFactor, rules: parts.rules, nowMs: nowMs() });
  }

  async function stopFor(c: Context<Env>, visit: Visit, intent: Intent, need: 'second-factor' | 'mailbox') {
    if (need === 'mailbox') return await sendCode(c, visit, intent);
    const href = parts.signInPath(pathWith(paths.twoFactor, { [returnField]: intent.returnTo }), 'two_factor');
    return refuse(c, 403, 'second-factor-needed', {
      ...words.secondFactor,
      back: { label: words.secondFactor.go, href },
    });
  }

  async function sendCode(c: Context<Env>, visit: Visit, intent: Intent): Promise<Response> {
    const portalUrl = sessions.rulesFor(c.env.incoming)?.authelia_url;
    if (!portalUrl) throw new TypeError('a session stands on a cookie domain that has a portal');
    const answer = await elevation.send(visit.session, visit.identity, visit.address, portalUrl);
    const back = { label: words.settings.heading, href: pathWith(paths.twoFactor, { [returnField]: intent.returnTo }) };
    switch (answer.kind) {
      case 'sent':
        return c.redirect(pathWith(paths.proof, { request: answer.requestId, ...intentFields(intent) }), 303);
      case 'limited':
        return tooMany(c, answer.retryAtMs);
      case 'no-mailbox': {
        const todo = words.noMailbox.todo(visit.session.username);
        return refuse(c, 403, 'no-mailbox', { ...words.noMailbox, todo, back });
      }
      case 'mail-down':
        parts.log.warn({ username: visit.session.username, err: answer.cause }, 'A one-time code could not be mailed');
        return refuse(c, 503, answer.cause.code, { ...words.mailDown, back: { ...back, label: words.mailDown.again } });
    }
  }

  async function beginEnrolment(
    c: Context<Env>,
    session: PortalSession,
    { returnTo }: Intent,
    parameters: TotpParameters | undefined,
  ): Promise<Response> {
    const enrolment = await enrolments.begin(session, parameters);
    return c.redirect(pathWith(paths.oneTimeCode, { enrolment, [returnField]: returnTo }), 303);
  }

  function proofAbout(identity: Identity, requestId: string, intent: Intent) {
    const mailbox = shortenMailbox(identity.emails[0] ?? '');
    return { intent, requestId, mailbox, characters: parts.rules.characters };
  }

  function tooMany(c: Context<Env>, retryAtMs: number): Promise<Response> {
    const seconds = Math.max(1, Math.ceil((retryAtMs - nowMs()) / 1000));
    c.header('Retry-After', String(seconds));
    const what = words.limited.what(Math.ceil(seconds / 60));
    const back = { label: words.settings.heading, href: paths.twoFactor };
    return refuse(c, 429, 'too-many-attempts', { ...words.limited, what, back });
  }

  function refuse(c: Context<Env>, status: number, code: string, page: Omit<ErrorPage, 'status' | 'code'>) {
    return respond(c, errorPage(look, { status, code, ...page }), { status });
  }

  /** A mail that does not go out takes nothing back: the change is made, and the log says that nobody was told. */
  async function tell({ identity, session, address }: Visit, write: typeof factorAddedMessage): Promise<void> {
    const [mailbox] = identity.emails;
    if (mailbox === undefined) return;
    const to = { name: identity.displayName, address: mailbox };
    const message: Message = await write({ to, username: session.username, remoteAddress: address, atMs: nowMs() });
    try {
      await parts.notifier.send(message);
    } catch (err) {
      parts.log.warn({ username: session.username, err }, 'A change of second factors could not be mailed');
    }
  }

  return routes;
}
