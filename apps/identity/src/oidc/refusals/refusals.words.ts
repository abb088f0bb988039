/** What a person is told when an application's request was refused. What an administrator is told stands with the causes. */
import { wording } from '@gatehouse/words/say.ts';

export const wordsIn = wording((say) => ({
  overview: say('Go to the overview'),
  application: (name: string) => ({
    heading: say('{name} cannot sign you in yet', { name }),
    what: say('{name} sent a request that this portal does not accept. You did nothing wrong.', { name }),
    todo: say('Tell whoever looks after {name}, and give them the reference below.', { name }),
    back: say('Go back to {name}', { name }),
  }),
  failure: {
    heading: say('Something went wrong here'),
    what: say('This server could not answer the request.'),
    todo: say('Try again in a moment. If it stays so, give your administrator the reference below.'),
  },
  redirectUri: {
    heading: say('This address is not registered for the application'),
    what: (name: string, host: string) =>
      say('{name} asked to send you to an address at {host} that is not registered for it.', { name, host }),
    theApplication: say('The application'),
    anotherPlace: say('another place'),
    why: say('You are not sent there, because it could be somebody else who asks.'),
    todo: say(
      'Start again from the application. If you came from it, tell whoever looks after it, and give them the reference below.',
    ),
  },
  unknownClient: {
    heading: say('This application is not known here'),
    what: say('The application that sent you is not registered with this server.'),
    todo: say('Start again from the application. If it stays so, give whoever looks after it the reference below.'),
  },
  expired: {
    heading: say('This sign-in has expired'),
    what: say('It was finished already, took too long, or was begun in another browser.'),
    todo: say('Go back to the application and sign in again.'),
  },
  notRight: {
    signIn: say('The request to sign in is not right'),
    signOut: say('The request to sign out is not right'),
    what: (error: string) => say('The application sent a request that cannot be answered: {error}.', { error }),
    signOutHere: say('Sign out at this portal instead.'),
    startAgain: say('Start again from the application.'),
    wayOut: say('Sign out here'),
  },
}));
