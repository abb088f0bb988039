/**
 * What a sign-in brings along of how the portal looks and speaks: the person's own choice, or none of somebody else's who was
 * here before; and in which language the house writes to them.
 */
import type { IncomingMessage } from 'node:http';
import type { SayTo } from '../notify/say-to.ts';
import type { AppearanceStore } from './appearance.store.ts';
import { readChoice, writeChoice } from './choice.ts';
import type { Languages } from './languages.ts';

/** The `Set-Cookie` of a sign-in, where there is something to change. */
export type Welcome = (req: IncomingMessage, username: string) => Promise<string | undefined>;

export function openWelcome(choices: AppearanceStore, isSecure: (req: IncomingMessage) => boolean): Welcome {
  return async function welcome(req, username) {
    const stored = await choices.of(username);
    if (stored) return writeChoice({ ...stored, account: true }, isSecure(req));
    return readChoice(req.headers.cookie).account ? writeChoice({}, isSecure(req)) : undefined;
  };
}

export function openSayTo(choices: AppearanceStore, languages: Languages): SayTo {
  return async function sayTo(username, otherwise) {
    const language = (await choices.of(username))?.language;
    return language !== undefined && languages.offered.includes(language) ? languages.sayIn(language) : otherwise;
  };
}
