/**
 * A forgotten password: a mail with a link, and a new password by whoever has the link. Nothing here tells whether a name
 * exists: the answer is one, and it has left before anybody is looked for.
 */
import type { IncomingMessage } from 'node:http';
import type { PeerReader } from '@gatehouse/web/peer.ts';
import { type Context, Hono } from 'hono';
import { answered } from '../after-answer.ts';
import type { Afterwards } from '../afterwards.ts';
import type { Directory } from '../directory/directory.ts';
import { passwordChangedMessage } from '../notify/messages.ts';
import type { TellOwner } from '../notify/tell-owner.ts';
import { errorPage } from '../pages/error.page.ts';
import { respond } from '../pages/respond.ts';
import type { AttemptLimit } from '../regulation/limiter.ts';
import { networkOf } from '../regulation/network.ts';
import type { NewPasswords } from './new-passwords.ts';
import {
  askForLinkPage,
  linkRevokedPage,
  linkSentPage,
  newPasswordPage,
  passwordSetPage,
  revokeLinkPage,
} from './password.page.ts';
import { passwordPaths as paths } from './password.paths.ts';
import { wordsIn } from './password.words.ts';
import type { PasswordPolicy } from './password-policy.ts';
import { readForm } from './read-form.ts';
import { holderOf } from './reset-holder.ts';
import type { ResetLinks } from './reset-links.ts';
import { openResetMail, type ResetAsked, type ResetMailParts } from './reset-mail.ts';
import type { AccountEnv } from './visit.ts';

export type ResetParts = Omit<ResetMailParts, 'notifier'> & {
  readonly directory: Pick<Directory, 'find' | 'passwordMark'>;
  readonly links: ResetLinks;
  readonly policy: PasswordPolicy;
  /** `server.endpoints.rate_limits.reset_password_start` and `_finish`, for each address. */
  readonly startLimits: readonly AttemptLimit[];
  readonly finishLimits: readonly AttemptLimit[];
  readonly peerOf: PeerReader;
  /** The portal that this request came to, from the configuration. */
  readonly portalOf: (req: IncomingMessage) => URL | undefined;
  readonly mayTypeEmail: boolean;
  readonly afterwards: Pick<Afterwards, 'background' | 'tryAgain' | 'directory' | 'notifier'>;
  readonly tellOwner: TellOwner;
  readonly signInPath: string;
  readonly newPasswords: Pick<NewPasswords, 'set'>;
};

