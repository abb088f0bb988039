/**
 * The pages where people look after their security keys and passkeys, below `/settings/two-factor`, and say which second
 * factor they like best. Every change to a key needs what `elevation.policy.ts` says, and adding and removing are mailed.
 */
import { type Context, Hono } from 'hono';
import { keyAddedMessage, keyRemovedMessage } from '../notify/messages.ts';
import { respond } from '../pages/respond.ts';
import type { Sessions } from '../session/sessions.ts';
import type { Recovery } from '../sign-in/recovery/recovery.ts';
import { methods, type SecondFactors } from '../sign-in/second-factors.ts';
import { portalAt } from '../sign-in/webauthn/browser-options.ts';
import { readAnswer } from '../sign-in/webauthn/problem.ts';
import type { AddAnswer, Webauthn } from '../sign-in/webauthn/webauthn.ts';
import { wordsIn as keyWordsIn } from '../sign-in/webauthn/webauthn.words.ts';
import { nextAfterProof, paths, pathWith, returnField } from './account.paths.ts';
import { changeKeyPage, nameCharactersMax, newKeyPage } from './key.page.ts';
import { wordsIn } from './key.words.ts';
import { type Form, intentOf, readForm } from './read-form.ts';
import { parseReturnPath } from './return-path.ts';
import { donePage } from './two-factor.page.ts';
import type { AccountEnv, Visit, Visits } from './visit.ts';

export type KeyParts = {
  readonly keyScriptPath: string;
  readonly sessions: Pick<Sessions, 'rulesFor'>;
  readonly webauthn: Webauthn;
  readonly secondFactors: SecondFactors;
  readonly recovery: Pick<Recovery, 'stateOf'>;
};

