/** What the page of the applications of an account says. */
import { wording } from '@gatehouse/words/say.ts';

export const wordsIn = wording((say) => ({
  title: say('Applications'),
  heading: say('What applications may see'),
  sub: say('Those that you allowed to go on without asking again, and those that stay connected while you are away.'),
  none: say('None. An application appears here when you allow it and choose not to be asked again.'),
  since: (when: string) => say('Allowed {when}', { when }),
  until: (when: string) => say('does not ask again until {when}', { when }),
  asks: say('asks each time you sign in'),
  sees: (what: string) => say('May see: {what}', { what }),
  acts: (where: string) => say('May act in your name at: {where}', { where }),
  keptBack: (what: string) => say('Kept back: {what}', { what }),
  lasting: say('Stays connected while you are away'),
  withdraw: say('Take it back'),
  withdrawNamed: (name: string) => say('Take it back: {name}', { name }),
  withdrawWhat: say('It asks again at your next sign-in, and is signed out of what it still has.'),
  withdrawn: say('Taken back. The application has nothing of yours any longer.'),
  scopes: {
    openid: say('that it is you'),
    profile: say('your name and profile'),
    email: say('your email address'),
    groups: say('your groups'),
    phone: say('your phone number'),
    address: say('your address'),
  } as Readonly<Record<string, string>>,
}));
