/** What the overview says. */
export const words = {
  title: 'Overview',
  hello: (name: string) => `Hello, ${name}`,
  signedIn: 'You are signed in as',
  signOut: 'Sign out',
  steps: 'How you sign in',
  password: 'Password',
  factors: {
    totp: {
      name: 'One-time code',
      on: 'From your authenticator app',
      off: 'Keeps your account yours even if somebody learns your password',
    },
    webauthn: {
      name: 'Security key or passkey',
      on: 'A key to carry, or one of your devices',
      off: 'No copy of this page can trick it out of you',
    },
    mobile_push: {
      name: 'Request on your phone',
      on: 'You approve it there',
      off: 'Nothing to type: you approve it there',
    },
  },
  on: 'On',
  setUp: 'Set up',
  manage: 'Manage',
  change: 'Change',
  applications: 'Applications that need not ask again',
  noApplications: 'None. An application appears here when you allow it and choose not to be asked again.',
  since: (when: string) => `Since ${when}`,
  about: 'About you',
  name: 'Name',
  email: 'Email',
  groups: 'Groups',
} as const;
