/** What the pages around the steps say. */
import { wording } from '@gatehouse/words/say.ts';
import type { Html } from '../pages/look.ts';

export const wordsIn = wording((say) => ({
  expired: {
    title: say('Sign-in expired'),
    heading: say('This sign-in is over'),
    what: say('It took too long, or it was finished or started again in another tab.'),
    todo: say('Go back to the application and sign in from there. Nothing is lost.'),
    way: say('Go to the overview'),
  },
  unsafe: {
    title: say('Unsafe address'),
    heading: say('We will not send you there'),
    what: say('The address you were to go to after signing in is not part of this house.'),
    why: say('Such links are sometimes made to lead people to a copy of a page they know.'),
    todo: say(
      'Open the page you want yourself. If it should be reachable from here, its domain belongs under session.cookies in the configuration.',
    ),
    way: say('Go to the overview'),
  },
  unavailable: {
    title: say('Not available'),
    heading: say('We cannot look you up right now'),
    what: say('You are still signed in, but the directory of this house does not answer.'),
    todo: say('Try again in a minute.'),
    way: say('Try again'),
  },
  banned: say('Too many tries failed in a row, so this account is closed for some minutes. Try again later.'),
  shutOut: say('Your password was changed or your access was ended while you were signing in. Sign in again.'),
  instead: {
    totp: say('Use a one-time code instead'),
    webauthn: say('Use a security key instead'),
    mobile_push: say('Use your phone instead'),
    recovery: say('Use a recovery code'),
  },
  enrol: {
    title: say('Set up a second step'),
    heading: say('One more thing before you go on'),
    asks: (application: Html) =>
      say.parts('{application} asks for a second step when you sign in, and your account has none yet.', {
        application,
      }),
    portal: say('This page asks for a second step when you sign in, and your account has none yet.'),
    what: say('It takes about two minutes, and you come back here.'),
    way: say('Set up a second step'),
    not: (name: string) => say('Not {name}?', { name }),
    another: say('Use another account'),
  },
}));
