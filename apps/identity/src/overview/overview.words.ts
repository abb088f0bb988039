/** What the overview says. */
import { wording } from '@gatehouse/words/say.ts';
import type { Html } from '../pages/look.ts';

export const wordsIn = wording((say) => ({
  title: say('Overview'),
  hello: (name: string) => say('Hello, {name}', { name }),
  signedIn: (username: Html) => say.parts('You are signed in as {username}', { username }),
  steps: say('How you sign in'),
  password: say('Password'),
  factors: {
    totp: {
      name: say('One-time code'),
      on: say('From your authenticator app'),
      off: say('Keeps your account yours even if somebody learns your password'),
    },
    webauthn: {
      name: say('Security key or passkey'),
      on: say('A key to carry, or one of your devices'),
      off: say('No copy of this page can trick it out of you'),
    },
    mobile_push: {
      name: say('Request on your phone'),
      on: say('You approve it there'),
      off: say('Nothing to type: you approve it there'),
    },
  },
  on: say('On'),
  setUp: say('Set up'),
  manage: say('Manage'),
  change: say('Change'),
  actOn: (what: string, name: string) => say('{what}: {name}', { what, name }),
  applications: say('Applications that need not ask again'),
  noApplications: say('None. An application appears here when you allow it and choose not to be asked again.'),
  since: (when: string) => say('Since {when}', { when }),
  about: say('About you'),
  name: say('Name'),
  email: say('Email'),
  groups: say('Groups'),
}));
