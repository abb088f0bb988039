/** What the mails of the house say. */
import { wording } from '@gatehouse/words/say.ts';

export const wordsIn = wording((say) => ({
  greeting: (name: string) => say('Hello {name},', { name }),
  when: say('When'),
  from: say('From address'),
  key: say('Key'),
  browser: say('Browser'),
  ifNotYou: say('If it was not you, change your password now and tell your administrator.'),
  newPlace: {
    title: say('A sign-in to your account from a new place'),
    what: (username: string) =>
      say(
        'Somebody signed in as {username} with a browser or from a network that is new for this account. If that was you, you need do nothing.',
        { username },
      ),
  },
  recoveryLeft: say('Codes left'),
  recoveryMade: {
    title: say('Recovery codes were made for your account'),
    what: (username: string) =>
      say('They stand in for the second factor of {username}. Those made before no longer work.', { username }),
  },
  recoveryUsed: {
    title: say('A recovery code of your account was used'),
    what: (username: string) =>
      say(
        'Somebody signed in as {username} with the password and a recovery code. Once no code is left, make new ones, or set up your second factor again.',
        { username },
      ),
  },
  code: {
    title: say('Your code to change how you sign in'),
    what: (username: string) =>
      say(
        'Someone who is signed in as {username} wants to change how this account signs in. If that is you, type this code on the page that asked for it:',
        { username },
      ),
    goodFor: say('Good for'),
    lifespan: (span: string) => say('{span}, once, and only from where it was asked for', { span }),
    warning: say('If it was not you, somebody else knows your password. Cancel this code and change your password.'),
    cancel: say('Cancel this code'),
  },
  reset: {
    title: say('Set a new password'),
    what: (username: string) =>
      say('Someone asked for a new password of {username}. If that was you, open this page:', { username }),
    goodFor: say('Good for'),
    lifespan: (span: string) => say('{span}, once', { span }),
    warning: say('If it was not you, nothing has changed and you need do nothing. You may cancel the link.'),
    cancel: say('Cancel the link'),
  },
  passwordChanged: {
    title: say('Your password was changed'),
    what: (username: string) => say('From now on {username} signs in with the new password.', { username }),
    warning: say('If it was not you, set a new password now and tell your administrator.'),
  },
  codeAdded: {
    title: say('A one-time code was added to your account'),
    what: (username: string) =>
      say('From now on {username} can sign in with a code from an authenticator app beside the password.', {
        username,
      }),
  },
  codeRemoved: {
    title: say('The one-time code was removed from your account'),
    what: (username: string) => say('Codes from the authenticator app no longer work for {username}.', { username }),
  },
  pushForgotten: {
    title: say('The phone for requests was removed from your account'),
    what: (username: string) => say('We no longer keep which phone to ask for {username}.', { username }),
  },
  keyAdded: {
    title: say('A security key was added to your account'),
    what: (username: string) =>
      say('From now on {username} can sign in with this security key or passkey.', { username }),
  },
  keyRemoved: {
    title: say('A security key was removed from your account'),
    what: (username: string) => say('This security key or passkey no longer works for {username}.', { username }),
  },
}));
