/**
 * Text with form, as the API shows and takes it: the document of the editor (ProseMirror's JSON) cut down to what is listed
 * here. Anything else is refused, so that what is stored can be shown without being cleaned. A plain string is taken wherever
 * a document is.
 */
import { marked } from '@gatehouse/words/say.ts';
import { z } from 'zod';
import { id, lengths, prose } from './fields.ts';

export type Mark =
  | { readonly type: 'bold' | 'italic' | 'strike' | 'code' | 'underline' }
  | { readonly type: 'link'; readonly attrs: { readonly href: string } };
export type Inline =
  | { readonly type: 'text'; readonly text: string; readonly marks?: readonly Mark[] | undefined }
  | { readonly type: 'hardBreak' }
  | { readonly type: 'mention'; readonly attrs: { readonly id: string; readonly label: string } };
export type Block =
  | { readonly type: 'paragraph'; readonly content?: readonly Inline[] | undefined }
  | {
      readonly type: 'heading';
      readonly attrs: { readonly level: 2 | 3 };
      readonly content?: readonly Inline[] | undefined;
    }
  | { readonly type: 'codeBlock'; readonly content?: readonly Inline[] | undefined }
  | { readonly type: 'horizontalRule' }
  | { readonly type: 'blockquote' | 'bulletList' | 'orderedList' | 'listItem'; readonly content: readonly Block[] };
export type RichDoc = { readonly type: 'doc'; readonly content: readonly Block[] };
type Node = RichDoc | Block | Inline;

const depthMax = 16;
const nodesMax = 5_000;

/** Browsers and Node do not agree on spaces in an address. */
export function mayLead(href: string): boolean {
  return !/\s/.test(href) && URL.canParse(href) && /^(https?|mailto):$/.test(new URL(href).protocol);
}

const href = z.string().max(2_000).refine(mayLead, marked('A link leads to a web page or an address.'));
const mark = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['bold', 'italic', 'strike', 'code', 'underline']) }),
  z.object({ type: z.literal('link'), attrs: z.object({ href }) }),
]);
const inline = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('text'),
    text: prose(lengths.description).refine((text) => text !== '', marked('An empty piece of text.')),
    marks: z.array(mark).max(8).optional(),
  }),
  z.object({ type: z.literal('hardBreak') }),
  z.object({ type: z.literal('mention'), attrs: z.object({ id, label: prose(255) }) }),
]);
const content = z.array(inline).optional();
const block: z.ZodType<Block> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('paragraph'), content }),
    z.object({
      type: z.literal('heading'),
      attrs: z.object({ level: z.union([z.literal(2), z.literal(3)]) }),
      content,
    }),
    z.object({ type: z.literal('codeBlock'), content }),
    z.object({ type: z.literal('horizontalRule') }),
    z.object({
      type: z.enum(['blockquote', 'bulletList', 'orderedList', 'listItem']),
      content: z.array(block).min(1),
    }),
  ]),
);
const document: z.ZodType<RichDoc> = z.object({ type: z.literal('doc'), content: z.array(block) });

/** A document of that many characters at most, or a plain text of as many. */
export const richText = (max: number): z.ZodType<string | RichDoc> =>
  z.union([
    prose(max),
    z
      .unknown()
      .refine(isBounded, marked('This text is nested too deeply or has too many pieces.'))
      .pipe(document)
      .refine((doc) => plainText(doc).length <= max, { message: marked('At most {max} characters.'), params: { max } }),
  ]);

/** Looks at the shape alone and never recurses, so that nothing nested without end gets to the rules above. */
function isBounded(value: unknown): boolean {
  let level: unknown[] = [value];
  let seen = 0;
  for (let depth = 0; level.length > 0; depth++) {
    seen += level.length;
    if (depth > depthMax || seen > nodesMax) return false;
    level = level.flatMap((node) =>
      typeof node === 'object' && node !== null && 'content' in node && Array.isArray(node.content) ? node.content : [],
    );
  }
  return true;
}

/** Every line a paragraph. */
export function fromPlain(text: string): RichDoc {
  if (text === '') return { type: 'doc', content: [] };
  return {
    type: 'doc',
    content: text.split('\n').map((line) => ({
      type: 'paragraph',
      ...(line === '' ? {} : { content: [{ type: 'text', text: line }] }),
    })),
  };
}

/** Without the empty lines that an editor leaves at the end. */
export function asDoc(text: string | RichDoc): RichDoc {
  if (typeof text === 'string') return fromPlain(text);
  const last = text.content.findLastIndex((node) => node.type !== 'paragraph' || Boolean(node.content?.length));
  return { ...text, content: text.content.slice(0, last + 1) };
}

/** What it says without its form, a line a block: for searching, and wherever form cannot be shown. */
export function plainText(doc: RichDoc): string {
  return doc.content.map(textOf).join('\n').trimEnd();
}

function textOf(node: Block | Inline): string {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'hardBreak':
      return '\n';
    case 'mention':
      return `@${node.attrs.label}`;
    case 'paragraph':
    case 'heading':
    case 'codeBlock':
      return (node.content ?? []).map(textOf).join('');
    case 'horizontalRule':
      return '';
    default:
      return node.content.map(textOf).join('\n');
  }
}

/** Whether there is nothing to it but its plain text. */
export function isPlain(doc: RichDoc): boolean {
  return doc.content.every(
    (node) =>
      node.type === 'paragraph' && (node.content ?? []).every((each) => each.type === 'text' && !each.marks?.length),
  );
}

/** The people a text names, each once. */
export function mentionsIn(doc: RichDoc): string[] {
  const found = new Set<string>();
  const visit = (node: Node): void => {
    if (node.type === 'mention') found.add(node.attrs.id);
    if ('content' in node) for (const each of node.content ?? []) visit(each);
  };
  visit(doc);
  return [...found];
}
