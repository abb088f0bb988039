/**
 * What reading a digest's text ends in. A reason never repeats the text: a digest is worth protecting, and what was pasted
 * in its place may be a password.
 */

export type Parsed<T> =
  | { readonly kind: 'value'; readonly value: T }
  | {
      readonly kind: 'refused';
      /** Continues a sentence whose subject is the digest: "asks for more than 1 GiB of memory". */
      readonly reason: string;
      /** What would be right, as a whole sentence. */
      readonly cure: string;
    };

export function parsed<T>(value: T): Parsed<T> {
  return { kind: 'value', value };
}

export function refused(reason: string, cure = makeAnother): Parsed<never> {
  return { kind: 'refused', reason, cure };
}

const makeAnother = "Make a digest with 'gatehouse crypto hash generate'.";
