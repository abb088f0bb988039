/**
 * The sentences that a source file says: every `say('…'` and `say.parts('…'`. It reads text, not a syntax tree, so that it
 * serves `.ts` and `.tsx` alike and costs nothing. A first argument that is no plain literal is a mistake: nobody could translate it.
 */

export type Extracted = {
  readonly texts: readonly string[];
  /** Line numbers, from 1, of calls whose sentence cannot be read. */
  readonly unreadableLines: readonly number[];
};

const call = /\bsay(?:\.parts)?\(\s*/g;
const literal = /(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\$]|\\.|\$(?!\{))*)`)\s*[,)]/y;
const definition = /(?:\bfunction\s+|^\s*(?:\*|\/\/|\/\*).*)$/;

export function extractTexts(source: string): Extracted {
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
  return { texts: [...new Set(texts)], unreadableLines };
}

function readLiteral(written: string): string {
  return written.replace(/\\(?:u\{([\da-f]+)\}|u([\da-f]{4})|([\s\S]))/gi, (_, braced, four, other: string) =>
    other === undefined ? String.fromCodePoint(Number.parseInt(braced ?? four, 16)) : other === 'n' ? '\n' : other,
  );
}
