/**
 * The pages where people make recovery codes, below `/settings/two-factor`. Making them needs what `elevation.policy.ts` says
 * and is mailed. The codes are in one answer and nowhere else; the file is made of what that page sends back.
 */
import { Hono } from 'hono';
import { recoveryCodesMadeMessage } from '../notify/messages.ts';
import { respond } from '../pages/respond.ts';
import { codesMade, parseCode } from '../sign-in/recovery/recovery.code.ts';
import type { Recovery } from '../sign-in/recovery/recovery.ts';
import type { SecondFactors } from '../sign-in/second-factors.ts';
import { nextAfterProof, paths, returnField } from './account.paths.ts';
import { intentOf, readForm } from './read-form.ts';
import { makeRecoveryPage, recoveryCodesPage } from './recovery.page.ts';
import { wordsIn } from './recovery.words.ts';
import { parseReturnPath } from './return-path.ts';
import type { AccountEnv, Visits } from './visit.ts';

export type RecoveryParts = {
  readonly recovery: Recovery;
  readonly secondFactors: Pick<SecondFactors, 'hasAny'>;
};

export function recoveryRoutes(parts: RecoveryParts, visits: Visits): Hono<AccountEnv> {
  const { recovery, secondFactors } = parts;
  const { visited, needOf, stopFor, startAgain, tell, note } = visits;
  const routes = new Hono<AccountEnv>();

  routes.post(paths.recovery, (c) =>
    visited(c, paths.twoFactor, async (visit) => {
      const intent = { ...intentOf(await readForm(c)), action: 'recovery' as const };
      const need = await needOf(c, visit);
      return need === 'nothing' ? c.redirect(nextAfterProof(intent), 303) : await stopFor(c, visit, intent, need);
    }),
  );

  routes.get(paths.makeRecovery, (c) =>
    visited(c, paths.twoFactor, async (visit) => {
      const { username } = visit.session;
      const returnTo = parseReturnPath(c.req.query(returnField));
      if ((await needOf(c, visit)) !== 'nothing' || !(await secondFactors.hasAny(username)))
        return startAgain(c, returnTo);
      const hasSome = (await recovery.stateOf(username)) !== undefined;
      return respond(c, makeRecoveryPage(c.var.look, { hasSome, returnTo }));
    }),
  );

  routes.post(paths.makeRecovery, (c) =>
    visited(c, paths.twoFactor, async (visit) => {
      const { username } = visit.session;
      const returnTo = parseReturnPath((await readForm(c))[returnField]);
      if ((await needOf(c, visit)) !== 'nothing' || !(await secondFactors.hasAny(username)))
        return startAgain(c, returnTo);
      const codes = await recovery.make(username);
      note(visit, 'Made recovery codes');
      await tell(visit, recoveryCodesMadeMessage);
      return respond(c, recoveryCodesPage(c.var.look, { codes, username, returnTo }));
    }),
  );

  routes.post(paths.keepRecovery, (c) =>
    visited(c, paths.twoFactor, async ({ session: { username } }) => {
      const { look } = c.var;
      const { file } = wordsIn(look.say);
      const sent = ((await readForm(c)).codes ?? '').split(' ').slice(0, codesMade);
      const codes = sent.flatMap((code) => parseCode(code) ?? []);
      const lines = [file.head(look.product, username), '', ...codes, '', file.foot, ''];
      c.header('Content-Disposition', `attachment; filename="recovery-codes.txt"`);
      return c.text(lines.join('\n'));
    }),
  );

  return routes;
}
