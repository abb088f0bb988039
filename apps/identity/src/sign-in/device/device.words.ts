/** What the pages around a sign-in on another device say. */
import { wording } from '@gatehouse/words/say.ts';

export const wordsIn = wording((say) => ({
  code: {
    title: say('Connect a device'),
    sub: say('Enter the code that your device shows'),
    label: say('Code of the device'),
    hint: say('Eight letters. Capitals and the dash do not matter.'),
    check: say('Check that your device shows exactly this code.'),
    submit: say('Continue'),
    warning: say(
      'Only go on if you have just started this yourself, on a device of your own. Nobody needs you to enter a code for them.',
    ),
  },
  problem: {
    missing: say('Type the code that your device shows.'),
    unknown: say('No device is waiting with this code. Check the letters, or let the device show a new code.'),
    expired: say('That code is too old. Let the device show a new one.'),
    used: say('That code was already used. Let the device show a new one.'),
    stale: say('This page was open for too long. Enter the code once more.'),
    limited: say('Too many codes were tried in a short time. Try again in ten minutes.'),
  },
  done: {
    title: say('Device connected'),
    heading: say('Go back to your device'),
    what: (application: string) =>
      say('{application} is signing in there. It can take a few seconds.', { application }),
    close: say('You can close this page.'),
  },
  refused: {
    title: say('Nothing was allowed'),
    heading: say('The device was not let in'),
    what: say('It gets nothing of yours, and its code no longer works.'),
    todo: say(
      'If that was a mistake, let the device show a new code. If somebody else sent you the code, you did right.',
    ),
  },
  overview: say('Go to the overview'),
}));
