/** A text as it is when more was typed at its end. Pure. */
import type { Block, Inline, RichDoc } from '../../../wire/rich-text.ts';

/** Every line of `typed` but the first is a paragraph of its own; the first goes on where the text ends in a paragraph. */
export function withTyped(doc: RichDoc, typed: string): RichDoc {
  const last = doc.content.at(-1);
  const [line = '', ...lines] = typed.split('\n');
  const goesOn = last?.type === 'paragraph';
  const content = goesOn ? doc.content.slice(0, -1) : doc.content;
  const first = goesOn ? paragraph(joined(last.content ?? [], line)) : paragraph(joined([], line));
  return { ...doc, content: [...content, first, ...lines.map((each) => paragraph(joined([], each)))] };
}

function paragraph(content: readonly Inline[]): Block {
  return content.length === 0 ? { type: 'paragraph' } : { type: 'paragraph', content };
}

/** Two pieces of text that look alike are one, as in the editor. */
function joined(pieces: readonly Inline[], text: string): readonly Inline[] {
  if (text === '') return pieces;
  const last = pieces.at(-1);
  if (last?.type !== 'text' || last.marks?.length) return [...pieces, { type: 'text', text }];
  return [...pieces.slice(0, -1), { ...last, text: last.text + text }];
}
