/** What the consent step says. */
export const words = {
  title: (application: string) => `Allow ${application}`,
  sees: 'will see, each time you sign in:',
  nothing: 'will know that it is you, and see nothing else about you.',
  services: 'It may act in your name at:',
  offline: 'It also asks to stay connected while you are away, and after you sign out here.',
  remember: 'Do not ask again for this application',
  deny: 'Deny',
  allow: 'Allow',
  device: {
    host: 'on another device',
    asks: 'This device asks to be let in with your account:',
    sees: (application: string) => `${application} will see:`,
    code: 'Code',
    asked: 'Asked',
    program: 'Program',
    address: 'From address',
    here: (address: string) => `${address}, the same as yours`,
    on: (program: string, system: string) => `${program} on ${system}`,
    unknown: 'It did not say',
    now: 'Just now',
    minutes: (minutes: number) => (minutes === 1 ? 'A minute ago' : `${minutes} minutes ago`),
    warning:
      'Allow it only if this is your own device and it shows this code. If somebody sent you the code or a link, choose Deny: they would be signed in as you.',
  },
  signedInAs: 'Signed in as',
  another: 'Use another account',
} as const;
