/**
 * How somebody wants the workspace to look and speak, as the API shows and takes it, and as a cookie carries it: so that every
 * page, also one before the sign-in, is drawn that way from its first byte. Nothing secret is in it.
 */
import { z } from 'zod';
import { type Language, languages } from './languages.ts';

export type Preferences = {
  /** `auto`: as the browser asks. */
  readonly language: 'auto' | Language;
  /** On which day weeks begin. `auto`: as where the browser is from. */
  readonly week: 'auto' | 'monday' | 'sunday' | 'saturday';
  /** `auto`: as the device is. */
  readonly theme: 'auto' | 'light' | 'dark';
  /** Quiet shows less at once, with more room around it. */
  readonly density: 'normal' | 'quiet';
  /** Letters that are easier to tell apart. */
  readonly typeface: 'standard' | 'legible';
  /** How long a line of text may become. */
  readonly lines: 'standard' | 'short';
  /** Between letters, words and lines (WCAG 1.4.12). */
  readonly spacing: 'standard' | 'wide';
  /** `auto`: as the device asks. */
  readonly motion: 'auto' | 'none';
  /** Whether a single letter or sign does something without Ctrl: speech input sets it off by accident (WCAG 2.1.4). */
  readonly keys: 'standard' | 'none';
};
export type PreferenceName = keyof Preferences;

/** What each may be; the first is what it is unless somebody chose. */
export const preferenceChoices = {
  language: ['auto', ...languages],
  week: ['auto', 'monday', 'sunday', 'saturday'],
  theme: ['auto', 'light', 'dark'],
  density: ['normal', 'quiet'],
  typeface: ['standard', 'legible'],
  lines: ['standard', 'short'],
  spacing: ['standard', 'wide'],
  motion: ['auto', 'none'],
  keys: ['standard', 'none'],
} as const satisfies { readonly [Name in PreferenceName]: readonly Preferences[Name][] };

export const preferenceNames = Object.keys(preferenceChoices) as PreferenceName[];

export const editPreferencesRequest = z
  .strictObject({
    language: z.enum(preferenceChoices.language),
    week: z.enum(preferenceChoices.week),
    theme: z.enum(preferenceChoices.theme),
    density: z.enum(preferenceChoices.density),
    typeface: z.enum(preferenceChoices.typeface),
    lines: z.enum(preferenceChoices.lines),
    spacing: z.enum(preferenceChoices.spacing),
    motion: z.enum(preferenceChoices.motion),
    keys: z.enum(preferenceChoices.keys),
  })
  .partial()
  .refine((body) => Object.keys(body).length > 0, 'Say at least one thing to change.');
export type EditPreferencesRequest = z.infer<typeof editPreferencesRequest>;

export type PreferencesAnswer = { readonly preferences: Preferences };

/** What is not known, or not a choice any more, counts as not chosen. */
export function readPreferences(found: Readonly<Record<string, unknown>>): Preferences {
  const entries = preferenceNames.map((name) => {
    const choices: readonly string[] = preferenceChoices[name];
    return [name, choices.find((choice) => choice === found[name]) ?? choices[0]];
  });
  return Object.fromEntries(entries) as Preferences;
}

export const looksCookie = 'looks';
const pair = /(\w+)\.(\w+)/g;

/** `theme.dark-density.quiet`; empty when nothing was chosen. */
export function writeLooks(preferences: Preferences): string {
  return preferenceNames
    .filter((name) => preferences[name] !== preferenceChoices[name][0])
    .map((name) => `${name}.${preferences[name]}`)
    .join('-');
}

export function readLooks(cookie: string | undefined): Preferences {
  return readPreferences(
    Object.fromEntries([...(cookie ?? '').matchAll(pair)].map(([, name, value]) => [name, value])),
  );
}

/** What stands at the root of a page: one `data-` attribute for each thing that was chosen. The language has its own place. */
export function lookAttributes(preferences: Preferences): Readonly<Record<string, string>> {
  const chosen = preferenceNames.filter(
    (name) => name !== 'language' && preferences[name] !== preferenceChoices[name][0],
  );
  return Object.fromEntries(chosen.map((name) => [`data-${name}`, preferences[name]]));
}
