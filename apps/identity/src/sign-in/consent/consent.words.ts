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
  signedInAs: 'Signed in as',
  another: 'Use another account',
} as const;
