/** Draws the page that is open as somebody prefers; every further page comes from the server that way. Knows no server. */
import { type EditPreferencesRequest, type Preferences, preferenceNames } from '../../../wire/preferences.ts';

export function applyLooks(preferences: EditPreferencesRequest): void {
  const { dataset } = document.documentElement;
  for (const name of preferenceNames) {
    const value = preferences[name];
    if (value === undefined || name === 'language') continue;
    if (value === 'auto' || value === 'normal' || value === 'standard') delete dataset[name];
    else dataset[name] = value;
  }
}

/** Whether a single letter or sign does something by itself: nothing does for whoever speaks to the computer. */
export function lettersWork(): boolean {
  const { keys } = document.documentElement.dataset;
  return keys !== 'none';
}

export type Theme = Preferences['theme'];

export function themeOfPage(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === 'light' || theme === 'dark' ? theme : 'auto';
}
