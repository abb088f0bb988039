/**
 * What a page of the provider says; how it looks is the portal's. Texts are plain sentences without markup, and hold
 * nothing secret.
 */

import type { IncomingMessage } from 'node:http';
import type { Refusal } from './refusals/refusal.ts';

/** Who reads a page: by their request, and by the languages that an application named (`ui_locales`). */
export type Reader = { readonly req: IncomingMessage; readonly uiLocales: readonly string[] };

export type Application = { readonly clientId: string; readonly name: string };

export type ErrorPage = {
  readonly status: number;
  /** Permanent name of what went wrong, in small letters with dashes, for support: small, selectable, last. */
  readonly code: string;
  /** The heading: one stable sentence. */
  readonly heading: string;
  readonly what: string;
  readonly why?: string;
  readonly todo: string;
  readonly application?: Application;
  /** Under which it was recorded; shown instead of the code. */
  readonly reference?: string;
  /** For administrators alone. */
  readonly diagnosis?: Refusal;
  /** A link that carries the protocol's own error to the application. */
  readonly back?: { readonly label: string; readonly href: string };
};

/** Asks whether to sign out. The form posts `fields` to `action`; the button "yes" adds `logout=yes`. */
export type SignOutPage = {
  readonly action: string;
  readonly fields: { readonly xsrf: string };
  readonly confirm: { readonly name: 'logout'; readonly value: 'yes' };
  readonly application?: Application;
};

/** Of a sign-in on another device. */
export type DevicePage =
  /** Asks for the code. The form posts `fields` and `user_code` to `action`. */
  | {
      readonly kind: 'code';
      readonly action: string;
      readonly fields: { readonly xsrf: string; readonly confirm: 'yes' };
      /** As it stood in the address, or as it was typed. */
      readonly userCode?: string;
      readonly problem?: 'missing' | 'unknown' | 'expired' | 'used' | 'stale' | 'limited';
    }
  | { readonly kind: 'done'; readonly application: Application }
  | { readonly kind: 'refused' };

/** An application's own page for the end of a session, opened in a frame that nobody sees. */
export type SignOutFrame = Application & { readonly url: string; readonly origin: string };

export type SignedOutPage = {
  readonly application?: Application;
  readonly frames?: readonly SignOutFrame[];
  /** Where the browser goes when the frames had their time. */
  readonly onward?: string;
};
