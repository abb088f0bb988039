/**
 * What every page needs to know about how it looks and speaks to whoever asked: language, theme, where the files are, what
 * stands in the frame. Made for each request by `appearance/`; a page takes it as it is.
 */
import type { IncomingMessage } from 'node:http';
import type { Say } from '@gatehouse/words/say.ts';
import type { HttpBindings } from '@hono/node-server';
import type { html } from 'hono/html';

/** A piece of a page. Values put into the `html` template are escaped; the template's own text is not. */
export type Html = ReturnType<typeof html> | '';

export type Theme = 'light' | 'dark' | 'grey' | 'oled' | 'auto';

export type Look = {
  /** Words in the language of the person. */
  readonly say: Say;
  readonly theme: Theme;
  /** Letters that are easier to tell apart. */
  readonly legible: boolean;
  /** Paths of the hashed files, from `assets.ts`. */
  readonly stylesheetPath: string;
  readonly iconPath: string;
  /** The administrator's logo in place of the mark. */
  readonly logoPath?: string | undefined;
  /** What the portal calls itself. */
  readonly product: string;
  readonly privacyPolicyUrl?: string | undefined;
  /** Where language and theme are chosen; it leads back to this page. */
  readonly choiceAddress: string;
};

/** `languages`: what somebody else believes the person reads, such as an application; tags, the best first. */
export type LookOf = (req: IncomingMessage, languages?: readonly string[]) => Look;

/** Of every request to the portal's pages. */
export type PortalEnv = { Bindings: HttpBindings; Variables: { look: Look } };
