/** What the password step says. */
import { wording } from '@gatehouse/words/say.ts';
import type { Html } from '../../pages/look.ts';

export const wordsIn = wording((say) => ({
  title: say('Sign in'),
  again: say('Confirm it is you'),
  continueTo: (destination: Html) => say.parts('to continue to {destination}', { destination }),
  portal: say('to your account'),
  againFor: (destination: Html) =>
    say.parts('Enter your password again to continue to {destination}.', { destination }),
  againPortal: say('Enter your password again to continue.'),
  second: say('Enter your password'),
  secondFor: (destination: Html) =>
    say.parts('Your passkey was accepted. Enter your password too, to continue to {destination}.', { destination }),
  secondPortal: say('Your passkey was accepted. Enter your password too, to continue.'),
  or: say('or'),
  passkey: say('Sign in with a passkey'),
  name: say('Username'),
  nameOrEmail: say('Username or email'),
  password: say('Password'),
  forgot: say('Forgot it?'),
  keep: say('Keep me signed in on this device'),
  submit: say('Continue'),
  not: (name: string) => say('Not {name}?', { name }),
  another: say('Use another account'),
  refused: say('That name and password do not match. Check both, and whether Caps Lock is on.'),
  unavailable: say('We cannot check passwords right now. Nothing is wrong with yours. Try again in a minute.'),
  limited: say('Too many sign-ins from here failed in a short time. Try again in some minutes.'),
  empty: say('Enter your name and your password.'),
}));
