/** Words that every page shares. Each folder of steps has its own beside it. */
export const words = {
  product: 'Gatehouse',
  footer: 'Protected by Gatehouse',
  privacy: 'Privacy',
  steps: (done: number, all: number) => `Step ${done} of ${all}`,
  notFound: {
    title: 'Page not found',
    heading: 'There is no page here',
    what: 'The address may be old, or have a letter wrong.',
    todo: 'Go back, or start from the overview.',
  },
  broken: {
    title: 'Something went wrong',
    heading: 'Something went wrong on our side',
    what: 'Your request could not be finished. Nothing was changed by it as far as we know.',
    todo: 'Try again in a moment. If it stays, give the reference below to whoever runs this portal.',
  },
  foreign: {
    title: 'Request refused',
    heading: 'This request came from another site',
    what: 'Forms of this portal are only accepted from its own pages, so that no other site can act in your name.',
    todo: 'Open the portal and try again. If you came from the portal itself, your browser may be hiding where requests come from.',
  },
  elsewhere: {
    title: 'Wrong address',
    heading: 'This address is not a portal',
    what: 'The server answers here, but no sign-in portal is configured for this name.',
    todo: 'Check the address. Whoever runs it finds the names under session.cookies in the configuration.',
  },
  tooLarge: {
    title: 'Request refused',
    heading: 'That was more than this form takes',
    what: 'The request was larger than anything this form can hold.',
    todo: 'Go back and try again.',
  },
  noForm: {
    title: 'Request refused',
    heading: 'That was not a form of this portal',
    what: 'The request held something else than the fields of a plain form.',
    todo: 'Open the portal and use its own pages.',
  },
  program: {
    on: (program: string, system: string) => `${program} on ${system}`,
    unknown: 'It did not say',
  },
  overview: 'Go to the overview',
  diagnosis: 'For you as an administrator',
  sent: 'Sent',
  registered: 'Registered',
  write: 'The line to write, if the configuration is to give way:',
  setting: 'The setting that decides:',
  reference: (reference: string) => `Reference ${reference}`,
} as const;
