/**
 * What every page needs to know about how this portal looks: theme, where the stylesheet is, and what stands in the footer.
 * It is made once at start and knows nothing of requests.
 */
import type { html } from 'hono/html';

/** A piece of a page. Values put into the `html` template are escaped; the template's own text is not. */
export type Html = ReturnType<typeof html> | '';

export type Theme = 'light' | 'dark' | 'grey' | 'oled' | 'auto';

export type Look = {
  readonly theme: Theme;
  /** Paths of the hashed files, from `assets.ts`. */
  readonly stylesheetPath: string;
  readonly iconPath: string;
  readonly privacyPolicyUrl?: string;
};