export function resetRoutes(parts: ResetParts): Hono<AccountEnv> {
  const { links, policy, limiter, afterwards, nowMs, log } = parts;
  const routes = new Hono<AccountEnv>();
  const openMail = openResetMail({ ...parts, directory: afterwards.directory, notifier: afterwards.notifier });

  /** Whoever asked has read that a mail comes, and may not know of an outage. */
  async function mailInTheEnd(asked: ResetAsked): Promise<void> {
    try {
      await afterwards.tryAgain.run(openMail(asked), (err, again_in_ms) =>
        log.error({ err, again_in_ms }, 'A link for a new password could not be mailed yet'),
      );
    } catch (err) {
      log.error({ err }, 'A link for a new password could not be mailed');
    }
  }

  /** Whoever guesses links opens, uses or cancels them: one limit for the three, as in Authelia. A good link is given back. */
  function chargeFinish(c: Context<AccountEnv>) {
    const { address } = parts.peerOf(c.env.incoming);
    return limiter.charge(chargesOf('finish', parts.finishLimits, address));
  }

  routes.get(paths.ask, (c) =>
    respond(
      c,
      askForLinkPage(c.var.look, { action: paths.ask, mayTypeEmail: parts.mayTypeEmail, signInPath: parts.signInPath }),
    ),
  );

  routes.post(paths.ask, async (c) => {
    const { address } = parts.peerOf(c.env.incoming);
    const allowed = await limiter.charge(chargesOf('start', parts.startLimits, address));
    if (allowed.kind === 'limited') return tooMany(c, allowed.retryAtMs);
    const portal = parts.portalOf(c.env.incoming);
    if (!portal) throw new TypeError('pages are shown on the names of portals only');
    const login = ((await readForm(c)).username ?? '').trim();
    afterwards.background.run(async () => {
      await answered(c.env.outgoing);
      await mailInTheEnd({ login, address, portal, say: c.var.look.say });
    });
    return c.redirect(paths.sent, 303);
  });

  routes.get(paths.sent, (c) => respond(c, linkSentPage(c.var.look, { signInPath: parts.signInPath })));

  routes.get(paths.set, async (c) => {
    const allowed = await chargeFinish(c);
    if (allowed.kind === 'limited') return tooMany(c, allowed.retryAtMs);
    const token = c.req.query('token') ?? '';
    const madeFor = await links.find(token);
    if (!madeFor) return gone(c);
    await allowed.giveBack();
    const holder = await holderOf(parts.directory, madeFor);
    if (holder.kind === 'gone') return gone(c);
    if (holder.kind === 'unavailable') return down(c, holder.cause);
    const { username } = madeFor;
    return respond(
      c,
      newPasswordPage(c.var.look, { action: paths.set, token, username, rules: policy.rules(c.var.look.say) }),
    );
  });

  routes.post(paths.set, async (c) => {
    const allowed = await chargeFinish(c);
    if (allowed.kind === 'limited') return tooMany(c, allowed.retryAtMs);
    const { address } = parts.peerOf(c.env.incoming);
    const form = await readForm(c);
    const token = form.token ?? '';
    const madeFor = await links.find(token);
    if (!madeFor) return gone(c);
    await allowed.giveBack();
    const { username } = madeFor;
    const again = (status: number, problem: string, next = token) =>
      respond(
        c,
        newPasswordPage(c.var.look, {
          action: paths.set,
          token: next,
          username,
          rules: policy.rules(c.var.look.say),
          problem,
        }),
        {
          status,
        },
      );
    const fresh = form.new ?? '';
    if (fresh !== form.again) return again(422, wordsIn(c.var.look.say).problems.unequal);
    const holder = await holderOf(parts.directory, madeFor);
    if (holder.kind === 'unavailable') return unavailable(holder.cause, token);
    if (holder.kind === 'gone') return gone(c);
    const fault = await policy.fault(c.var.look.say, fresh, holder.identity);
    if (fault) return again(422, fault);

    if (!(await links.redeem(token))) return gone(c);
    const answer = await parts.newPasswords.set(
      { username, password: fresh, endSessions: { exceptId: undefined }, remoteAddress: address },
      () => links.forget(username),
    );
    if (answer.kind === 'unknown' || answer.kind === 'refused') return gone(c);
    if (answer.kind === 'against-policy')
      return again(422, wordsIn(c.var.look.say).problems.againstPolicy, await links.again(madeFor));
    if (answer.kind === 'unavailable') return unavailable(answer.cause, await links.again(madeFor));
    log.info({ username, remote_ip: address }, 'Set a new password by a mailed link');
    const about = { remoteAddress: address, say: c.var.look.say };
    await parts.tellOwner(holder.identity, about, passwordChangedMessage).firstTry;
    return c.redirect(paths.done, 303);

    function unavailable(cause: unknown, next: string) {
      log.error({ err: cause }, 'A password could not be changed');
      return again(503, wordsIn(c.var.look.say).problems.unavailable, next);
    }
  });

  routes.get(paths.done, (c) => respond(c, passwordSetPage(c.var.look, { signInPath: parts.signInPath })));

  // Not on GET, which mail programs call by themselves.
  routes.get(paths.revoke, (c) =>
    respond(c, revokeLinkPage(c.var.look, { action: paths.revoke, id: c.req.query('id') ?? '' })),
  );
  routes.post(paths.revoke, async (c) => {
    const allowed = await chargeFinish(c);
    if (allowed.kind === 'limited') return tooMany(c, allowed.retryAtMs);
    if (await links.revoke((await readForm(c)).id ?? '')) await allowed.giveBack();
    return respond(c, linkRevokedPage(c.var.look));
  });

  function tooMany(c: Context<AccountEnv>, retryAtMs: number) {
    const seconds = Math.max(1, Math.ceil((retryAtMs - nowMs()) / 1000));
    c.header('Retry-After', String(seconds));
    const { limited, back: label } = wordsIn(c.var.look.say).reset;
    const what = limited.what(Math.ceil(seconds / 60));
    const back = { label, href: parts.signInPath };
    const page = { ...limited, what, status: 429, code: 'too-many-attempts', back };
    return respond(c, errorPage(c.var.look, page), { status: 429 });
  }

  function gone(c: Context<AccountEnv>) {
    const { gone: text, again } = wordsIn(c.var.look.say).reset;
    const page = { ...text, status: 410, code: 'reset-link-gone', back: { label: again, href: paths.ask } };
    return respond(c, errorPage(c.var.look, page), { status: 410 });
  }

  function down(c: Context<AccountEnv>, cause: unknown) {
    log.error({ err: cause }, 'A page for a new password could not be shown');
    const { down: text, tryAgain } = wordsIn(c.var.look.say).reset;
    const back = {
      label: tryAgain,
      href: `${paths.set}?${new URLSearchParams({ token: c.req.query('token') ?? '' })}`,
    };
    const page = { ...text, status: 503, code: 'directory-unavailable', back };
    return respond(c, errorPage(c.var.look, page), { status: 503 });
  }

  return routes;
}

function chargesOf(what: string, limits: readonly AttemptLimit[], address: string) {
  return limits.map((limit) => ({ bucket: `reset ${what} address ${networkOf(address)}`, limit }));
}
