/**
 * The sentences that a source file says: every `say('…'`, `say.parts('…'` and `marked('…'`, and what stands as a whole sentence
 * under a property that an application names, such as the `message` of its refusals. It reads text, not a syntax tree, so that
 * it serves `.ts` and `.tsx` alike and costs nothing. A first argument that is no plain literal is a mistake: nobody could
 * translate it.
 */

export type Extracted = {
  readonly texts: readonly string[];
  /** Line numbers, from 1, of calls whose sentence cannot be read. */
  readonly unreadableLines: readonly number[];
};

const call = /(?:\bsay(?:\.parts)?|(?<![.\w])marked)\(\s*/g;
const literal = /(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\$]|\\.|\$(?!\{))*)`)\s*[,)]/y;
const definition = /(?:\bfunction\s+|^\s*(?:\*|\/\/|\/\*).*)$/;

/** `properties`: under these names a literal is a sentence for people, when it looks like one. */
export function extractTexts(source: string, properties: readonly string[] = []): Extracted {
  const texts: string[] = [];
  const unreadableLines: number[] = [];
  for (const { index, 0: found } of source.matchAll(call)) {
    const before = source.slice(source.lastIndexOf('\n', index) + 1, index);
    if (definition.test(before)) continue;
    literal.lastIndex = index + found.length;
    const match = literal.exec(source);
    const written = match && (match[1] ?? match[2] ?? match[3]);
    if (written === null || written === undefined) unreadableLines.push(source.slice(0, index).split('\n').length);
    else texts.push(readLiteral(written));
  }
  if (properties.length > 0) {
    const named = new RegExp(`\\b(?:${properties.join('|')}):\\s*'(${sentence})'`, 'g');
    for (const [, written = ''] of source.matchAll(named)) texts.push(readLiteral(written));
  }
  return { texts: [...new Set(texts)], unreadableLines };
}

/** From a capital to a full stop. */
const sentence = String.raw`[A-Z](?:[^'\\\n]|\\.)* (?:[^'\\\n]|\\.)*[.?]`;

function readLiteral(written: string): string {
  return written.replace(/\\(?:u\{([\da-f]+)\}|u([\da-f]{4})|([\s\S]))/gi, (_, braced, four, other: string) =>
    other === undefined ? String.fromCodePoint(Number.parseInt(braced ?? four, 16)) : other === 'n' ? '\n' : other,
  );
}
