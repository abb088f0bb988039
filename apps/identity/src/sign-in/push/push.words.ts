/** What the pages of the push step, and of choosing its device, say. `another`: the person has another way to go on. */
import { wording } from '@gatehouse/words/say.ts';
import type { Html } from '../../pages/look.ts';

export const wordsIn = wording((say) => ({
  title: say('Use your phone'),
  for: (username: Html) => say.parts('to sign in as {username}', { username }),
  about: say('We send a request to your phone. You approve it there.'),
  send: say('Send a request'),
  not: (name: string) => say('Not {name}?', { name }),
  another: say('Use another account'),
  waiting: {
    title: say('Check your phone'),
    asked: (device: string) => say('We sent a request to {device}. Approve it there.', { device }),
    called: (device: string) => say('We are calling {device}. Answer, and do as the voice says.', { device }),
    sent: (device: string) => say('We sent a message with codes to {device}. Type one of them.', { device }),
    shown: (device: string) => say('Type the code that {device} shows.', { device }),
    onward: say('This page goes on by itself.'),
    done: say('I have approved it'),
    answered: say('I have answered'),
    code: say('Code'),
    submit: say('Continue'),
    devices: say('Use another device'),
  },
  devices: {
    title: say('Choose how we reach you'),
    sub: say('We ask on this device from now on.'),
    legend: say('Devices'),
    method: {
      push: say('Approve a request on it'),
      phone: say('Answer a call'),
      sms: say('Type a code from a message'),
      mobile_otp: say('Type a code that it shows'),
    },
    choose: say('Use this one'),
    none: say('Choose one of the devices.'),
    back: say('Back'),
  },
  enrol: {
    title: say('Your phone is not known yet'),
    what: say('The service that sends requests to phones does not know yours.'),
    go: say('Introduce my phone'),
    after: say('Come back to this page when it is done.'),
    ask: say('Ask your administrator to add your phone.'),
    again: say('Try again'),
    setUp: say('Set up another second step instead'),
  },
  problems: {
    refused: say('The request was turned down. If that was not you, change your password.'),
    fraud: say('The request was reported as not yours. Change your password, and tell your administrator.'),
    timeout: say('Nobody answered the request. Have the phone at hand, then send another one.'),
    policy: say('The service that sends requests to phones does not let you in. Ask your administrator.'),
    'wrong-code': say('That code does not match. Check that it is the newest one.'),
    gone: say('That request is over. Send another one.'),
  },
  unavailable: (another: boolean) =>
    another
      ? say('We cannot reach the service that sends requests to phones. Try again in a minute, or use another way.')
      : say('We cannot reach the service that sends requests to phones. Try again in a minute.'),
  limited: (minutes: number) =>
    say('Too many requests in a short time. Try again in {minutes, plural, one {a minute} other {# minutes}}.', {
      minutes,
    }),
  changed: (name: string) =>
    say('You are signed in as {name} now, in another tab. Send the request for this account.', { name }),
}));
