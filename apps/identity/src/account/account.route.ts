/**
 * The pages where people look after how they sign in: `/settings/two-factor` and what hangs from it, and the link of the
 * mail that cancels a code. Plain forms, each answered by a redirect or by the page with what was wrong.
 *
 * Cross-site requests are refused before they get here (`@gatehouse/web/same-origin.ts`). This file holds no rules: what is
 * still to be proven says `elevation.policy.ts`.
 */

import { type Context, Hono } from 'hono';
import type { Identity } from '../directory/directory.ts';
import { factorAddedMessage, factorRemovedMessage } from '../notify/messages.ts';
import { respond } from '../pages/respond.ts';
import type { PortalSession } from '../session/portal-session.ts';
import type { Push } from '../sign-in/push/push.ts';
import type { Recovery } from '../sign-in/recovery/recovery.ts';
import type { TotpParameters } from '../sign-in/totp/totp.code.ts';
import type { Totp } from '../sign-in/totp/totp.verify.ts';
import type { Webauthn } from '../sign-in/webauthn/webauthn.ts';
import { homeOf, type Intent, nextAfterProof, paths, pathWith, returnField } from './account.paths.ts';
import type { ElevationRules } from './elevation.policy.ts';
import { enrolPage } from './enrol.page.ts';
import type { Enrolments } from './enrolment.ts';
import { passwordPaths } from './password.paths.ts';
import type { AccountNavigation } from './places.ts';
import { proofPage, revokedPage, revokePage, shortenMailbox } from './proof.page.ts';
import { chosenParameters, intentOf, readForm } from './read-form.ts';
import { parseReturnPath } from './return-path.ts';
import { donePage, removePage, twoFactorPage } from './two-factor.page.ts';
import type { AccountEnv, VisitParts, Visits } from './visit.ts';
import { wordsIn } from './words.ts';

export type AccountParts = Omit<VisitParts, 'rules'> & {
  readonly totp: Totp;
  readonly webauthn: Pick<Webauthn, 'listOf'>;
  /** Absent where Duo is not configured. */
  readonly push?: Push | undefined;
  readonly recovery: Recovery;
  readonly enrolments: Enrolments;
  readonly navigation: AccountNavigation;
  readonly rules: ElevationRules & { readonly characters: number };
  readonly mayChangePassword: boolean;
};

