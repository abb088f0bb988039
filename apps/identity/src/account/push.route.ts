/**
 * The pages where people choose on which of their devices they are asked, below `/settings/two-factor`. The devices are kept
 * by Duo and only they can be chosen, so being signed in is enough for that. To forget the chosen one takes a factor away,
 * and asks for the proof that this takes.
 */
import { type Context, Hono } from 'hono';
import { pushForgottenMessage } from '../notify/messages.ts';
import { respond } from '../pages/respond.ts';
import { readChoice } from '../sign-in/push/push.page.ts';
import type { Push } from '../sign-in/push/push.ts';
import { paths, pathWith, returnField } from './account.paths.ts';
import { choosePushPage, forgetPushPage, pushUnknownPage } from './push.page.ts';
import { wordsIn } from './push.words.ts';
import { readForm } from './read-form.ts';
import { parseReturnPath } from './return-path.ts';
import type { AccountEnv, Visits } from './visit.ts';
import { wordsIn as accountWordsIn } from './words.ts';

export type PushParts = { readonly push: Push };

export function pushRoutes({ push }: PushParts, visits: Visits): Hono<AccountEnv> {
  const { visited, needOf, stopFor, startAgain, tooMany, refuse } = visits;
  const routes = new Hono<AccountEnv>();

  function down(c: Context<AccountEnv>): Promise<Response> {
    const back = { label: accountWordsIn(c.var.look.say).back.add, href: paths.twoFactor };
    return refuse(c, 503, 'duo-unavailable', { ...wordsIn(c.var.look.say).down, back });
  }

  function home(
    c: Context<AccountEnv>,
    notice: keyof ReturnType<typeof wordsIn>['notices'],
    returnTo: string | undefined,
  ): Response {
    return c.redirect(pathWith(paths.twoFactor, { notice, [returnField]: returnTo }), 303);
  }

  routes.get(paths.push, (c) =>
    visited(c, paths.twoFactor, async ({ session: { username }, address }) => {
      const returnTo = parseReturnPath(c.req.query(returnField));
      const answer = await push.devicesOf({ username, address });
      if (answer.kind === 'limited') return tooMany(c, answer.retryAtMs);
      if (answer.kind === 'unavailable') return down(c);
      if (answer.kind === 'enrol' || answer.devices.length === 0)
        return respond(
          c,
          pushUnknownPage(c.var.look, { enrolUrl: 'url' in answer ? answer.url : undefined, returnTo }),
        );
      const chosen = await push.choiceOf(username);
      return respond(c, choosePushPage(c.var.look, { devices: answer.devices, chosen, returnTo }));
    }),
  );

  routes.post(paths.push, (c) =>
    visited(c, paths.twoFactor, async (visit) => {
      const form = await readForm(c);
      const { method, device } = readChoice((form.device ?? '').slice(0, 96));
      const { username, id: sessionId } = visit.session;
      const answer = await push.choose({ username, sessionId, address: visit.address }, device, method);
      if (answer.kind === 'limited') return tooMany(c, answer.retryAtMs);
      if (answer.kind === 'unavailable') return down(c);
      if (answer.kind === 'chosen') visits.note(visit, 'Chose the device for requests');
      return home(c, `push-${answer.kind}`, parseReturnPath(form[returnField]));
    }),
  );

  // Where the proof leads to, so that nothing is forgotten by a link.
  routes.get(paths.forgetPush, (c) =>
    visited(c, paths.twoFactor, async (visit) => {
      const returnTo = parseReturnPath(c.req.query(returnField));
      if ((await needOf(c, visit)) !== 'nothing') return startAgain(c, returnTo);
      return respond(c, forgetPushPage(c.var.look, returnTo));
    }),
  );

  routes.post(paths.forgetPush, (c) =>
    visited(c, paths.twoFactor, async (visit) => {
      const returnTo = parseReturnPath((await readForm(c))[returnField]);
      const need = await needOf(c, visit);
      if (need !== 'nothing') return await stopFor(c, visit, { action: 'forget-push', returnTo }, need);
      if ((await push.forget(visit.session.username)) === 'forgotten') await visits.tell(visit, pushForgottenMessage);
      visits.note(visit, 'Forgot the device for requests');
      return home(c, 'push-forgotten', returnTo);
    }),
  );

  return routes;
}
