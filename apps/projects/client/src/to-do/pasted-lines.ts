/** A list that was pasted, read as one subtask a line. Pure. */

export const titleLengthMax = 250;
/** What the server takes at once. */
export const linesMax = 100;

export type PastedLine = {
  readonly text: string;
  /** Whether the box before it is ticked. */
  readonly isDone: boolean;
};

export type PastedLines = {
  readonly lines: readonly PastedLine[];
  /** Which lines, counted among those that say something, are longer than a title may be. */
  readonly tooLong: readonly number[];
};

export function readLines(text: string): PastedLines {
  const lines = text
    .split(/\r?\n/)
    .map(cleanLine)
    .filter((line) => line.text !== '');
  const tooLong = lines.flatMap((line, index) => (line.text.length > titleLengthMax ? [index + 1] : []));
  return { lines, tooLong };
}

/** Lists come with their signs: dashes, bullets, numbers, boxes. */
function cleanLine(line: string): PastedLine {
  const item = line.replace(/^\s*(?:[-*•–]|\d+[.)])\s+/, '').trimStart();
  const [box = '', tick] = /^(?:\[([ xX]?)\]|([☐☑☒✓✔]))\s+/u.exec(item) ?? [];
  return {
    text: item.slice(box.length).replace(/\s+/g, ' ').trim(),
    isDone: tick?.toLowerCase() === 'x' || /^[☑☒✓✔]/u.test(box),
  };
}
