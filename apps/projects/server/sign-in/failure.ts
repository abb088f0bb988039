/**
 * A sign-in that did not work: a permanent code, and what a person and an administrator are told. Names no route and draws
 * no page. Texts hold nothing secret; what a provider wrote is shortened here and escaped where it is drawn.
 */

import { marked } from '@gatehouse/words/say.ts';

export type SignInCode =
  | 'sign-in-off'
  | 'transaction-missing'
  | 'transaction-used'
  | 'provider-unreachable'
  | 'discovery-broken'
  | 'issuer-mismatch'
  | 'provider-refused'
  | 'response-invalid'
  | 'exchange-refused'
  | 'exchange-invalid'
  | 'id-token-missing'
  | 'id-token-invalid'
  | 'id-token-expired'
  | 'id-token-key'
  | 'userinfo-failed'
  | 'userinfo-subject'
  | 'claim-unusable'
  | 'email-missing'
  | 'group-missing'
  | 'unknown-person'
  | 'email-taken'
  | 'email-not-verified'
  | 'link-needs-owner'
  | 'deactivated'
  | 'server-failed';

/** The provider did its part, and this person may not in: the same one again would end here again. */
export const refusesThePerson: ReadonlySet<SignInCode> = new Set<SignInCode>([
  'unknown-person',
  'email-missing',
  'email-taken',
  'email-not-verified',
  'group-missing',
  'link-needs-owner',
  'deactivated',
]);

export type Explanation = {
  /** The heading: what happened. */
  readonly what: string;
  readonly why: string;
  /** What the person can do. */
  readonly todo: string;
  /** For whoever runs the workspace: which variable, which value. */
  readonly administrator?: string;
};

export class SignInFailure extends Error {
  override readonly name = 'SignInFailure';
  readonly code: SignInCode;
  readonly explanation: Explanation;
  /** The `error` of the provider, where it said one. */
  readonly providerError: string | undefined;
  constructor(
    code: SignInCode,
    explanation: Explanation,
    options: { readonly cause?: unknown; readonly providerError?: string | undefined } = {},
  ) {
    super(explanation.what, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.explanation = explanation;
    this.providerError = options.providerError;
  }
}

export const askAdministrator = marked(
  'Try again. If it happens again, show this page to whoever runs this workspace.',
);

const providerTextMax = 300;

/** Text that a provider wrote: one line, not long, only the characters RFC 6749 section 4.1.2.1 allows. */
export function providerText(text: string | undefined | null): string {
  return (text ?? '')
    .replace(/[^\x20-\x7E]+/g, ' ')
    .trim()
    .slice(0, providerTextMax);
}
