/** What the API says when it cannot do what was asked. Codes are permanent; texts are for people and may change. */

export type ProblemCode =
  | 'request.malformed'
  | 'request.invalid'
  | 'request.too_large'
  | 'request.not_json'
  | 'request.foreign_origin'
  | 'request.too_many'
  | 'session.missing'
  | 'access.denied'
  | 'not_found'
  | 'conflict.changed_meanwhile'
  | 'conflict.key_taken'
  | 'conflict.name_taken'
  | 'conflict.last_owner'
  | 'server.failed';

export type Problem = {
  readonly code: ProblemCode;
  /** What happened, in one sentence. */
  readonly what: string;
  readonly why: string;
  /** What the person can do about it. */
  readonly do: string;
  /** For `request.invalid`: which fields, and what is wrong with each. */
  readonly fields?: readonly { readonly path: string; readonly message: string }[];
};

export type ProblemBody = { readonly error: Problem };
