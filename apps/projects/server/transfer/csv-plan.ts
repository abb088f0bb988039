/**
 * What a CSV file would become: each line a to-do to be made, or a problem. A word that the project does not know (a column,
 * a person, a milestone) is a note and is left out; what cannot be read is a problem, and then nothing is taken. Pure.
 */
import { fillIn, marked, type Values } from '@gatehouse/words/say.ts';
import type { ZodError } from 'zod';
import { beginningOf } from '../../wire/beginning.ts';
import {
  type CsvField,
  type CsvPreview,
  csvFields,
  type DayOrder,
  type LineNote,
  noTitleColumn,
} from '../../wire/csv.ts';
import { lengths, oneLine, prose } from '../../wire/fields.ts';
import type { Language } from '../../wire/languages.ts';
import type { ReportType } from '../../wire/project.ts';
import { peopleNamed } from '../../wire/quick-add.ts';
import { foldTag, tagNames } from '../../wire/tag.ts';
import type { Effort, Priority, ToDoType } from '../../wire/to-do.ts';
import { valuesOf } from '../api/issue.ts';
import { guessColumns } from './csv-names.ts';
import type { CsvRecord, CsvTable } from './csv-text.ts';
import { readDay, readEffort, readHours, readPriority, readType } from './csv-values.ts';
import { defaultStatusCalled, isSaid, isSame } from './csv-words.ts';

type Named = { readonly id: string; readonly name: string };
/** What the project knows by name. The first status takes what names none. */
export type Known = {
  readonly statuses: readonly (Named & { readonly reportType: ReportType })[];
  readonly milestones: readonly Named[];
  readonly sprints: readonly Named[];
  readonly tags: readonly string[];
  /** Who can be given a to-do; `email` in small letters. */
  readonly people: readonly (Named & { readonly email: string })[];
};

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
};

export function planCsv(table: CsvTable, known: Known, choice: Choice): CsvPlan {
  const plan = planAll(table, known, choice);
  const bad = new Set(plan.lineProblems.map(({ line }) => line));
  if (!choice.leaveOut || bad.size === 0) return presentPlan(plan, []);
  const good = { ...table, records: table.records.filter(({ line }) => !bad.has(line)) };
  return presentPlan(planAll(good, known, choice), plan.lineProblems);
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
): CsvPlan {
  const problems = [...fileProblems, ...lineProblems];
  const listed = (all: readonly LineNote[]): readonly LineNote[] => all.slice(0, listedMax);
  const more = [problems, notes, leftOut].reduce((sum, all) => sum + all.length - listed(all).length, 0);
  return {
    toDos,
    preview: { ...preview, problems: listed(problems), notes: listed(notes), leftOut: listed(leftOut), more },
  };
}

