/** What the pages around the steps say. */
export const words = {
  expired: {
    title: 'Sign-in expired',
    heading: 'This sign-in is over',
    what: 'It took too long, or it was finished or started again in another tab.',
    todo: 'Go back to the application and sign in from there. Nothing is lost.',
    way: 'Go to the overview',
  },
  unsafe: {
    title: 'Unsafe address',
    heading: 'We will not send you there',
    what: 'The address you were to go to after signing in is not part of this house.',
    why: 'Such links are sometimes made to lead people to a copy of a page they know.',
    todo: 'Open the page you want yourself. If it should be reachable from here, its domain belongs under session.cookies in the configuration.',
    way: 'Go to the overview',
  },
  unavailable: {
    title: 'Not available',
    heading: 'We cannot look you up right now',
    what: 'You are still signed in, but the directory of this house does not answer.',
    todo: 'Try again in a minute.',
    way: 'Try again',
  },
  banned: 'Too many tries failed in a row, so this account is closed for some minutes. Try again later.',
  instead: {
    totp: 'Use a one-time code instead',
    webauthn: 'Use a security key instead',
    mobile_push: 'Use your phone instead',
  },
  enrol: {
    title: 'Set up a second step',
    heading: 'One more thing before you go on',
    asks: 'asks for a second step when you sign in, and your account has none yet.',
    portal: 'This page asks for a second step when you sign in, and your account has none yet.',
    what: 'It takes about a minute, and you come back here.',
    way: 'Set up a second step',
    not: (name: string) => `Not ${name}?`,
    another: 'Use another account',
  },
} as const;
