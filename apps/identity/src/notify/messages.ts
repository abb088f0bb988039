/**
 * What the house writes to people: what each message holds. Its words are in `messages.words.ts`. Addresses of pages come from
 * the configuration alone, never from a request: a mail must not lead where a forged host header says.
 */
import { fullMoment, span } from '@gatehouse/words/dates.ts';
import type { Say } from '@gatehouse/words/say.ts';
import { wordsIn } from './messages.words.ts';
import type { Message, Recipient } from './notifier.ts';
import { type Letter, renderHtml, renderText } from './render.ts';
import type { Templated } from './templates.ts';

/** What every message says about the moment it is written about. */
export type Occasion = {
  readonly to: Recipient;
  /** Canonical name of the account. */
  readonly username: string;
  /** Address of whoever asked. */
  readonly remoteAddress: string;
  readonly atMs: number;
  /** In the language of whoever gets it. */
  readonly say: Say;
};

export async function elevationCodeMessage(
  occasion: Occasion,
  about: { readonly code: string; readonly lifespanMs: number; readonly revokeUrl: URL },
): Promise<Message> {
  const { code: words } = wordsIn(occasion.say);
  return messageOf(occasion, {
    title: words.title,
    paragraphs: [words.what(occasion.username)],
    code: about.code,
    facts: [[words.goodFor, words.lifespan(span(occasion.say.language, about.lifespanMs))], ...factsOf(occasion)],
    warning: words.warning,
    link: { text: words.cancel, url: about.revokeUrl.href },
    templated: {
      name: 'IdentityVerificationOTC',
      values: {
        OneTimeCode: about.code,
        Domain: about.revokeUrl.hostname,
        RevocationLinkURL: about.revokeUrl.href,
        RevocationLinkText: words.cancel,
      },
    },
  });
}

export async function resetLinkMessage(
  occasion: Occasion,
  about: { readonly lifespanMs: number; readonly url: URL; readonly revokeUrl: URL },
): Promise<Message> {
  const { reset: words } = wordsIn(occasion.say);
  return messageOf(occasion, {
    title: words.title,
    paragraphs: [words.what(occasion.username)],
    button: { text: words.title, url: about.url.href },
    facts: [[words.goodFor, words.lifespan(span(occasion.say.language, about.lifespanMs))], ...factsOf(occasion)],
    warning: words.warning,
    link: { text: words.cancel, url: about.revokeUrl.href },
    templated: {
      name: 'IdentityVerificationJWT',
      values: {
        LinkURL: about.url.href,
        LinkText: words.title,
        Domain: about.url.hostname,
        RevocationLinkURL: about.revokeUrl.href,
        RevocationLinkText: words.cancel,
      },
    },
  });
}

export async function passwordChangedMessage(occasion: Occasion): Promise<Message> {
  const { title, what, warning } = wordsIn(occasion.say).passwordChanged;
  return messageOf(occasion, { title, paragraphs: [what(occasion.username)], facts: factsOf(occasion), warning });
}

export async function factorAddedMessage(occasion: Occasion): Promise<Message> {
  return changeMessage(occasion, wordsIn(occasion.say).codeAdded);
}

export async function factorRemovedMessage(occasion: Occasion): Promise<Message> {
  return changeMessage(occasion, wordsIn(occasion.say).codeRemoved);
}

export async function pushForgottenMessage(occasion: Occasion): Promise<Message> {
  return changeMessage(occasion, wordsIn(occasion.say).pushForgotten);
}

/** `name`: as its owner calls the key. */
export async function keyAddedMessage(occasion: Occasion, name: string): Promise<Message> {
  const words = wordsIn(occasion.say);
  return changeMessage(occasion, words.keyAdded, [[words.key, name]]);
}

export async function keyRemovedMessage(occasion: Occasion, name: string): Promise<Message> {
  const words = wordsIn(occasion.say);
  return changeMessage(occasion, words.keyRemoved, [[words.key, name]]);
}

export async function recoveryCodesMadeMessage(occasion: Occasion): Promise<Message> {
  return changeMessage(occasion, wordsIn(occasion.say).recoveryMade);
}

/** `left`: how many are not used yet. */
export async function recoveryCodeUsedMessage(occasion: Occasion, left: number): Promise<Message> {
  const words = wordsIn(occasion.say);
  return changeMessage(occasion, words.recoveryUsed, [[words.recoveryLeft, String(left)]]);
}

/** `browser`: in plain words, in the language of the mail. */
export async function newPlaceMessage(occasion: Occasion, browser: string): Promise<Message> {
  const words = wordsIn(occasion.say);
  return changeMessage(occasion, words.newPlace, [[words.browser, browser]]);
}

type Facts = Letter['facts'];

/** Of something that its owner should know of: a change of how they sign in, or a sign-in. */
function changeMessage(
  occasion: Occasion,
  { title, what }: { readonly title: string; readonly what: (username: string) => string },
  facts: Facts = [],
): Promise<Message> {
  const { ifNotYou: warning } = wordsIn(occasion.say);
  return messageOf(occasion, {
    title,
    paragraphs: [what(occasion.username)],
    facts: [...facts, ...factsOf(occasion)],
    warning,
  });
}

type Content = Omit<Letter, 'greeting' | 'language'> & {
  /** Absent: it tells of something that happened. */
  readonly templated?: Templated;
};

async function messageOf(occasion: Occasion, { templated, ...about }: Content): Promise<Message> {
  const { to, say, remoteAddress } = occasion;
  const letter: Letter = { ...about, greeting: wordsIn(say).greeting(to.name), language: say.language };
  const { name, values } = templated ?? eventOf(letter);
  return {
    to,
    title: letter.title,
    text: renderText(letter),
    html: await renderHtml(letter),
    templated: { name, values: { Title: letter.title, DisplayName: to.name, RemoteIP: remoteAddress, ...values } },
  };
}

/** Authelia's template puts an event between two halves of a sentence; here the sentence is whole. */
function eventOf({ title, paragraphs, facts }: Letter): Templated {
  const values = { BodyPrefix: paragraphs.join(' '), BodyEvent: title, BodySuffix: '', Domain: '' };
  return { name: 'Event', values: { ...values, Details: Object.fromEntries(facts) } };
}

function factsOf({ atMs, remoteAddress, say }: Occasion): Facts {
  const words = wordsIn(say);
  return [
    [words.when, fullMoment(say.language, atMs)],
    [words.from, remoteAddress],
  ];
}
