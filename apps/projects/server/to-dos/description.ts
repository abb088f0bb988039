/** How a text with form lies in two columns: the plain text for searching, the document only when there is more to it. Pure. */
import { fromPlain, isPlain, mentionsIn, plainText, type RichDoc } from '../../wire/rich-text.ts';

type KeptText = { readonly description: string; readonly description_doc: string | null };

export function keepText(doc: RichDoc): KeptText {
  return { description: plainText(doc), description_doc: isPlain(doc) ? null : JSON.stringify(doc) };
}

export function docOf({ description, description_doc }: KeptText): RichDoc {
  return description_doc === null ? fromPlain(description) : parseDoc(description_doc);
}

/** A document as history keeps it. What was written down before texts had form is plain. */
export function parseDoc(value: string | null): RichDoc {
  if (!value?.startsWith('{"type":"doc"')) return fromPlain(value ?? '');
  return JSON.parse(value) as RichDoc;
}

/** The people whom a text names now and did not before. */
export function newMentions(before: RichDoc, after: RichDoc): string[] {
  const known = new Set(mentionsIn(before));
  return mentionsIn(after).filter((id) => !known.has(id));
}
