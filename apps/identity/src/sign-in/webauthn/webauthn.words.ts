/** What the pages that ask for a security key or a passkey say. `another`: the person has another way to go on. */
import { wording } from '@gatehouse/words/say.ts';
import type { Html } from '../../pages/look.ts';

export const wordsIn = wording((say) => ({
  title: say('Use your security key'),
  for: (username: Html) => say.parts('to sign in as {username}', { username }),
  submit: say('Use my key'),
  how: say('Your browser asks for it: a key to plug in or hold against the device, or this device itself.'),
  passkey: {
    title: say('Sign in with a passkey'),
    continueTo: (destination: Html) => say.parts('to continue to {destination}', { destination }),
    portal: say('to your account'),
    how: say(
      'Your browser shows the passkeys it knows for this house. Choose one and confirm it as you unlock your device.',
    ),
    submit: say('Choose a passkey'),
    password: say('Sign in with your password instead'),
    keep: say('Keep me signed in on this device'),
  },
  noScript: (another: boolean) =>
    another
      ? say(
          'Security keys need JavaScript, and this browser has it switched off. Switch it on for this site, or use another way.',
        )
      : say('Security keys need JavaScript, and this browser has it switched off. Switch it on for this site.'),
  unsupported: (another: boolean) =>
    another
      ? say('This browser does not know security keys. Use a newer browser, or another way to sign in.')
      : say('This browser does not know security keys. Use a newer browser.'),
  browser: {
    stopped: say(
      'That did not work: it was cancelled, it took too long, or the key is not one of this account. Try again.',
    ),
    failed: say('Your browser could not ask for the key. Load this page again, then try once more.'),
    known: say('This key is one of yours already.'),
    busy: say('Too many people ask from here just now. Wait some minutes, then try again.'),
  },
  not: (name: string) => say('Not {name}?', { name }),
  another: say('Use another account'),
  gone: say('That took too long, or was sent twice. Try again.'),
  refused: say('That key was not accepted. Check that it is one of this account, then try again.'),
  passkeyRefused: say('That passkey was not accepted. Try again, or sign in with your password.'),
  copied: (another: boolean) =>
    another
      ? say(
          'This key may have been copied, so it is no longer accepted. Sign in another way, remove it, and tell your administrator.',
        )
      : say('This key may have been copied, so it is no longer accepted. Tell your administrator.'),
  limited: (minutes: number) =>
    say('Too many attempts in a short time. Try again in {minutes, plural, one {a minute} other {# minutes}}.', {
      minutes,
    }),
  unavailable: say('We cannot look you up right now. Nothing is wrong with your passkey. Try again in a minute.'),
  changed: (name: string) =>
    say('You are signed in as {name} now, in another tab. Use a key of this account.', { name }),
}));
