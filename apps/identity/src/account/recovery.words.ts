/** What the pages for recovery codes of an account say. */
import { wording } from '@gatehouse/words/say.ts';

export const wordsIn = wording((say) => ({
  heading: say('Recovery codes'),
  about: say('For the day you lose what you sign in with. Keep them on paper, or where your passwords are.'),
  left: (left: number, made: number) => say('{left} of {made} left', { left, made }),
  madeOn: (when: string) => say('Made {when}', { when }),
  none: say('None made yet.'),
  make: say('Make recovery codes'),
  remake: say('Make new ones'),
  ask: {
    sub: say('Ten codes, each good once in place of your second factor.'),
    what: say('They are shown one time only. Have paper, a printer or your password manager at hand.'),
    replaces: say('The codes that you made before stop working.'),
    go: say('Show me the codes'),
    cancel: say('Cancel'),
  },
  shown: {
    title: say('Your recovery codes'),
    sub: (name: string) => say('For {name}. Each is good once.', { name }),
    now: say('Keep them now: we do not show them again.'),
    how: say('Print this page, select and copy the codes, or save them as a text file.'),
    save: say('Save as a text file'),
    done: say('I have kept them'),
  },
  file: {
    head: (product: string, name: string) => say('Recovery codes of {name} for {product}', { name, product }),
    foot: say('Each is good once, in place of the second factor.'),
  },
}));
