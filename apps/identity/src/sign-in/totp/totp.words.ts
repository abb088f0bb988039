/** What the one-time code step says. */
export const words = {
  title: 'Enter your code',
  from: 'from your authenticator app, for',
  code: (digits: number) => `${digits}-digit code`,
  submit: 'Continue',
  not: (name: string) => `Not ${name}?`,
  another: 'Use another account',
  wrong:
    'That code does not match. Check that it is the one for this account, and that the clock of your phone is right.',
  used: (seconds: number) => `That code was already used. Wait for the next one, it changes every ${seconds} seconds.`,
  malformed: (digits: number) => `A code has ${digits} digits. Type the one your app shows now.`,
  limited: (minutes: number) =>
    `Too many codes were tried in a short time. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
  changed: (name: string) => `You are signed in as ${name} now, in another tab. Enter the code for this account.`,
} as const;
