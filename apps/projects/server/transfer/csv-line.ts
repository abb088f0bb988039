/**
 * One line of a CSV file as a to-do. A word that the project does not know is a note and is left out; what cannot be read is a
 * problem. Pure.
 */
import { fillIn, marked, type Values } from '@gatehouse/words/say.ts';
import type { ZodError } from 'zod';
import type { CsvField, CsvMeaningField, DayOrder, LineNote } from '../../wire/csv.ts';
import { lengths, oneLine, prose } from '../../wire/fields.ts';
import type { Language } from '../../wire/languages.ts';
import { tagNames } from '../../wire/tag.ts';
import { type Effort, efforts, type Priority, priorities, type ToDoType, toDoTypes } from '../../wire/to-do.ts';
import { valuesOf } from '../api/issue.ts';
import { type Meaning, type Meanings, shown } from './csv-meanings.ts';
import type { CsvRecord } from './csv-text.ts';
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

export type Columns = readonly (CsvField | null)[];
export const has = (columns: Columns, field: CsvField): boolean => columns.includes(field);
export const cellOf = ({ cells }: CsvRecord, columns: Columns, field: CsvField): string =>
  cells[columns.indexOf(field)] ?? '';

/** What a line becomes. What is wrong with it is added to `problems`, what is taken otherwise to `notes`. */
export function readLine(
  record: CsvRecord,
  columns: Columns,
  meanings: Meanings,
  { order, language }: { readonly order: DayOrder; readonly language: Language },
  problems: LineNote[],
  notes: LineNote[],
): Omit<PlannedToDo, 'parent'> {
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
}

const titleRule = oneLine(lengths.title);
const descriptionRule = prose(lengths.description);
const dayUnread = marked('“{text}” cannot be read: a day is written like 2026-11-23.');
const noSuchDay = marked('There is no such day: “{text}”.');
const hoursUnread = marked('“{text}” cannot be read: hours are a number up to 9999.');

export function noteOf(line: number, sentence: string, values?: Values, field?: CsvField): LineNote {
  return { line, ...(field && { field }), message: fillIn(sentence, values), sentence, ...(values && { values }) };
}

function noteAbout(line: number, { field, value, isListed }: Meaning, said: NonNullable<Meaning['said']>): LineNote {
  const note = noteOf(line, said.sentence, said.values);
  return isListed ? { ...note, about: { field, value } } : note;
}
