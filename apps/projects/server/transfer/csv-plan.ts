/**
 * What a CSV file would become: each line a to-do to be made, or a problem. A word that the project does not know (a column,
 * a person, a milestone) is a note and is left out; what cannot be read is a problem, and then nothing is taken. Pure.
 */
import { fillIn, marked, type Values } from '@gatehouse/words/say.ts';
import type { ZodError } from 'zod';
import {
  type ChosenMeaning,
  type CsvField,
  type CsvMeaningField,
  type CsvPreview,
  csvFields,
  csvValueKey,
  type DayOrder,
  type LineNote,
  noTitleColumn,
} from '../../wire/csv.ts';
import { lengths, oneLine, prose } from '../../wire/fields.ts';
import type { Language } from '../../wire/languages.ts';
import { foldTag, tagNames } from '../../wire/tag.ts';
import { type Effort, efforts, type Priority, priorities, type ToDoType, toDoTypes } from '../../wire/to-do.ts';
import { valuesOf } from '../api/issue.ts';
import { type Known, type Meaning, type Meanings, readMeanings, shown } from './csv-meanings.ts';
import { guessColumns } from './csv-names.ts';
import type { CsvRecord, CsvTable } from './csv-text.ts';
import { isEmptyCell, isWrittenAsDay, readDay, readHours } from './csv-values.ts';

export type PlannedToDo = {
  readonly line: number;
  readonly title: string;
  readonly description: string;
  readonly statusId: string;
  readonly type: ToDoType;
  readonly priority: Priority | null;
  readonly effort: Effort | null;
  readonly assigneeIds: readonly string[];
  readonly tags: readonly string[];
  readonly milestoneId: string | null;
  readonly sprintId: string | null;
  /** Index in the list of planned to-dos. */
  readonly parent: number | null;
  readonly dueOn: string | null;
  readonly workStartOn: string | null;
  readonly workEndOn: string | null;
  readonly plannedHours: number | null;
  readonly remainingHours: number | null;
};

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
    const reader = openReader(record, columns, meanings, { order: dayOrder, language }, problems, notes);
    return { ...reader.toDo(), parent: parents[index] ?? null };
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

type Columns = readonly (CsvField | null)[];
const has = (columns: Columns, field: CsvField): boolean => columns.includes(field);
const cellOf = ({ cells }: CsvRecord, columns: Columns, field: CsvField): string => cells[columns.indexOf(field)] ?? '';

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

function openReader(
  record: CsvRecord,
  columns: Columns,
  meanings: Meanings,
  { order, language }: { readonly order: DayOrder; readonly language: Language },
  problems: LineNote[],
  notes: LineNote[],
) {
  const { line } = record;
  const cell = (field: CsvField): string => cellOf(record, columns, field);
  const problem = (sentence: string, values?: Values, field?: CsvField): void =>
    void problems.push(noteOf(line, sentence, values, field));

  /** What the values of a cell mean; why one does not is told. */
  function meant(field: CsvMeaningField): readonly string[] {
    return meanings.of(field, cell(field)).flatMap((meaning) => {
      if (meaning.said) (meaning.to === undefined ? problems : notes).push(noteAbout(line, meaning, meaning.said));
      return meaning.to ?? [];
    });
  }

  function value<T>(
    field: CsvField,
    read: (text: string) => T | undefined,
    unread: (text: string) => string,
  ): T | null {
    const text = cell(field);
    if (isEmptyCell(text)) return null;
    const found = read(text);
    if (found === undefined) problem(unread(text), shown(text));
    return found ?? null;
  }

  const day = (field: CsvField): string | null =>
    value(
      field,
      (text) => readDay(text, order),
      (text) => (isWrittenAsDay(text) ? noSuchDay : dayUnread),
    );
  const hours = (field: CsvField): number | null =>
    value(
      field,
      (text) => readHours(text, language),
      () => hoursUnread,
    );

  function oneOf<T extends string | number>(field: CsvMeaningField, choices: readonly T[]): T | undefined {
    const [to] = meant(field);
    return choices.find((choice) => String(choice) === to);
  }

  function assignees(): string[] {
    const ids = [...new Set(meant('assignees'))];
    if (ids.length > lengths.assignees)
      problem(marked('A to-do is given to at most {max} people.'), { max: lengths.assignees });
    return ids;
  }

  function tags(): readonly string[] {
    const names = cell('tags')
      .split(/[,;#]/)
      .map((each) => each.trim())
      .filter((each) => each !== '');
    const parsed = tagNames.safeParse(names);
    if (!parsed.success) misfit('tags', parsed.error);
    return parsed.success ? parsed.data : [];
  }

  function misfit(field: CsvField, { issues: [issue] }: ZodError): void {
    if (issue) problem(issue.message, valuesOf(issue), field);
  }

  function checked(field: 'title' | 'description', schema: typeof titleRule): string {
    const parsed = schema.safeParse(cell(field));
    if (!parsed.success && has(columns, field)) misfit(field, parsed.error);
    return parsed.success ? parsed.data : '';
  }

  return {
    toDo(): Omit<PlannedToDo, 'parent'> {
      const workStartOn = day('workStartOn');
      const workEndOn = day('workEndOn');
      if (workStartOn !== null && workEndOn !== null && workEndOn < workStartOn)
        problem(marked('Work cannot end before it starts.'));
      return {
        line,
        title: checked('title', titleRule),
        description: checked('description', descriptionRule),
        statusId: meant('status')[0] ?? meanings.firstStatusId,
        type: oneOf('type', toDoTypes) ?? 'task',
        priority: oneOf('priority', priorities) ?? null,
        effort: oneOf('effort', efforts) ?? null,
        assigneeIds: assignees(),
        tags: tags(),
        milestoneId: meant('milestone')[0] ?? null,
        sprintId: meant('sprint')[0] ?? null,
        dueOn: day('dueOn'),
        workStartOn,
        workEndOn,
        plannedHours: hours('plannedHours'),
        remainingHours: hours('remainingHours'),
      };
    },
  };
}

const titleRule = oneLine(lengths.title);
const descriptionRule = prose(lengths.description);
const dayUnread = marked('“{text}” cannot be read: a day is written like 2026-11-23.');
const noSuchDay = marked('There is no such day: “{text}”.');
const hoursUnread = marked('“{text}” cannot be read: hours are a number up to 9999.');

function noteOf(line: number, sentence: string, values?: Values, field?: CsvField): LineNote {
  return { line, ...(field && { field }), message: fillIn(sentence, values), sentence, ...(values && { values }) };
}

function noteAbout(line: number, { field, value, isListed }: Meaning, said: NonNullable<Meaning['said']>): LineNote {
  const note = noteOf(line, said.sentence, said.values);
  return isListed ? { ...note, about: { field, value } } : note;
}
