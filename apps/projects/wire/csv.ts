/** To-dos as lines of a CSV file: which columns there are, and how a file is taken in. */
import { marked } from '@gatehouse/words/say.ts';
import { z } from 'zod';
import { creationKey, id } from './fields.ts';
import type { PersonRef } from './me.ts';

/** In the order in which they are written. */
export const csvFields = [
  'number',
  'title',
  'description',
  'type',
  'status',
  'priority',
  'effort',
  'assignees',
  'tags',
  'milestone',
  'sprint',
  'parent',
  'dueOn',
  'workStartOn',
  'workEndOn',
  'plannedHours',
  'remainingHours',
] as const;
export type CsvField = (typeof csvFields)[number];

export const csvRowsMax = 2_000;
export const csvCharactersMax = 2_000_000;
export const csvColumnsMax = 60;

/** How 03/04/2026 is read. Years first are read as they are. */
export const dayOrders = ['dayFirst', 'monthFirst'] as const;
export type DayOrder = (typeof dayOrders)[number];

/** Fields whose values name what is there already. What each of them means can be chosen, where a file says it otherwise. */
export const csvMeaningFields = [
  'status',
  'type',
  'priority',
  'effort',
  'assignees',
  'milestone',
  'sprint',
] as const satisfies readonly CsvField[];
export type CsvMeaningField = (typeof csvMeaningFields)[number];

/** For how many different values of one field that is. */
export const csvMeaningsMax = 100;
/** What is longer names nothing. */
export const csvValueMax = 200;

const meaning = z.strictObject({
  field: z.enum(csvMeaningFields),
  /** As it stands in the file, in large or small letters; of several people in one cell, each name alone. */
  value: z.string().min(1).max(csvValueMax, marked('At most {max} characters.')),
  /** The id of a column, person, milestone or sprint; a type; a priority or an effort as text; null as if nothing stood there. */
  to: id.nullable(),
});
export type ChosenMeaning = z.infer<typeof meaning>;

/** The one spelling that makes two values of a field the same. */
export function csvValueKey({ field, value }: { readonly field: CsvMeaningField; readonly value: string }): string {
  return `${field} ${value.normalize('NFC').toLowerCase()}`;
}

const file = {
  csv: z
    .string()
    .max(csvCharactersMax, marked('At most {max} characters.'))
    .refine(
      (text) => !text.includes('\u0000') && text.isWellFormed(),
      marked('This file is no text. Save the table as CSV in your spreadsheet, then choose that file.'),
    ),
  /** What each column of the file is, null for none; left out, their names tell. */
  columns: z
    .array(z.enum(csvFields).nullable())
    .max(csvColumnsMax)
    .refine((all) => isEachOnce(all.filter((field) => field !== null)), marked('Two columns cannot be the same.'))
    .optional(),
  dayOrder: z.enum(dayOrders).optional(),
  /** Whether lines that cannot be read are left out rather than keep the whole file out. */
  leaveOut: z.boolean().optional(),
  /** What values mean. Those that are not in the file count for nothing. */
  meanings: z
    .array(meaning)
    .max(csvMeaningFields.length * csvMeaningsMax, marked('At most {max} values can be chosen for.'))
    .refine((all) => isEachOnce(all.map(csvValueKey)), marked('What one value means is chosen once.'))
    .optional(),
};

export const previewCsvRequest = z.strictObject(file);
export type PreviewCsvRequest = z.infer<typeof previewCsvRequest>;

export const importCsvRequest = z.strictObject({ creationKey: creationKey.max(56), ...file });
export type ImportCsvRequest = z.infer<typeof importCsvRequest>;

/** A problem of the choice of columns, and not of the file. */
export const noTitleColumn = marked('No column is the title. Choose which one it is.');

/** Something about one line. `line` counts as an editor of texts does. */
export type LineNote = {
  readonly line: number;
  /** The column it is about, where the sentence does not say. */
  readonly field?: CsvField;
  readonly message: string;
  /** The message before `values` are put in: by this another language is looked up. */
  readonly sentence: string;
  readonly values?: Readonly<Record<string, string | number>>;
  /** Which of the `meanings` it is about: said with the first line in which that stands. */
  readonly about?: { readonly field: CsvMeaningField; readonly value: string };
};

/** A value of the file, and what it becomes. */
export type CsvMeaning = {
  readonly field: CsvMeaningField;
  readonly value: string;
  /** In how many lines it stands. */
  readonly lines: number;
  /** How many things of the project it names by itself, whatever was chosen. */
  readonly found: 'one' | 'none' | 'several';
  /** As in a request. Left out where nothing is taken, or those lines are left out, until it is chosen. */
  readonly to?: string | null;
};

export type CsvPreview = {
  /** With the first cells in which something stands. */
  readonly columns: readonly {
    readonly header: string;
    readonly field: CsvField | null;
    readonly sample: readonly string[];
  }[];
  /** How many are taken. */
  readonly rows: number;
  /** The first of them, as they would be taken. */
  readonly sample: readonly { readonly line: number; readonly values: Readonly<Partial<Record<CsvField, string>>> }[];
  /** As long as there is one, nothing is taken. */
  readonly problems: readonly LineNote[];
  /** Why lines are left out, where that was asked for. */
  readonly leftOut: readonly LineNote[];
  /** What is taken otherwise than the file says. */
  readonly notes: readonly LineNote[];
  /** More problems, lines left out or notes than are listed. */
  readonly more: number;
  readonly newTags: readonly string[];
  /** Those first that name no one thing, then what stands in most lines. */
  readonly meanings: readonly CsvMeaning[];
  /** Fields with more different values than can be chosen for: the others are taken as they are understood. */
  readonly tooMany: readonly { readonly field: CsvMeaningField; readonly count: number }[];
  /** Whom values mean. */
  readonly people: readonly PersonRef[];
};
export type CsvPreviewAnswer = { readonly preview: CsvPreview };
export type CsvImported = { readonly count: number; readonly changeId: string | null };

function isEachOnce(all: readonly string[]): boolean {
  return new Set(all).size === all.length;
}
