/**
 * Light, dark, or as the device is. Kept in a cookie, so that the server writes it into the page and no page ever flashes
 * in the other one; nothing secret is in it.
 */
export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const yearSeconds = 31_536_000;

export function readTheme(): Theme {
  const theme = document.documentElement.dataset.theme;
  return theme === 'light' || theme === 'dark' ? theme : 'auto';
}

export function chooseTheme(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  const secure = window.location.protocol === 'https:' ? '; secure' : '';
  void window.cookieStore
    ?.set({ name: 'theme', value: theme, path: '/', sameSite: 'lax', expires: Date.now() + yearSeconds * 1000 })
    .catch(() => undefined);
  if (!window.cookieStore) writeCookie(`theme=${theme}; path=/; samesite=lax; max-age=${yearSeconds}${secure}`);
}

// Browsers without the Cookie Store API have no other way.
function writeCookie(text: string): void {
  Reflect.set(document, 'cookie', text);
}
