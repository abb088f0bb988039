/**
 * A forgotten password: a mail with a link, and a new password by whoever has the link. Nothing here tells whether a name
 * exists: the answer is one, and it goes out before anybody is looked for.
 */
import type { IncomingMessage } from 'node:http';
import type { PeerReader } from '@gatehouse/web/peer.ts';
import type { Say } from '@gatehouse/words/say.ts';
import { type Context, Hono } from 'hono';
import type { Directory, Identity } from '../directory/directory.ts';
import { passwordChangedMessage, resetLinkMessage } from '../notify/messages.ts';
import type { Notifier } from '../notify/notifier.ts';
import type { SayTo } from '../notify/say-to.ts';
import { errorPage } from '../pages/error.page.ts';
import { respond } from '../pages/respond.ts';
import type { AttemptLimit, AttemptLimiter } from '../regulation/limiter.ts';
import { networkOf } from '../regulation/network.ts';
import {
  askForLinkPage,
  linkRevokedPage,
  linkSentPage,
  newPasswordPage,
  passwordSetPage,
  revokeLinkPage,
} from './password.page.ts';
import { passwordPaths as paths } from './password.paths.ts';
import type { PasswordLog } from './password.route.ts';
import { wordsIn } from './password.words.ts';
import type { PasswordPolicy } from './password-policy.ts';
import { readForm } from './read-form.ts';
import type { ResetLinks } from './reset-links.ts';
import type { AccountEnv } from './visit.ts';

export type ResetParts = {
  /** In which language to write to somebody; `otherwise` where they have chosen none. */
  readonly sayTo: SayTo;
  readonly directory: Pick<Directory, 'find' | 'setPassword'>;
  readonly links: ResetLinks;
  readonly lifespanMs: number;
  readonly policy: PasswordPolicy;
  readonly notifier: Notifier;
  readonly limiter: AttemptLimiter;
  /** `server.endpoints.rate_limits.reset_password_start` and `_finish`, for each address. */
  readonly startLimits: readonly AttemptLimit[];
  readonly finishLimits: readonly AttemptLimit[];
  readonly peerOf: PeerReader;
  /** The portal that this request came to, from the configuration. */
  readonly portalOf: (req: IncomingMessage) => URL | undefined;
  readonly mayTypeEmail: boolean;
  readonly signInPath: string;
  readonly endSessions: (username: string, exceptId: string | undefined) => Promise<void>;
  readonly nowMs: () => number;
  readonly log: PasswordLog;
};

const minuteMs = 60_000;
/** Mails to one person, whoever asks for them. */
const mailLimit: AttemptLimit = { attemptsMax: 5, windowMs: 10 * minuteMs };

