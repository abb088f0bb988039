/** What the page of language and theme says. */
import { wording } from '@gatehouse/words/say.ts';

export const wordsIn = wording((say) => ({
  title: say('Language and theme'),
  sub: say('For this browser, and for your account once you are signed in. Mails come in your language too.'),
  language: say('Language'),
  asBrowser: say('As my browser asks'),
  theme: say('Theme'),
  themes: {
    auto: { name: say('Auto'), about: say('As your device is set') },
    light: { name: say('Light'), about: say('Warm paper') },
    dark: { name: say('Dark'), about: say('Deep slate') },
    grey: { name: say('Grey'), about: say('Dark, without colour') },
    oled: { name: say('Black'), about: say('Saves power on some screens') },
  },
  letters: say('Letters'),
  usual: say('Inter'),
  legible: say('Atkinson Hyperlegible, easier to tell apart'),
  save: say('Save'),
  back: say('Go back without saving'),
  saved: say('Saved.'),
}));
