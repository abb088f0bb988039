/**
 * The mail that leads to a new password. For a name that nobody has, and for somebody without a mailbox, everything is done as
 * for the others, the link and the letter included, but that the letter goes nowhere: whoever watches how busy the house is
 * after their answer learns little. It knows no requests.
 */
import { randomBytes } from 'node:crypto';
import type { Say } from '@gatehouse/words/say.ts';
import type { Directory } from '../directory/directory.ts';
import { resetLinkMessage } from '../notify/messages.ts';
import type { Notifier } from '../notify/notifier.ts';
import type { SayTo } from '../notify/say-to.ts';
import type { AttemptLimit, AttemptLimiter } from '../regulation/limiter.ts';
import { openUnknownNames } from '../regulation/unknown-names.ts';
import { mailboxDigest } from './mailbox-digest.ts';
import { passwordPaths as paths } from './password.paths.ts';
import type { PasswordLog } from './password.route.ts';
import type { ResetLinks } from './reset-links.ts';

export type ResetMailParts = {
  /** In which language to write to somebody; `otherwise` where they have chosen none. */
  readonly sayTo: SayTo;
  readonly directory: Pick<Directory, 'find' | 'passwordMark'>;
  readonly links: Pick<ResetLinks, 'request' | 'isOver' | 'issue'>;
  readonly lifespanMs: number;
  readonly notifier: Pick<Notifier, 'send'>;
  readonly limiter: AttemptLimiter;
  readonly nowMs: () => number;
  readonly log: PasswordLog;
};

/** Somebody asks, from `address`, at this portal, for a link for whoever is meant by `login`. */
export type ResetAsked = {
  readonly login: string;
  readonly address: string;
  readonly portal: URL;
  readonly say: Say;
};

type Addressee = {
  readonly username: string;
  readonly displayName: string;
  /** Absent: there is nobody to write to. */
  readonly mailbox: string | undefined;
};

const minuteMs = 60_000;
/** Mails to one person, whoever asks for them. */
const mailLimit: AttemptLimit = { attemptsMax: 5, windowMs: 10 * minuteMs };
/** RFC 2606: no letter that is written to it can arrive. */
const nowhere = 'nobody@gatehouse.invalid';

/**
 * A call of what it answers mails a link, and rejects when the directory or the mail server cannot be used; called again, it
 * mails one unless its person asked for a later one meanwhile, has used or cancelled theirs, or has another password.
 */
export function openResetMail(parts: ResetMailParts): (asked: ResetAsked) => (isRepeat: boolean) => Promise<void> {
  const { directory, links, limiter, nowMs, log } = parts;
  const unknownName = openUnknownNames(randomBytes(32));

  async function addresseeOf(login: string): Promise<Addressee> {
    const found = await directory.find(login);
    if (found.kind === 'unavailable') throw found.cause;
    const [mailbox] = found.kind === 'found' ? found.identity.emails : [];
    if (found.kind === 'found' && mailbox !== undefined) return { ...found.identity, mailbox };
    const username = unknownName(login);
    return { username, displayName: username, mailbox: undefined };
  }

  async function isAllowed(username: string): Promise<boolean> {
    return (await limiter.charge([{ bucket: `reset mail user ${username}`, limit: mailLimit }])).kind !== 'limited';
  }

  return function openMail({ login, address, portal, say: asked }) {
    const request = links.request();
    let isCharged = false;
    let markBefore: string | undefined;

    return async function mail(isRepeat) {
      if (login === '') return;
      const { username, displayName, mailbox } = await addresseeOf(login);
      if (isRepeat && (await links.isOver(username, request))) return;
      if (!isCharged && !(await isAllowed(username))) return;
      isCharged = true;
      const password = await directory.passwordMark(username);
      if (password.kind === 'unavailable') throw password.cause;
      const passwordMark = password.kind === 'found' ? password.mark : '';
      if (markBefore !== undefined && markBefore !== passwordMark) return;
      markBefore = passwordMark;
      const madeFor = { username, mailbox: mailboxDigest(mailbox ?? nowhere), passwordMark };
      const { token, revokeId } = await links.issue(madeFor, request);
      const occasion = {
        to: { name: displayName, address: mailbox ?? nowhere },
        username,
        remoteAddress: address,
        atMs: nowMs(),
        say: await parts.sayTo(username, asked),
      };
      const message = await resetLinkMessage(occasion, {
        lifespanMs: parts.lifespanMs,
        url: addressOn(portal, paths.set, { token }),
        revokeUrl: addressOn(portal, paths.revoke, { id: revokeId }),
      });
      if (mailbox === undefined || password.kind === 'unknown') return;
      await parts.notifier.send(message);
      log.info({ username, remote_ip: address }, 'Mailed a link for a new password');
    };
  };
}

function addressOn(portal: URL, path: string, query: Readonly<Record<string, string>>): URL {
  return new URL(`${path}?${new URLSearchParams(query)}`, portal);
}
