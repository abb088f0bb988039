/** How the workspace looks and speaks for oneself: each thing a question with few answers, seen and kept at once. */
import {
  type EditPreferencesRequest,
  type PreferenceName,
  type Preferences,
  preferenceChoices,
} from '../../../wire/preferences.ts';
import { sayWeekdayName } from '../kit/day-words.ts';
import { Problem } from '../kit/problem.tsx';
import { useTitle } from '../shell/title.ts';
import { type Say, useSay } from '../words/say.ts';
import { useEditPreferences, usePreferences } from './use-preferences.ts';
import '../styles/appearance.css';

const order: readonly PreferenceName[] = [
  'language',
  'week',
  'theme',
  'density',
  'typeface',
  'spacing',
  'lines',
  'motion',
  'keys',
];

export function AppearancePage() {
  const say = useSay();
  useTitle(say('Language and appearance'));
  const reading = usePreferences();
  const edit = useEditPreferences();
  return (
    <main className="page appearance" id="content" aria-busy={reading.isPending}>
      <h1>{say('Language and appearance')}</h1>
      <p className="lead">{say('For you alone, in every browser you sign in with. Each choice is kept at once.')}</p>
      <Problem error={reading.error} />
      {reading.data &&
        order.map((name) => (
          <Question
            key={name}
            name={name}
            preferences={reading.data}
            onChoose={(choice) => edit.mutate({ [name]: choice } as EditPreferencesRequest)}
          />
        ))}
    </main>
  );
}

type QuestionProps = {
  readonly name: PreferenceName;
  readonly preferences: Preferences;
  readonly onChoose: (choice: string) => void;
};

function Question({ name, preferences, onChoose }: QuestionProps) {
  const say = useSay();
  const { asks, why, answers } = wordsOf(say)[name];
  const choices: readonly string[] = preferenceChoices[name];
  return (
    <fieldset className="field choices appearance-question" aria-describedby={why ? `why-${name}` : undefined}>
      <legend>{asks}</legend>
      {why && (
        <p className="fact-note" id={`why-${name}`}>
          {why}
        </p>
      )}
      <div className="appearance-answers">
        {choices.map((choice) => (
          <label key={choice} className="choice">
            <input type="radio" name={name} checked={preferences[name] === choice} onChange={() => onChoose(choice)} />
            <span {...languageOf(name, choice)}>{answers[choice]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** The name of a language is said in that language, also by a screen reader. */
function languageOf(name: PreferenceName, choice: string): { lang?: string } {
  return name === 'language' && choice !== 'auto' ? { lang: choice } : {};
}

type Words = { readonly asks: string; readonly why?: string; readonly answers: Readonly<Record<string, string>> };

function wordsOf(say: Say): Readonly<Record<PreferenceName, Words>> {
  return {
    language: {
      asks: say('Language'),
      answers: { auto: say('As the browser asks'), en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español' },
    },
    week: {
      asks: say('Weeks begin on'),
      answers: {
        auto: say('The usual day where your browser is from'),
        monday: sayWeekdayName(1),
        sunday: sayWeekdayName(7),
        saturday: sayWeekdayName(6),
      },
    },
    theme: {
      asks: say('Theme'),
      answers: { auto: say('As on this device'), light: say('Light'), dark: say('Dark') },
    },
    density: {
      asks: say('How much is shown'),
      why: say(
        'Quiet leaves out counts, tags and other small facts on boards and lists, and gives the rest more room. They stay in each to-do.',
      ),
      answers: { normal: say('Everything'), quiet: say('Quiet') },
    },
    typeface: {
      asks: say('Letters'),
      answers: { standard: say('Usual'), legible: say('Atkinson Hyperlegible, easier to tell apart') },
    },
    spacing: {
      asks: say('Room between letters, words and lines'),
      answers: { standard: say('Usual'), wide: say('Wide') },
    },
    lines: {
      asks: say('Lines of text'),
      why: say('Short lines are easier to keep hold of while reading.'),
      answers: { standard: say('Up to seventy letters'), short: say('Short, up to forty-five') },
    },
    motion: {
      asks: say('Motion'),
      answers: { auto: say('As on this device'), none: say('None') },
    },
    keys: {
      asks: say('Keys of a single letter or sign'),
      why: say(
        'Anywhere on a page c begins a to-do, j goes to the next one, and so on. Whoever speaks to the computer may set them off by accident. What is pressed with Ctrl works either way.',
      ),
      answers: { standard: say('On'), none: say('Off') },
    },
  };
}
