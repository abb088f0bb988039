/**
 * What the house writes to people, and its words. Addresses of pages come from the configuration alone, never from a
 * request: a mail must not lead where a forged host header says.
 */
import type { Message, Recipient } from './notifier.ts';
import { type Letter, renderHtml, renderText } from './render.ts';

/** What every message says about the moment it is written about. */
export type Occasion = {
  readonly to: Recipient;
  /** Canonical name of the account. */
  readonly username: string;
  /** Address of whoever asked. */
  readonly remoteAddress: string;
  readonly atMs: number;
};

export async function elevationCodeMessage(
  occasion: Occasion,
  about: { readonly code: string; readonly lifespanMs: number; readonly revokeUrl: URL },
): Promise<Message> {
  return messageOf(occasion, {
    title: 'Your code to change how you sign in',
    paragraphs: [
      `Someone who is signed in as ${occasion.username} wants to change how this account signs in. If that is you, type this code on the page that asked for it:`,
    ],
    code: about.code,
    facts: [
      ['Good for', `${wordsOfDuration(about.lifespanMs)}, once, and only from where it was asked for`],
      ...factsOf(occasion),
    ],
    warning: 'If it was not you, somebody else knows your password. Cancel this code and change your password.',
    link: { text: 'Cancel this code', url: about.revokeUrl.href },
  });
}

export async function resetLinkMessage(
  occasion: Occasion,
  about: { readonly lifespanMs: number; readonly url: URL; readonly revokeUrl: URL },
): Promise<Message> {
  return messageOf(occasion, {
    title: 'Set a new password',
    paragraphs: [`Someone asked for a new password of ${occasion.username}. If that was you, open this page:`],
    button: { text: 'Set a new password', url: about.url.href },
    facts: [['Good for', `${wordsOfDuration(about.lifespanMs)}, once`], ...factsOf(occasion)],
    warning: 'If it was not you, nothing has changed and you need do nothing. You may cancel the link.',
    link: { text: 'Cancel the link', url: about.revokeUrl.href },
  });
}

export async function passwordChangedMessage(occasion: Occasion): Promise<Message> {
  return messageOf(occasion, {
    title: 'Your password was changed',
    paragraphs: [`From now on ${occasion.username} signs in with the new password.`],
    facts: factsOf(occasion),
    warning: 'If it was not you, set a new password now and tell your administrator.',
  });
}

export async function factorAddedMessage(occasion: Occasion): Promise<Message> {
  return messageOf(occasion, {
    title: 'A one-time code was added to your account',
    paragraphs: [
      `From now on ${occasion.username} can sign in with a code from an authenticator app beside the password.`,
    ],
    facts: factsOf(occasion),
    warning: 'If it was not you, change your password now and tell your administrator.',
  });
}

export async function factorRemovedMessage(occasion: Occasion): Promise<Message> {
  return messageOf(occasion, {
    title: 'The one-time code was removed from your account',
    paragraphs: [`Codes from the authenticator app no longer work for ${occasion.username}.`],
    facts: factsOf(occasion),
    warning: 'If it was not you, change your password now and tell your administrator.',
  });
}

/** `name`: as its owner calls the key. */
export async function keyAddedMessage(occasion: Occasion, name: string): Promise<Message> {
  return messageOf(occasion, {
    title: 'A security key was added to your account',
    paragraphs: [`From now on ${occasion.username} can sign in with this security key or passkey.`],
    facts: [['Key', name], ...factsOf(occasion)],
    warning: 'If it was not you, change your password now and tell your administrator.',
  });
}

export async function keyRemovedMessage(occasion: Occasion, name: string): Promise<Message> {
  return messageOf(occasion, {
    title: 'A security key was removed from your account',
    paragraphs: [`This security key or passkey no longer works for ${occasion.username}.`],
    facts: [['Key', name], ...factsOf(occasion)],
    warning: 'If it was not you, change your password now and tell your administrator.',
  });
}

async function messageOf({ to }: Occasion, about: Omit<Letter, 'name'>): Promise<Message> {
  const letter: Letter = { ...about, name: to.name };
  return { to, title: letter.title, text: renderText(letter), html: await renderHtml(letter) };
}

function factsOf({ atMs, remoteAddress }: Occasion): (readonly [string, string])[] {
  return [
    ['When', wordsOfTime(atMs)],
    ['From address', remoteAddress],
  ];
}

const timeFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' });

function wordsOfTime(atMs: number): string {
  return `${timeFormat.format(atMs)} UTC`;
}

function wordsOfDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const [count, unit] = seconds % 60 === 0 ? [seconds / 60, 'minute'] : [seconds, 'second'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
