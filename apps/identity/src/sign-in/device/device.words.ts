/** What the pages around a sign-in on another device say. */
export const words = {
  code: {
    title: 'Connect a device',
    sub: 'Enter the code that your device shows',
    label: 'Code of the device',
    hint: 'Eight letters. Capitals and the dash do not matter.',
    check: 'Check that your device shows exactly this code.',
    submit: 'Continue',
    warning:
      'Only go on if you have just started this yourself, on a device of your own. Nobody needs you to enter a code for them.',
  },
  problem: {
    missing: 'Type the code that your device shows.',
    unknown: 'No device is waiting with this code. Check the letters, or let the device show a new code.',
    expired: 'That code is too old. Let the device show a new one.',
    used: 'That code was already used. Let the device show a new one.',
    stale: 'This page was open for too long. Enter the code once more.',
    limited: 'Too many codes were tried in a short time. Try again in ten minutes.',
  },
  done: {
    title: 'Device connected',
    heading: 'Go back to your device',
    what: (application: string) => `${application} is signing in there. It can take a few seconds.`,
    close: 'You can close this page.',
  },
  refused: {
    title: 'Nothing was allowed',
    heading: 'The device was not let in',
    what: 'It gets nothing of yours, and its code no longer works.',
    todo: 'If that was a mistake, let the device show a new code. If somebody else sent you the code, you did right.',
  },
  overview: 'Go to the overview',
} as const;
