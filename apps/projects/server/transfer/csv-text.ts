/**
 * CSV as text: written so that no spreadsheet takes a cell for a formula, read with the line each record began on, without
 * lines in which nothing stands. Pure.
 */
import { marked, type Values } from '@gatehouse/words/say.ts';
import { CsvError, type Options, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { csvColumnsMax, csvRowsMax } from '../../wire/csv.ts';
import { headerIndex } from './csv-names.ts';

/** With the empty ones that spreadsheets leave between and below: many more than to-dos. */
const linesMax = 20_000;

export type CsvRecord = { readonly line: number; readonly cells: readonly string[] };
export type CsvTable = {
  readonly headers: readonly string[];
  /** The line that names the columns. */
  readonly headerLine: number;
  readonly records: readonly CsvRecord[];
};
export type CsvUnread = { readonly line: number; readonly message: string; readonly values?: Values };

/** What spreadsheets take for the beginning of a formula; a quote in front of it makes it a text (OWASP, CSV injection). */
const formula = /^'[=+\-@\t\r]/;

/** With a mark at its beginning by which Excel knows UTF-8. */
export function writeCsv(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  return stringify([headers, ...rows] as string[][], {
    bom: true,
    escape_formulas: true,
    record_delimiter: '\r\n',
    // By itself it quotes what holds its own end of a line, and readers take any end for one.
    quoted_match: /[\r\n]/,
  });
}

/** The first record names the columns, or one below it where the first are a title. */
export function readCsv(text: string): CsvTable | CsvUnread {
  const lines = parseRecords(text);
  if ('message' in lines) return lines;
  const [first, ...records] = lines.slice(headerIndex(lines.map(({ cells }) => cells)));
  if (!first) return { line: 1, message: 'The file is empty.' };
  if (first.cells.length > csvColumnsMax)
    return { line: first.line, message: 'A file has at most {max} columns.', values: { max: csvColumnsMax } };
  if (records.length > csvRowsMax)
    return {
      line: records[csvRowsMax]?.line ?? 1,
      message: 'At most {max} to-dos are taken at once.',
      values: { max: csvRowsMax },
    };
  return { headers: first.cells, headerLine: first.line, records };
}

function parseRecords(written: string): CsvRecord[] | CsvUnread {
  // What ends a line inside a cell counts as one too, and CR LF would be two.
  const text = written.replace(/\r\n?/g, '\n');
  let begins = 1;
  const records: CsvRecord[] = [];
  let count = 0;
  const options: Options = {
    bom: true,
    delimiter: delimiterOf(text),
    relax_column_count: true,
    // 24" is a screen and no quotation.
    relax_quotes: true,
    trim: true,
    max_record_size: 200_000,
    to: linesMax,
    on_record(cells: string[], { lines }) {
      count += 1;
      if (cells.some((cell) => cell !== ''))
        records.push({ line: begins, cells: cells.map((cell) => (formula.test(cell) ? cell.slice(1) : cell)) });
      begins = lines + 1;
      return null;
    },
  };
  try {
    parse(text, options);
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const values = { line: begins };
    if (cause.code === 'CSV_MAX_RECORD_SIZE')
      return { line: begins, message: marked('Line {line} is too long.'), values };
    return { line: begins, message: marked('Line {line} cannot be read: a quote in it is not closed.'), values };
  }
  if (count === linesMax)
    return { line: begins, message: marked('A file has at most {max} lines.'), values: { max: linesMax } };
  return records;
}

/** Spreadsheets of many countries write semicolons: whatever the first lines have most of. */
function delimiterOf(text: string): string {
  const first = text.split('\n', 5).join('\n');
  const bare = first.replace(/"[^"]*"/g, '');
  const count = (sign: string): number => bare.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
