/** What the pages for the phone of an account say. */
import { wording } from '@gatehouse/words/say.ts';

export const wordsIn = wording((say) => ({
  heading: say('Request on your phone'),
  about: say('We send a request, you approve it there. The service that sends it knows which phones are yours.'),
  choose: say('Choose a phone'),
  change: say('Change'),
  remove: say('Remove'),
  removeNamed: (what: string, name: string) => say('{what}: {name}', { what, name }),
  forget: say('Stop using it'),
  forgetting: {
    title: say('Stop using a phone'),
    heading: say('Stop using your phone?'),
    what: say('We forget which phone to ask. You choose one again when you need it.'),
    keep: say('Keep it'),
  },
  chosen: (name: string, how: string) => say('{name}: {how}', { name, how }),
  enrol: {
    title: say('Your phone is not known yet'),
    what: say('The service that sends requests to phones does not know yours.'),
    go: say('Introduce my phone'),
    after: say('Come back to this page when it is done.'),
    ask: say('Ask your administrator to add your phone.'),
    again: say('Try again'),
    back: say('Back to two-factor sign-in'),
  },
  down: {
    title: say('Phones cannot be reached'),
    heading: say('We cannot reach the service that sends requests to phones'),
    what: say('It does not answer. Nothing was changed.'),
    todo: say('Try again in a minute. If it stays, tell your administrator.'),
  },
  notices: {
    'push-chosen': say('Saved. We ask on this device from now on.'),
    'push-unknown': say('That device cannot be asked in this way. Choose again.'),
    'push-forgotten': say('We no longer keep which phone to ask.'),
  },
}));