function planAll(table: CsvTable, known: Known, { columns: chosen, dayOrder, language }: Choice): Plan {
  const columns = table.headers.map((_, index) => (chosen ?? guessColumns(table.headers))[index] ?? null);
  const fileProblems: LineNote[] = [];
  const problems: LineNote[] = [];
  const notes: LineNote[] = [];
  if (!columns.includes('title')) fileProblems.push(noteOf(table.headerLine, noTitleColumn));
  if (table.records.length === 0) fileProblems.push(noteOf(table.headerLine, marked('There is no to-do in the file.')));
  const parents = planParents(table.records, columns, notes);
  const read = table.records.map((record, index) => {
    const reader = openReader(record, columns, known, { order: dayOrder, language }, problems, notes);
    return { ...reader.toDo(), parent: parents[index] ?? null };
  });
  const knownTags = new Set(known.tags.map(foldTag));
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
    .map((cell) => beginningOf(cell, shownMax));
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
  known: Known,
  { order, language }: { readonly order: DayOrder; readonly language: Language },
  problems: LineNote[],
  notes: LineNote[],
) {
  const { line } = record;
  const cell = (field: CsvField): string => cellOf(record, columns, field);
  const problem = (sentence: string, values?: Values, field?: CsvField): void =>
    void problems.push(noteOf(line, sentence, values, field));
  const note = (sentence: string, values: Values): void => void notes.push(noteOf(line, sentence, values));

  function value<T>(field: CsvField, read: (text: string) => T | undefined, unread: string): T | null {
    const text = cell(field);
    if (text === '' || text === '0000-00-00 00:00:00') return null;
    const found = read(text);
    if (found === undefined) problem(unread, shown(text));
    return found ?? null;
  }

  function place(field: 'milestone' | 'sprint', among: readonly Named[], unknown: string): string | null {
    const text = cell(field);
    const found = among.find(({ name }) => isSame(name, text));
    if (text !== '' && text !== '0' && !found) note(unknown, shown(text));
    return found?.id ?? null;
  }

  function status(): string {
    const text = cell('status');
    const usual = defaultStatusCalled(text);
    const found =
      known.statuses.find(({ name }) => isSame(name, text)) ??
      known.statuses.find(({ name }) => usual && isSaid(usual.name, name));
    const first = known.statuses.find(({ reportType }) => reportType === usual?.reportType) ?? known.statuses[0];
    if (text !== '' && !found && first)
      note(marked('This project has no column “{text}”: it goes to “{column}”.'), {
        ...shown(text),
        column: first.name,
      });
    return (found ?? first)?.id ?? '';
  }

  function assignees(): string[] {
    const ids = cell('assignees')
      .split(/[;,]/)
      .map((each) => each.trim())
      .filter((each) => each !== '')
      .flatMap((each) => {
        const exact = known.people.filter(({ name, email }) => isSame(name, each) || email === each.toLowerCase());
        const found = exact.length > 0 ? exact : peopleNamed(each, known.people);
        if (found.length !== 1) note(found.length === 0 ? nobodyCalled : severalCalled, shown(each));
        return found.length === 1 && found[0] ? [found[0].id] : [];
      });
    if (ids.length > lengths.assignees)
      problem(marked('A to-do is given to at most {max} people.'), { max: lengths.assignees });
    return [...new Set(ids)];
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
      const workStartOn = value('workStartOn', (text) => readDay(text, order), dayUnread);
      const workEndOn = value('workEndOn', (text) => readDay(text, order), dayUnread);
      if (workStartOn !== null && workEndOn !== null && workEndOn < workStartOn)
        problem(marked('Work cannot end before it starts.'));
      return {
        line,
        title: checked('title', titleRule),
        description: checked('description', descriptionRule),
        statusId: status(),
        type: value('type', readType, typeUnread) ?? 'task',
        priority: value('priority', readPriority, priorityUnread),
        effort: value('effort', (text) => readEffort(text, language), effortUnread),
        assigneeIds: assignees(),
        tags: tags(),
        milestoneId: place(
          'milestone',
          known.milestones,
          marked('This project has no milestone “{text}”: it is left out.'),
        ),
        sprintId: place('sprint', known.sprints, marked('This project has no sprint “{text}”: it is left out.')),
        dueOn: value('dueOn', (text) => readDay(text, order), dayUnread),
        workStartOn,
        workEndOn,
        plannedHours: value('plannedHours', (text) => readHours(text, language), hoursUnread),
        remainingHours: value('remainingHours', (text) => readHours(text, language), hoursUnread),
      };
    },
  };
}

const titleRule = oneLine(lengths.title);
const descriptionRule = prose(lengths.description);
const nobodyCalled = marked('“{text}” is nobody who can be given a to-do here: left out.');
const severalCalled = marked('“{text}” may be several people: nobody is given this to-do.');
const dayUnread = marked('“{text}” cannot be read: a day is written like 2026-11-23.');
const hoursUnread = marked('“{text}” cannot be read: hours are a number up to 9999.');
const typeUnread = marked('“{text}” cannot be read: a type is task, story or bug.');
const priorityUnread = marked('“{text}” cannot be read: a priority is 1 to 5 or its name.');
const effortUnread = marked('“{text}” cannot be read: an effort is 0.5, 1, 2, 3, 5, 8, 13 or XS to XXL.');

const shownMax = 60;
const shown = (text: string): Values => ({ text: beginningOf(text, shownMax) });

function noteOf(line: number, sentence: string, values?: Values, field?: CsvField): LineNote {
  return { line, ...(field && { field }), message: fillIn(sentence, values), sentence, ...(values && { values }) };
}
