/** What the page that asks to accept the privacy policy says. */
import { wording } from '@gatehouse/words/say.ts';

export const wordsIn = wording((say) => ({
  title: say('Privacy policy'),
  heading: say('Before you sign in'),
  what: (product: string) =>
    say('{product} has a privacy policy. It says what is kept about you, and for what. Read it first.', { product }),
  read: say('Read the privacy policy'),
  accept: say('I accept it'),
  without: say('Without it nobody can sign in here. You are asked again when the policy moves to another address.'),
}));