export function accountRoutes(parts: AccountParts, visits: Visits): Hono<AccountEnv> {
  const { sessions, totp, webauthn, secondFactors, enrolments, elevation, nowMs } = parts;
  const { visited, toSignIn, needOf, stopFor, sendCode, tooMany, tell, startAgain, portalOf } = visits;
  const isOffered = secondFactors.offered.includes('totp');
  const routes = new Hono<AccountEnv>();

  for (const old of ['/settings', '/settings/', '/settings/two-factor-authentication'])
    routes.get(old, (c) => c.redirect(paths.twoFactor, 302));

  routes.get(paths.twoFactor, (c) =>
    visited(c, paths.twoFactor, async ({ session }) => {
      const { username } = session;
      const rpId = portalOf(c).hostname;
      const page = twoFactorPage(c.var.look, {
        navigation: parts.navigation(c.var.look, 'two-factor'),
        username,
        offered: secondFactors.offered,
        has: await secondFactors.methodsOf(username, rpId),
        totp: await totp.describe(username),
        keys: await webauthn.listOf(username, rpId),
        push: await parts.push?.choiceOf(username),
        recovery: await parts.recovery.stateOf(username),
        nowMs: nowMs(),
        returnTo: parseReturnPath(c.req.query(returnField)),
        notice: c.req.query('notice'),
      });
      return respond(c, page);
    }),
  );

  routes.post(paths.oneTimeCode, (c) =>
    visited(c, paths.twoFactor, async (visit) => {
      const form = await readForm(c);
      const intent = intentOf(form);
      if (!isOffered) return startAgain(c, intent.returnTo);
      const need = await needOf(c, visit);
      if (need !== 'nothing') return await stopFor(c, visit, intent, need);
      if (intent.action === 'remove') return c.redirect(nextAfterProof(intent), 303);
      return await beginEnrolment(c, visit.session, intent, chosenParameters(form, totp));
    }),
  );

  routes.get(paths.proof, (c) =>
    visited(c, paths.twoFactor, async ({ identity }) => {
      const requestId = c.req.query('request');
      if (!requestId) return c.redirect(paths.twoFactor, 303);
      return respond(c, proofPage(c.var.look, proofAbout(identity, requestId, intentOf(c.req.query()))));
    }),
  );

  routes.post(paths.proofAgain, (c) =>
    visited(c, paths.twoFactor, async (visit) => sendCode(c, visit, intentOf(await readForm(c)))),
  );

  routes.post(paths.proof, (c) =>
    visited(c, paths.twoFactor, async (visit) => {
      const form = await readForm(c);
      const intent = intentOf(form);
      const requestId = form.request ?? '';
      const answer = await elevation.prove(visit, requestId, form.code ?? '');
      if (answer.kind === 'limited') return tooMany(c, answer.retryAtMs);
      if (answer.kind !== 'proven') {
        const about = { ...proofAbout(visit.identity, requestId, intent), failure: answer.kind };
        return respond(c, proofPage(c.var.look, about), { status: 403 });
      }
      const issued = await sessions.raise(c.env.incoming, { elevation: answer.elevation });
      if (!issued) return toSignIn(c, homeOf(intent.action), intent.returnTo);
      c.header('Set-Cookie', issued.setCookie, { append: true });
      if (intent.action === 'add') return await beginEnrolment(c, issued.session, intent, undefined);
      return c.redirect(nextAfterProof(intent), 303);
    }),
  );

  routes.get(paths.oneTimeCode, (c) =>
    visited(c, paths.twoFactor, async (visit) => {
      const returnTo = parseReturnPath(c.req.query(returnField));
      const enrolmentId = c.req.query('enrolment') ?? '';
      const key = await enrolments.find(visit.session, enrolmentId);
      if (!key || (await needOf(c, visit)) !== 'nothing') return startAgain(c, returnTo);
      const { username } = visit.session;
      return respond(c, enrolPage(c.var.look, { username, enrolmentId, key, options: totp.options, returnTo }));
    }),
  );

  routes.post(paths.confirm, (c) =>
    visited(c, paths.twoFactor, async (visit) => {
      const form = await readForm(c);
      const { session, address } = visit;
      const returnTo = parseReturnPath(form[returnField]);
      const enrolmentId = form.enrolment ?? '';
      const key = await enrolments.find(session, enrolmentId);
      if (!key || (await needOf(c, visit)) !== 'nothing') return startAgain(c, returnTo);
      const answer = await enrolments.confirm(session, enrolmentId, form.code ?? '', address);
      switch (answer.kind) {
        case 'gone':
          return startAgain(c, returnTo);
        case 'limited':
          return tooMany(c, answer.retryAtMs);
        case 'wrong':
        case 'malformed': {
          const failure =
            answer.kind === 'wrong'
              ? wordsIn(c.var.look.say).enrol.wrong
              : wordsIn(c.var.look.say).enrol.malformed(answer.digits);
          const about = { username: session.username, enrolmentId, key, options: totp.options, returnTo, failure };
          return respond(c, enrolPage(c.var.look, about), { status: 403 });
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
    visited(c, paths.twoFactor, async ({ session }) => {
      const recovery = await parts.recovery.stateOf(session.username);
      const returnTo = parseReturnPath(c.req.query(returnField));
      return respond(c, donePage(c.var.look, wordsIn(c.var.look.say).done, { recovery, returnTo }));
    }),
  );

  routes.get(paths.remove, (c) =>
    visited(c, paths.twoFactor, async (visit) => {
      const returnTo = parseReturnPath(c.req.query(returnField));
      if ((await needOf(c, visit)) !== 'nothing') return startAgain(c, returnTo);
      return respond(c, removePage(c.var.look, returnTo));
    }),
  );

  routes.post(paths.remove, (c) =>
    visited(c, paths.twoFactor, async (visit) => {
      const returnTo = parseReturnPath((await readForm(c))[returnField]);
      if ((await needOf(c, visit)) !== 'nothing') return startAgain(c, returnTo);
      if ((await totp.remove(visit.session.username)) === 'removed') await tell(visit, factorRemovedMessage);
      return c.redirect(pathWith(paths.twoFactor, { notice: 'removed', [returnField]: returnTo }), 303);
    }),
  );

  // Without a sign-in: it may be somebody else who asked. And not on GET, which mail programs call by themselves.
  routes.get(paths.revoke, (c) => respond(c, revokePage(c.var.look, c.req.query('id') ?? '')));
  routes.post(paths.revoke, async (c) => {
    await elevation.revoke((await readForm(c)).id ?? '');
    return respond(
      c,
      revokedPage(c.var.look, { passwordAddress: parts.mayChangePassword ? passwordPaths.change : undefined }),
    );
  });

  async function beginEnrolment(
    c: Context<AccountEnv>,
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

  return routes;
}
