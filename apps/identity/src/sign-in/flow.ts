/**
 * What a sign-in is for. The steps (password, one-time code, consent) ask a flow what is needed and hand it the result;
 * they never learn whether an application, a proxy or the portal itself asked.
 *
 * `oidc/` provides the flow of an authorization request, `portal-flow.ts` the one of a plain visit to the portal.
 */
import type { Identity } from '../directory/directory.ts';
import type { PortalSession } from '../session/portal-session.ts';

export type RequiredLevel = 'one_factor' | 'two_factor' | 'deny';

export type FlowAbout = {
  /** The application that asked, as the person should see it. Absent when the portal itself is the destination. */
  readonly application?: { readonly clientId: string; readonly name: string; readonly host: string };
  /** The device that the application runs on and that waits, when it is not this browser: what is known of where it is. */
  readonly device?: {
    readonly address: string;
    readonly userAgent: string;
    readonly askedAtMs: number;
    /** As the device shows it. */
    readonly userCode: string;
  };
  /** Host of the page behind a proxy that the person wanted. */
  readonly destination?: string;
  /** A proof of the password or a passkey older than this (ms since the epoch) does not count: `prompt=login`, `max_age`. */
  readonly notBeforeMs?: number;
  /** Nobody is assumed to be the one who was here: the person says who they are (`prompt=select_account`). */
  readonly choosesAccount?: boolean;
  /** `login_hint`, to fill the name field. */
  readonly loginHint?: string;
  /** `ui_locales`: what the application believes the person reads, the best first. */
  readonly uiLocales?: readonly string[];
};

/** One line of the consent page: the claim and the real value the application will see. */
export type ConsentLine = {
  readonly claim: string;
  readonly value: string | boolean;
  /** The person may keep it back and still go on. */
  readonly optional: boolean;
};

export type ConsentQuestion =
  | { readonly kind: 'not-needed' }
  | {
      readonly kind: 'ask';
      readonly lines: readonly ConsentLine[];
      /** Whether the form offers to remember the answer (`consent_mode: pre-configured`). */
      readonly mayRemember: boolean;
      /** Whether the application also asks to stay connected when the person is away (`offline_access`). */
      readonly offlineAccess: boolean;
      /** The services it asks access to in the person's name: addresses or names, as the configuration writes them. */
      readonly services: readonly string[];
    };

export type Consent = {
  readonly remember: boolean;
  /** The optional claims that the person shares; the others are kept back. */
  readonly sharedClaims: readonly string[];
};

export interface Flow {
  /** Path the steps hang from, without a trailing slash: `/sign-in/<id>`. The engine's interaction cookie is scoped to it. */
  readonly path: string;
  /** Kept on the address of every step, with its `?`; where the portal flow remembers its destination. */
  readonly query?: string;
  readonly about: FlowAbout;
  /** Which level the policy asks of this person from this address. */
  requiredLevel(identity: Identity, remoteAddress: string): RequiredLevel;
  consentQuestion(identity: Identity, session: PortalSession): Promise<ConsentQuestion>;
  /** Completes the flow and answers with the location the browser goes to next (303). */
  finish(session: PortalSession, identity: Identity, consent: Consent | undefined): Promise<string>;
  /** Ends the flow without success: the person said no, or the policy does. Answers with the next location (303). */
  refuse(reason: 'consent-denied' | 'policy-denied'): Promise<string>;
}

export type FlowAnswer =
  | { readonly kind: 'flow'; readonly flow: Flow }
  | { readonly kind: 'expired' }
  /** It cannot go on, and the person reads why at this location (303). */
  | { readonly kind: 'ended'; readonly location: string };
