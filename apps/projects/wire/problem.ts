/** What the API says when it cannot do what was asked. Codes are permanent; texts are for people and may change. */

export const problemCodes = [
  'request.malformed',
  'request.invalid',
  'request.too_large',
  'request.not_json',
  'request.foreign_origin',
  'request.too_many',
  'session.missing',
  'session.other_person',
  'access.denied',
  'not_found',
  'conflict.changed_meanwhile',
  'conflict.key_taken',
  'conflict.name_taken',
  'conflict.last_owner',
  'server.files_away',
  'server.failed',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

export type Problem = {
  readonly code: ProblemCode;
  /** What happened, in one sentence. */
  readonly what: string;
  readonly why: string;
  /** What the person can do about it. */
  readonly do: string;
  /**
   * How people are told it, where that is not the same, before `values` are put in: by this another language is looked up. With
   * `why` where they are told that too: of what they may not do.
   */
  readonly sentences?: { readonly what: string; readonly why?: string; readonly do: string };
  readonly values?: Readonly<Record<string, string | number>>;
  /** For `request.invalid`: which fields, and what is wrong with each. */
  readonly fields?: readonly { readonly path: string; readonly message: string }[];
};

export type ProblemBody = { readonly error: Problem };
