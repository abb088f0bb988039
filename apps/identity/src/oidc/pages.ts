/**
 * What a page of the provider says; how it looks is the portal's. Texts are plain sentences without markup, and hold
 * nothing secret.
 */

export type Application = { readonly clientId: string; readonly name: string };

export type ErrorPage = {
  readonly status: number;
  /** Permanent name of what went wrong, for support: small, selectable, last. */
  readonly code: string;
  /** The heading: one stable sentence. */
  readonly heading: string;
  readonly what: string;
  readonly why?: string;
  readonly todo: string;
  readonly application?: Application;
  /** What whoever runs the portal or the application needs to know, a sentence a line; stands below the person's part. */
  readonly details?: readonly string[];
  /** The key of the configuration that decides, and where it stands (file base name). */
  readonly setting?: { readonly key: string; readonly file?: string; readonly line?: number };
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

export type SignedOutPage = { readonly application?: Application };
