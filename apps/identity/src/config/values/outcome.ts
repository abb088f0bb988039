/**
 * What reading one value of the configuration ends in. The parsers beside this file are pure: text in, outcome out. They
 * know nothing of keys, files or lines, and a reason never repeats the text, because the text may be a secret.
 */

export type Outcome<T> =
  | { readonly kind: 'value'; readonly value: T }
  | {
      readonly kind: 'refused';
      /** Continues a sentence whose subject is the value: "is not a duration". */
      readonly reason: string;
      /** What would be right, as a whole sentence. */
      readonly cure: string;
    };

export function value<T>(read: T): Outcome<T> {
  return { kind: 'value', value: read };
}

export function refused(reason: string, cure: string): Outcome<never> {
  return { kind: 'refused', reason, cure };
}