export function keyRoutes(parts: KeyParts, visits: Visits): Hono<AccountEnv> {
  const { webauthn, secondFactors, keyScriptPath: script } = parts;
  const { visited, needOf, stopFor, tell, startAgain, portalOf } = visits;
  const routes = new Hono<AccountEnv>();
  const isOffered = secondFactors.offered.includes('webauthn');
  const returnOf = (form: Form) => parseReturnPath(form[returnField]);
  const placeAt = (c: Context<AccountEnv>) => ({ place: paths.newKey, portal: portalAt(portalOf(c).origin) });
  const allowed = async (c: Context<AccountEnv>, visit: Visit) => isOffered && (await needOf(c, visit)) === 'nothing';

  routes.post(paths.key, (c) =>
    visited(c, paths.twoFactor, async (visit) => {
      const intent = intentOf(await readForm(c));
      const need = await needOf(c, visit);
      return need === 'nothing' ? c.redirect(nextAfterProof(intent), 303) : await stopFor(c, visit, intent, need);
    }),
  );

  const showNew = (c: Context<AccountEnv>, form: Form, problem?: string, status = 200) => {
    const about = { script, name: nameOf(form), returnTo: returnOf(form), ...(problem !== undefined && { problem }) };
    return respond(c, newKeyPage(c.var.look, about), { status, script: true });
  };

  routes.get(paths.newKey, (c) =>
    visited(c, paths.twoFactor, async (visit) => {
      const form = { [returnField]: c.req.query(returnField) };
      return (await allowed(c, visit)) ? showNew(c, form) : startAgain(c, returnOf(form));
    }),
  );

  routes.post(paths.newKeyBegin, (c) =>
    visited(c, paths.twoFactor, async (visit) => {
      if (!(await allowed(c, visit))) return c.json({ code: 'not_allowed' }, 403);
      return c.json(await webauthn.askToAdd(visit.identity, visit.session.id, placeAt(c)));
    }),
  );

  routes.post(paths.newKey, (c) =>
    visited(c, paths.twoFactor, async (visit) => {
      const form = await readForm(c);
      if (!(await allowed(c, visit))) return startAgain(c, returnOf(form));
      const name = nameOf(form);
      if (name === '') return showNew(c, form, wordsIn(c.var.look.say).add.empty, 422);
      const sent = readAnswer(form);
      if (!sent) return showNew(c, form, keyWordsIn(c.var.look.say).noScript(false), 422);
      const answer = await webauthn.add(visit.identity, visit.session.id, placeAt(c), name, sent);
      if (answer.kind !== 'added') {
        const problem = wordsIn(c.var.look.say).add[answer.kind === 'not-allowed' ? answer.rule : answer.kind];
        return showNew(c, form, problem, statusOf(answer));
      }
      await tell(visit, (occasion) => keyAddedMessage(occasion, name));
      return c.redirect(pathWith(paths.keyDone, { [returnField]: returnOf(form) }), 303);
    }),
  );

  routes.get(paths.keyDone, (c) =>
    visited(c, paths.twoFactor, async ({ session }) => {
      const recovery = await parts.recovery.stateOf(session.username);
      const returnTo = parseReturnPath(c.req.query(returnField));
      return respond(c, donePage(c.var.look, wordsIn(c.var.look.say).done, { recovery, returnTo }));
    }),
  );

  /** The person's own key, if they may change it now. */
  async function ownKey(c: Context<AccountEnv>, visit: Visit, id: string | undefined) {
    if (!(await allowed(c, visit))) return undefined;
    const keys = await webauthn.listOf(visit.session.username, placeAt(c).portal.rpId);
    return keys.find((key) => key.id === id);
  }

  routes.get(paths.changeKey, (c) =>
    visited(c, paths.twoFactor, async (visit) => {
      const returnTo = parseReturnPath(c.req.query(returnField));
      const key = await ownKey(c, visit, c.req.query('key'));
      return key ? respond(c, changeKeyPage(c.var.look, { key, returnTo })) : startAgain(c, returnTo);
    }),
  );

  routes.post(paths.renameKey, (c) =>
    visited(c, paths.twoFactor, async (visit) => {
      const form = await readForm(c);
      const returnTo = returnOf(form);
      const key = await ownKey(c, visit, form.key);
      if (!key) return startAgain(c, returnTo);
      const name = nameOf(form);
      const answer = name === '' ? 'empty' : await webauthn.rename(visit.session.username, key.id, name);
      if (answer === 'missing') return startAgain(c, returnTo);
      if (answer !== 'renamed')
        return respond(c, changeKeyPage(c.var.look, { key, returnTo, problem: wordsIn(c.var.look.say).add[answer] }), {
          status: 409,
        });
      return c.redirect(pathWith(paths.twoFactor, { notice: 'key-renamed', [returnField]: returnTo }), 303);
    }),
  );

  routes.post(paths.removeKey, (c) =>
    visited(c, paths.twoFactor, async (visit) => {
      const form = await readForm(c);
      const key = await ownKey(c, visit, form.key);
      if (!key) return startAgain(c, returnOf(form));
      if ((await webauthn.remove(visit.session.username, key.id)) === 'removed')
        await tell(visit, (occasion) => keyRemovedMessage(occasion, key.name));
      return c.redirect(pathWith(paths.twoFactor, { notice: 'key-removed', [returnField]: returnOf(form) }), 303);
    }),
  );

  routes.post(paths.preferred, (c) =>
    visited(c, paths.twoFactor, async ({ session }) => {
      const form = await readForm(c);
      const method = methods.find((each) => each === form.method && secondFactors.offered.includes(each));
      if (method) await secondFactors.prefer(session.username, method);
      const notice = method && 'preferred';
      return c.redirect(pathWith(paths.twoFactor, { notice, [returnField]: returnOf(form) }), 303);
    }),
  );

  return routes;
}

function statusOf({ kind }: Exclude<AddAnswer, { kind: 'added' }>): number {
  if (kind === 'unavailable') return 503;
  return kind === 'known' || kind === 'name-taken' ? 409 : 403;
}

/** What people may call a key: one line, as much as is kept. */
function nameOf(form: Form): string {
  const line = (form.name ?? '').replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return [...line].slice(0, nameCharactersMax).join('');
}
