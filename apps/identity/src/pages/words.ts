/** Words that every page shares. Each folder of steps has its own beside it. */
import { wording } from '@gatehouse/words/say.ts';

export const wordsIn = wording((say) => ({
  footer: (product: string) => say('Protected by {product}', { product }),
  privacy: say('Privacy'),
  choice: say('Language and theme'),
  steps: (done: number, all: number) => say('Step {done} of {all}', { done, all }),
  notFound: {
    title: say('Page not found'),
    heading: say('There is no page here'),
    what: say('The address may be old, or have a letter wrong.'),
    todo: say('Go back, or start from the overview.'),
  },
  broken: {
    title: say('Something went wrong'),
    heading: say('Something went wrong on our side'),
    what: say('Your request could not be finished. Nothing was changed by it as far as we know.'),
    todo: say('Try again in a moment. If it stays, give the reference below to whoever runs this portal.'),
  },
  away: {
    title: say('Not available'),
    heading: say('We cannot answer right now'),
    what: say('Something this portal needs takes too long to answer. It is nothing that you typed.'),
    todo: say('Try again in a minute. If it stays, give the reference below to whoever runs this portal.'),
  },
  foreign: {
    title: say('Request refused'),
    heading: say('This request came from another site'),
    what: say('Forms of this portal are only accepted from its own pages, so that no other site can act in your name.'),
    todo: say(
      'Open the portal and try again. If you came from the portal itself, your browser may be hiding where requests come from.',
    ),
  },
  elsewhere: {
    title: say('Wrong address'),
    heading: say('This address is not a portal'),
    what: say('The server answers here, but no sign-in portal is configured for this name.'),
    todo: say('Check the address. Whoever runs it finds the names under session.cookies in the configuration.'),
  },
  tooLarge: {
    title: say('Request refused'),
    heading: say('That was more than this form takes'),
    what: say('The request was larger than anything this form can hold.'),
    todo: say('Go back and try again.'),
  },
  noForm: {
    title: say('Request refused'),
    heading: say('That was not a form of this portal'),
    what: say('The request held something else than the fields of a plain form.'),
    todo: say('Open the portal and use its own pages.'),
  },
  unkeepable: {
    title: say('Request refused'),
    heading: say('That held a sign that cannot be kept'),
    what: say('The request held a sign (NUL) that no keyboard makes.'),
    todo: say('Go back and try again.'),
  },
  program: {
    on: (program: string, system: string) => say('{program} on {system}', { program, system }),
    unknown: say('It did not say'),
    television: say('a television'),
  },
  signOut: say('Sign out'),
  overview: say('Go to the overview'),
  tryAgain: say('Try again'),
  justNow: say('just now'),
  onDay: (date: string) => say('on {date}', { date }),
  diagnosis: say('For you as an administrator'),
  sent: say('Sent'),
  registered: say('Registered'),
  write: say('The line to write, if the configuration is to give way:'),
  setting: say('The setting that decides:'),
  line: (line: number) => say('line {line, number, ::group-off}', { line }),
  reference: (reference: string) => say('Reference {reference}', { reference }),
}));
