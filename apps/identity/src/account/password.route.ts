/**
 * Changing one's own password: proof as for every change of how somebody signs in, then the current password, which counts as
 * a try like any other, then the new one. Every other session ends unless the person keeps them.
 */
import { type Context, Hono } from 'hono';
import { passwordChangedMessage } from '../notify/messages.ts';
import type { Look } from '../pages/look.ts';
import { respond } from '../pages/respond.ts';
import type { CheckPassword } from '../sign-in/password/password.check.ts';
import type { NewPasswords } from './new-passwords.ts';
import { beginPage, type ChangePage, changedPage, changePasswordPage } from './password.page.ts';
import { passwordPaths as paths } from './password.paths.ts';
import { wordsIn } from './password.words.ts';
import { type PasswordPolicy, passwordCharactersMax } from './password-policy.ts';
import type { AccountNavigation } from './places.ts';
import { readForm } from './read-form.ts';
import type { ResetLinks } from './reset-links.ts';
import type { AccountEnv, Visit, Visits } from './visit.ts';

export type PasswordLog = {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
};

export type PasswordParts = {
  readonly log: PasswordLog;
  readonly checkPassword: CheckPassword;
  readonly policy: PasswordPolicy;
  readonly navigation: AccountNavigation;
  readonly links: Pick<ResetLinks, 'forget'>;
  readonly newPasswords: Pick<NewPasswords, 'set'>;
};

const intent = { action: 'password', returnTo: undefined } as const;

/** By a link of ours, or by typing the address: no page of others sent them here, to have mails sent (Fetch Metadata). */
function cameByThemselves(c: Context<AccountEnv>): boolean {
  return ['same-origin', 'none'].includes(c.req.header('sec-fetch-site') ?? '');
}

export function passwordRoutes(parts: PasswordParts, visits: Visits): Hono<AccountEnv> {
  const { policy } = parts;
  const routes = new Hono<AccountEnv>();

  function page(look: Look, visit: Visit, problem: Pick<ChangePage, 'problem' | 'wrongField'>) {
    const { username } = visit.session;
    const navigation = parts.navigation(look, 'password');
    return changePasswordPage(look, {
      navigation,
      action: paths.change,
      username,
      rules: policy.rules(look.say),
      ...problem,
    });
  }

  routes.get(paths.change, (c) =>
    visits.visited(c, paths.change, async (visit) => {
      const need = await visits.needOf(c, visit);
      if (need === 'nothing') return respond(c, page(c.var.look, visit, {}));
      if (need !== 'mailbox' || cameByThemselves(c)) return visits.stopFor(c, visit, intent, need);
      const { look } = c.var;
      const navigation = parts.navigation(look, 'password');
      return respond(c, beginPage(look, { navigation, action: paths.begin, username: visit.session.username }));
    }),
  );

  routes.post(paths.begin, (c) =>
    visits.visited(c, paths.change, async (visit) => {
      const need = await visits.needOf(c, visit);
      return need === 'nothing' ? c.redirect(paths.change, 303) : visits.stopFor(c, visit, intent, need);
    }),
  );

  routes.post(paths.change, (c) =>
    visits.visited(c, paths.change, async (visit) => {
      if ((await visits.needOf(c, visit)) !== 'nothing') return c.redirect(paths.change, 303);
      const form = await readForm(c);
      const { look } = c.var;
      const { problems } = wordsIn(look.say);
      const { identity, session, address } = visit;
      const { username } = session;
      const fresh = form.new ?? '';
      const again = (status: number, problem: string, wrongField?: ChangePage['wrongField']) =>
        respond(c, page(look, visit, { problem, ...(wrongField && { wrongField }) }), { status });

      // Before the current password is tried: a slip of the finger costs no try.
      if (fresh !== form.again) return again(422, problems.unequal, 'new');
      const current = (form.password ?? '').slice(0, passwordCharactersMax);
      const checked = await parts.checkPassword({ login: username, password: current, address });
      if (checked.kind === 'limited') return visits.tooMany(c, checked.retryAtMs, 'password');
      if (checked.kind === 'unavailable') return unavailable(checked.cause);
      if (checked.kind === 'refused') return again(403, problems.wrong, 'current');
      if (fresh === current) return again(422, problems.same, 'new');
      const fault = await policy.fault(look.say, fresh, identity);
      if (fault) return again(422, fault, 'new');

      const everywhere = form.everywhere === 'true';
      const change = { username, password: fresh, current, remoteAddress: address };
      const answer = await parts.newPasswords.set(
        { ...change, ...(everywhere && { endSessions: { exceptId: session.id } }) },
        () => parts.links.forget(username),
      );
      if (answer.kind === 'refused') return again(403, problems.wrong, 'current');
      if (answer.kind === 'against-policy') return again(422, problems.againstPolicy, 'new');
      if (answer.kind === 'unavailable') return unavailable(answer.cause);
      if (answer.kind === 'unknown') return visits.toSignIn(c, paths.change, undefined);
      parts.log.info({ username, remote_ip: address }, 'Changed their password');
      await visits.tell(visit, passwordChangedMessage);
      return c.redirect(`${paths.changed}${everywhere ? '?everywhere=yes' : ''}`, 303);

      function unavailable(cause: unknown) {
        parts.log.error({ err: cause }, 'A password could not be changed');
        return again(503, problems.unavailable);
      }
    }),
  );

  routes.get(paths.changed, (c) =>
    visits.visited(c, paths.change, async () =>
      respond(c, changedPage(c.var.look, { endedOthers: c.req.query('everywhere') !== undefined })),
    ),
  );

  return routes;
}
