/** Text that remembers for each of its lines the line of the file it came from, so that filters do not blur messages. */

export type FilteredText = { readonly text: string; lineOf(line: number): number };

export class LinedText implements FilteredText {
  readonly text: string;
  /** Index 0 is line 1. */
  readonly #lines: readonly number[];

  private constructor(text: string, lines: readonly number[]) {
    this.text = text;
    this.#lines = lines;
  }

  static of(text: string): LinedText {
    return new LinedText(
      text,
      text.split('\n').map((_, index) => index + 1),
    );
  }

  static from(writer: LineWriter): LinedText {
    return new LinedText(writer.text(), writer.lines());
  }

  lineOf(line: number): number {
    return this.#lines[line - 1] ?? this.#lines.at(-1) ?? 1;
  }
}

/** Collects output; each line of it belongs to the source line of the first thing written on it. */
export class LineWriter {
  readonly #parts: string[] = [];
  readonly #lines: number[] = [];
  #atStart = true;

  /** `advances`: whether the text stands in the source, so that its line breaks are source lines too. */
  write(text: string, sourceLine: number, advances: boolean): void {
    if (text === '') return;
    this.#parts.push(text);
    let line = sourceLine;
    for (const [index, piece] of text.split('\n').entries()) {
      if (index > 0) {
        if (this.#atStart) this.#lines.push(advances ? line : sourceLine);
        this.#atStart = true;
        if (advances) line += 1;
      }
      if (piece !== '' && this.#atStart) {
        this.#lines.push(line);
        this.#atStart = false;
      }
    }
  }

  text(): string {
    return this.#parts.join('');
  }

  lines(): readonly number[] {
    return this.#lines;
  }
}
