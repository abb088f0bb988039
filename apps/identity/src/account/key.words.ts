/** What the pages for security keys and passkeys of an account say. */
import { wording } from '@gatehouse/words/say.ts';

export const wordsIn = wording((say) => ({
  list: {
    heading: say('Security keys and passkeys'),
    about: say('A key to carry, or a device of yours that you unlock with a PIN, a finger or your face.'),
    add: say('Add a key'),
    change: say('Change'),
    blocked: say('Not accepted'),
    blockedAbout: say('It may have been copied. Remove it.'),
    prefer: say('Ask me first for'),
    save: say('Save'),
    method: {
      totp: say('One-time code'),
      webauthn: say('Security key or passkey'),
      mobile_push: say('Request on your phone'),
    },
  },
  notices: {
    'key-renamed': say('The key has its new name.'),
    'key-removed': say('The key was removed.'),
    preferred: say('Saved. The other ways stay a link away.'),
  },
  add: {
    title: say('Add a security key'),
    sub: say('Give it a name, then your browser asks for it.'),
    label: say('Name of the key'),
    hint: say('Such as “Blue key on my ring” or “My phone”.'),
    submit: say('Continue'),
    cancel: say('Cancel'),
    gone: say('That took too long, or was sent twice. Try again.'),
    refused: say('Your browser’s answer about this key was not right. Try again; if it stays, try another key.'),
    known: say('This key was added before. Each key can be added once.'),
    'name-taken': say('You have a key of that name already. Choose another name.'),
    empty: say('Give the key a name.'),
    model: say('Your administrator does not allow keys of this kind. Try another one.'),
    maker: say(
      'Your administrator asks who made a key, and this one is not known or does not say. Try a key to carry, and let the browser show its make and model.',
    ),
    unavailable: say(
      'We cannot look up who made this key right now. Nothing is wrong with it. Try again in a few minutes.',
    ),
    backup: say('Your administrator does not allow passkeys that are copied between devices. Try a key to carry.'),
  },
  change: {
    title: say('Change a security key'),
    label: say('Name'),
    rename: say('Save the name'),
    removeHeading: say('Remove it'),
    removeAbout: say('It will no longer work here. Delete the passkey on your device too, if it keeps one.'),
    remove: say('Remove this key'),
    back: say('Leave it as it is'),
  },
  done: {
    title: say('Security key added'),
    heading: say('Your key is added'),
    sub: say('From now on you can use it when you sign in.'),
    go: say('Continue'),
  },
}));
