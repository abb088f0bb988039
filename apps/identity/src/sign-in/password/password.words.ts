/** What the password step says. */
export const words = {
  title: 'Sign in',
  again: 'Confirm it is you',
  continueTo: 'to continue to',
  portal: 'to your account',
  againFor: 'Enter your password again to continue to',
  againPortal: 'Enter your password again to continue.',
  name: 'Username or email',
  password: 'Password',
  forgot: 'Forgot it?',
  keep: 'Keep me signed in on this device',
  submit: 'Continue',
  not: (name: string) => `Not ${name}?`,
  another: 'Use another account',
  refused: 'That name and password do not match. Check both, and whether Caps Lock is on.',
  unavailable: 'We cannot check passwords right now. Nothing is wrong with yours. Try again in a minute.',
  empty: 'Enter your name and your password.',
} as const;
