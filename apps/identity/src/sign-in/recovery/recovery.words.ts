/** What the recovery code step says. */
import { wording } from '@gatehouse/words/say.ts';
import type { Html } from '../../pages/look.ts';

export const wordsIn = wording((say) => ({
  title: say('Use a recovery code'),
  for: (username: Html) => say.parts('to sign in as {username}', { username }),
  label: say('Recovery code'),
  hint: say('One of those you kept when you made them. Each works once.'),
  submit: say('Continue'),
  not: (name: string) => say('Not {name}?', { name }),
  another: say('Use another account'),
  wrong: say('That code does not match, or it was used before. Take the next one of your list.'),
  malformed: say('A recovery code has 16 letters and numbers. Type all of them.'),
  limited: (minutes: number) =>
    say(
      'Too many codes were tried in a short time. Try again in {minutes, plural, one {a minute} other {# minutes}}.',
      {
        minutes,
      },
    ),
  changed: (name: string) =>
    say('You are signed in as {name} now, in another tab. Enter a code of this account.', { name }),
}));
