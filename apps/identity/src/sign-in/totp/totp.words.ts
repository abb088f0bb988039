/** What the one-time code step says. */
import { wording } from '@gatehouse/words/say.ts';
import type { Html } from '../../pages/look.ts';

export const wordsIn = wording((say) => ({
  title: say('Enter your code'),
  from: (username: Html) => say.parts('from your authenticator app, for {username}', { username }),
  code: (digits: number) => say('{digits}-digit code', { digits }),
  submit: say('Continue'),
  not: (name: string) => say('Not {name}?', { name }),
  another: say('Use another account'),
  wrong: say(
    'That code does not match. Check that it is the one for this account, and that the clock of your phone is right.',
  ),
  used: (seconds: number) =>
    say(
      'That code was already used. Wait for the next one, it changes every {seconds, plural, one {second} other {# seconds}}.',
      { seconds },
    ),
  malformed: (digits: number) => say('A code has {digits} digits. Type the one your app shows now.', { digits }),
  limited: (minutes: number) =>
    say(
      'Too many codes were tried in a short time. Try again in {minutes, plural, one {a minute} other {# minutes}}.',
      { minutes },
    ),
  changed: (name: string) =>
    say('You are signed in as {name} now, in another tab. Enter the code for this account.', { name }),
}));