export function resetRoutes(parts: ResetParts): { readonly routes: Hono<AccountEnv>; settled(): Promise<void> } {
  const { links, policy, limiter, nowMs, log } = parts;
  const routes = new Hono<AccountEnv>();
  /** What goes on after the answer. */
  const underWay = new Set<Promise<void>>();

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
    const work = mailLink(c.var.look.say, login, address, portal).catch((cause: unknown) =>
      log.error({ err: cause }, 'A link for a new password could not be mailed'),
    );
    underWay.add(work);
    work.finally(() => underWay.delete(work));
    return c.redirect(paths.sent, 303);
  });

  routes.get(paths.sent, (c) => respond(c, linkSentPage(c.var.look, { signInPath: parts.signInPath })));

  routes.get(paths.set, async (c) => {
    const token = c.req.query('token') ?? '';
    const username = await links.find(token);
    if (username === undefined) return gone(c);
    return respond(
      c,
      newPasswordPage(c.var.look, { action: paths.set, token, username, rules: policy.rules(c.var.look.say) }),
    );
  });

  routes.post(paths.set, async (c) => {
    const { address } = parts.peerOf(c.env.incoming);
    const allowed = await limiter.charge(chargesOf('finish', parts.finishLimits, address));
    if (allowed.kind === 'limited') return tooMany(c, allowed.retryAtMs);
    const form = await readForm(c);
    const token = form.token ?? '';
    const username = await links.find(token);
    if (username === undefined) return gone(c);
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
    const found = await parts.directory.find(username);
    if (found.kind === 'unavailable') return unavailable(found.cause, token);
    if (found.kind === 'unknown') return gone(c);
    const fault = await policy.fault(c.var.look.say, fresh, found.identity);
    if (fault) return again(422, fault);

    if ((await links.redeem(token)) !== username) return gone(c);
    const answer = await parts.directory.setPassword(username, fresh);
    if (answer.kind === 'unknown') return gone(c);
    if (answer.kind === 'against-policy')
      return again(422, wordsIn(c.var.look.say).problems.againstPolicy, await links.again(username));
    if (answer.kind === 'unavailable') return unavailable(answer.cause, await links.again(username));
    await links.forget(username);
    await parts.endSessions(username, undefined);
    log.info({ username, remote_ip: address }, 'Set a new password by a mailed link');
    await tell(c.var.look.say, found.identity, address);
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
    await links.revoke((await readForm(c)).id ?? '');
    return respond(c, linkRevokedPage(c.var.look));
  });

  async function mailLink(asked: Say, login: string, address: string, portal: URL): Promise<void> {
    if (login === '') return;
    const found = await parts.directory.find(login);
    if (found.kind === 'unavailable') throw found.cause;
    const [mailbox] = found.kind === 'found' ? found.identity.emails : [];
    if (found.kind !== 'found' || mailbox === undefined) return;
    const { username, displayName } = found.identity;
    const allowed = await limiter.charge([{ bucket: `reset mail user ${username}`, limit: mailLimit }]);
    if (allowed.kind === 'limited') return;
    const { token, revokeId } = await links.issue(username);
    const say = await parts.sayTo(username, asked);
    const occasion = {
      to: { name: displayName, address: mailbox },
      username,
      remoteAddress: address,
      atMs: nowMs(),
      say,
    };
    const message = await resetLinkMessage(occasion, {
      lifespanMs: parts.lifespanMs,
      url: addressOn(portal, paths.set, { token }),
      revokeUrl: addressOn(portal, paths.revoke, { id: revokeId }),
    });
    await parts.notifier.send(message);
    log.info({ username, remote_ip: address }, 'Mailed a link for a new password');
  }

  async function tell(asked: Say, { username, displayName, emails }: Identity, address: string): Promise<void> {
    const [mailbox] = emails;
    if (mailbox === undefined) return;
    try {
      const say = await parts.sayTo(username, asked);
      const to = { name: displayName, address: mailbox };
      const occasion = { to, username, remoteAddress: address, atMs: nowMs(), say };
      await parts.notifier.send(await passwordChangedMessage(occasion));
    } catch (err) {
      log.error({ username, err }, 'A change of an account could not be mailed');
    }
  }

  function tooMany(c: Context<AccountEnv>, retryAtMs: number) {
    const seconds = Math.max(1, Math.ceil((retryAtMs - nowMs()) / 1000));
    c.header('Retry-After', String(seconds));
    const what = wordsIn(c.var.look.say).reset.limited.what(Math.ceil(seconds / 60));
    const page = { ...wordsIn(c.var.look.say).reset.limited, what, status: 429, code: 'too-many-attempts' };
    return respond(c, errorPage(c.var.look, page), { status: 429 });
  }

  function gone(c: Context<AccountEnv>) {
    const { gone: text, again } = wordsIn(c.var.look.say).reset;
    const page = { ...text, status: 410, code: 'reset-link-gone', back: { label: again, href: paths.ask } };
    return respond(c, errorPage(c.var.look, page), { status: 410 });
  }

  return {
    routes,
    async settled() {
      await Promise.all(underWay);
    },
  };
}

function chargesOf(what: string, limits: readonly AttemptLimit[], address: string) {
  return limits.map((limit) => ({ bucket: `reset ${what} address ${networkOf(address)}`, limit }));
}

function addressOn(portal: URL, path: string, query: Readonly<Record<string, string>>): URL {
  return new URL(`${path}?${new URLSearchParams(query)}`, portal);
}
