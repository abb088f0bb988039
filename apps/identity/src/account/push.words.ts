/** What the pages for the phone of an account say. */
export const words = {
  heading: 'Request on your phone',
  about: 'We send a request, you approve it there. Which phones there are says the service that sends them.',
  choose: 'Choose a phone',
  change: 'Change',
  forget: 'Stop using it',
  chosen: (name: string, how: string) => `${name}: ${how}`,
  enrol: {
    title: 'Your phone is not known yet',
    what: 'The service that sends requests to phones does not know yours.',
    go: 'Introduce my phone',
    after: 'Come back to this page when it is done.',
    ask: 'Ask your administrator to add your phone.',
    again: 'Try again',
    back: 'Two-factor sign-in',
  },
  down: {
    title: 'Phones cannot be reached',
    heading: 'We cannot reach the service that sends requests to phones',
    what: 'It does not answer. Nothing was changed.',
    todo: 'Try again in a minute. If it stays, tell your administrator.',
  },
  notices: {
    'push-chosen': 'Saved. We ask on this device from now on.',
    'push-unknown': 'That device cannot be asked in this way. Choose again.',
    'push-forgotten': 'We no longer keep which phone to ask.',
  },
} as const;
