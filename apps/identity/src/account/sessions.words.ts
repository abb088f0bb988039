/** What the page of a person's sessions says. */
export const words = {
  title: 'Sessions',
  heading: 'Where you are signed in',
  sub: 'Each browser that holds a sign-in of yours. End what you do not know.',
  here: 'This one',
  unknown: 'A browser we know nothing of',
  from: (network: string) => `From ${network}`,
  at: (domain: string) => `at ${domain}`,
  began: (when: string) => `signed in ${when}`,
  active: (when: string) => `last used ${when}`,
  end: 'End',
  endNamed: (browser: string) => `End the session of ${browser}`,
  endOthers: 'End all others',
  endOthersWhat: 'Whoever holds them must sign in again. Applications that want to know are told.',
  only: 'You are signed in nowhere else.',
  odd: 'Something you do not know? End it, then',
  oddPassword: 'change your password',
  notices: {
    ended: 'The session has ended.',
    others: 'You are signed out everywhere else.',
    gone: 'That session had ended already.',
  },
} as const;
