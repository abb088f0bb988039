/**
 * What a CSV file would become: each line a to-do to be made, or a problem. A word that the project does not know (a column,
 * a person, a milestone) is a note and is left out; what cannot be read is a problem, and then nothing is taken. Pure.
 */
import { marked } from '@gatehouse/words/say.ts';
import {
  type ChosenMeaning,
  type CsvField,
  type CsvPreview,
  csvFields,
  csvValueKey,
  type DayOrder,
  type LineNote,
  noTitleColumn,
} from '../../wire/csv.ts';
import type { Language } from '../../wire/languages.ts';
import { foldTag } from '../../wire/tag.ts';
import { type Columns, cellOf, has, noteOf, type PlannedToDo, readLine } from './csv-line.ts';
import { type Known, type Meanings, readMeanings, shown } from './csv-meanings.ts';
import { guessColumns } from './csv-names.ts';
import type { CsvRecord, CsvTable } from './csv-text.ts';

export type CsvPlan = { readonly preview: CsvPreview; readonly toDos: readonly PlannedToDo[] };

const listedMax = 100;
const sampleMax = 10;
const samplesMax = 3;

type Choice = {
  /** What each column is; left out, their names tell. */
  readonly columns?: readonly (CsvField | null)[] | undefined;
  readonly dayOrder: DayOrder;
  /** Of the person who takes the file in: how numbers are read. */
  readonly language: Language;
  /** Whether a line with a problem is left out rather than keep all out. */
  readonly leaveOut: boolean;
  readonly meanings: readonly ChosenMeaning[];
};

export function planCsv(table: CsvTable, known: Known, choice: Choice): CsvPlan {
  const columns = table.headers.map((_, index) => (choice.columns ?? guessColumns(table.headers))[index] ?? null);
  const meanings = readMeanings(table.records, columns, known, choice.language, choice.meanings);
  const planFor = (some: CsvTable): Plan => planAll(some, columns, meanings, known.tags, choice);
  const plan = planFor(table);
  const bad = new Set(plan.lineProblems.map(({ line }) => line));
  if (!choice.leaveOut || bad.size === 0) return presentPlan(plan, [], meanings);
  const good = table.records.filter(({ line }) => !bad.has(line));
  return presentPlan(planFor({ ...table, records: good }), plan.lineProblems, meanings);
}

type Plan = {
  readonly toDos: readonly PlannedToDo[];
  readonly preview: Pick<CsvPreview, 'columns' | 'rows' | 'sample' | 'newTags'>;
  readonly fileProblems: readonly LineNote[];
  readonly lineProblems: readonly LineNote[];
  readonly notes: readonly LineNote[];
};

function presentPlan(
  { toDos, preview, fileProblems, lineProblems, notes }: Plan,
  leftOut: readonly LineNote[],
  meanings: Meanings,
): CsvPlan {
  const problemList = listNotes(onceEach([...fileProblems, ...lineProblems]));
  const noteList = listNotes(onceEach(notes));
  const leftOutList = listNotes(leftOut.map(({ about: _, ...note }) => note));
  return {
    toDos,
    preview: {
      ...preview,
      problems: problemList.listed,
      notes: noteList.listed,
      leftOut: leftOutList.listed,
      more: problemList.more + noteList.more + leftOutList.more,
      ...meanings.preview,
    },
  };
}

/** What is about a value, with the first of its lines alone: how many there are stands beside the value. */
function onceEach(notes: readonly LineNote[]): readonly LineNote[] {
  const said = new Set<string>();
  return notes.filter(({ about }) => {
    if (!about) return true;
    const isNew = !said.has(csvValueKey(about));
    said.add(csvValueKey(about));
    return isNew;
  });
}

/** What is about values is bounded as they are. */
function listNotes(notes: readonly LineNote[]): { readonly listed: readonly LineNote[]; readonly more: number } {
  const ofLines = notes.filter(({ about }) => !about);
  const kept = new Set(ofLines.slice(0, listedMax));
  return { listed: notes.filter((note) => note.about || kept.has(note)), more: ofLines.length - kept.size };
}

function planAll(
  table: CsvTable,
  columns: Columns,
  meanings: Meanings,
  projectTags: readonly string[],
  { dayOrder, language }: Choice,
): Plan {
  const fileProblems: LineNote[] = [];
  const problems: LineNote[] = [];
  const notes: LineNote[] = [];
  if (!columns.includes('title')) fileProblems.push(noteOf(table.headerLine, noTitleColumn));
  if (table.records.length === 0) fileProblems.push(noteOf(table.headerLine, marked('There is no to-do in the file.')));
  const parents = planParents(table.records, columns, notes);
  const read = table.records.map((record, index) => {
    const toDo = readLine(record, columns, meanings, { order: dayOrder, language }, problems, notes);
    return { ...toDo, parent: parents[index] ?? null };
  });
  const knownTags = new Set(projectTags.map(foldTag));
  const used = new Map(read.flatMap(({ tags }) => tags.map((name) => [foldTag(name), name] as const)));
  return {
    toDos: read,
    preview: {
      columns: table.headers.map((header, index) => ({
        header,
        field: columns[index] ?? null,
        sample: cellsBelow(table.records, index),
      })),
      rows: table.records.length,
      sample: table.records.slice(0, sampleMax).map((record) => ({
        line: record.line,
        values: Object.fromEntries(
          csvFields.flatMap((field) => (has(columns, field) ? [[field, cellOf(record, columns, field)]] : [])),
        ),
      })),
      newTags: [...used].filter(([folded]) => !knownTags.has(folded)).map(([, name]) => name),
    },
    fileProblems,
    lineProblems: problems,
    notes,
  };
}

/** The first cells of that column in which something stands, cut to what a line shows. */
function cellsBelow(records: readonly CsvRecord[], index: number): string[] {
  return records
    .map(({ cells }) => cells[index] ?? '')
    .filter((cell) => cell !== '')
    .slice(0, samplesMax)
    .map((cell) => shown(cell).text);
}

/** A part names its whole by number, wherever in the file that stands; one level, as everywhere. */
function planParents(records: readonly CsvRecord[], columns: Columns, notes: LineNote[]): (number | null)[] {
  const byNumber = new Map(records.map((record, index) => [cellOf(record, columns, 'number'), index]));
  const wanted = records.map((record) => {
    const cell = cellOf(record, columns, 'parent');
    return cell === '' || cell === '0' ? undefined : byNumber.get(cell);
  });
  return records.map((record, index) => {
    const cell = cellOf(record, columns, 'parent');
    const parent = wanted[index];
    if (cell === '' || cell === '0') return null;
    if (parent !== undefined && parent !== index && wanted[parent] === undefined) return parent;
    const sentence = marked('“{text}” is no to-do of this file that can have parts: it stands alone.');
    notes.push(noteOf(record.line, sentence, shown(cell)));
    return null;
  });
}
