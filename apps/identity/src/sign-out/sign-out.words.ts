/** What the pages of signing out say. */
import { wording } from '@gatehouse/words/say.ts';
import type { Html } from '../pages/look.ts';

export const wordsIn = wording((say) => ({
  title: say('Sign out'),
  heading: say('Sign out?'),
  who: (username: Html) => say.parts('You are signed in as {username}', { username }),
  what: say(
    'Pages behind this portal will ask you to sign in again. An application may keep a session of its own until you sign out there.',
  ),
  submit: say('Sign out'),
  stay: say('Stay signed in'),
  done: {
    title: say('Signed out'),
    heading: say('You are signed out'),
    what: say('You can close this window.'),
    again: say('Sign in again'),
    also: (applications: Html) => say.parts('This also signs you out of {applications}.', { applications }),
    onward: say('You are taken on in a moment.'),
    go: say('Continue'),
  },
}));
