/** What the page of a person's sessions says. */
import { wording } from '@gatehouse/words/say.ts';
import type { Html } from '../pages/look.ts';

export const wordsIn = wording((say) => ({
  title: say('Sessions'),
  heading: say('Where you are signed in'),
  sub: say('Each browser that holds a sign-in of yours. End what you do not know.'),
  here: say('This one'),
  unknown: say('A browser we know nothing of'),
  from: (network: string) => say('From {network}', { network }),
  at: (domain: string) => say('at {domain}', { domain }),
  began: (when: string) => say('signed in {when}', { when }),
  active: (when: string) => say('last used {when}', { when }),
  end: say('End'),
  endNamed: (browser: string) => say('End the session of {browser}', { browser }),
  endOthers: say('End all others'),
  endOthersWhat: say('Whoever holds them must sign in again. Applications that want to know are told.'),
  only: say('You are signed in nowhere else.'),
  odd: (change: (text: string) => Html) =>
    say.parts('Something you do not know? End it, then {change}.', { change: change(say('change your password')) }),
  notices: {
    ended: say('The session has ended.'),
    others: say('You are signed out everywhere else.'),
    gone: say('That session had ended already.'),
  },
}));
