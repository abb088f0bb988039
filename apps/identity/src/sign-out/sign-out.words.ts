/** What the pages of signing out say. */
export const words = {
  title: 'Sign out',
  heading: 'Sign out?',
  who: 'You are signed in as',
  what: 'Pages behind this portal will ask you to sign in again. An application may keep a session of its own until you sign out there.',
  submit: 'Sign out',
  stay: 'Stay signed in',
  done: {
    title: 'Signed out',
    heading: 'You are signed out',
    what: 'You can close this window.',
    again: 'Sign in again',
    also: 'This also signs you out of',
    onward: 'You are taken on in a moment.',
    go: 'Continue',
  },
} as const;
