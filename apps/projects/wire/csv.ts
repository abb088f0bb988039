/** To-dos as lines of a CSV file: which columns there are, and how a file is taken in. */
import { marked } from '@gatehouse/words/say.ts';
import { z } from 'zod';
import { creationKey } from './fields.ts';

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

const file = {
  csv: z
    .string()
    .max(csvCharactersMax, marked('At most {max} characters.'))
    .refine((text) => !text.includes('\u0000') && text.isWellFormed(), marked('A character in it cannot be kept.')),
  /** What each column of the file is, null for none; left out, their names tell. */
  columns: z
    .array(z.enum(csvFields).nullable())
    .max(csvColumnsMax)
    .refine(eachOnce, marked('Two columns cannot be the same.'))
    .optional(),
  dayOrder: z.enum(dayOrders).optional(),
  /** Whether lines that cannot be read are left out rather than keep the whole file out. */
  leaveOut: z.boolean().optional(),
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
};
export type CsvPreviewAnswer = { readonly preview: CsvPreview };
export type CsvImported = { readonly count: number; readonly changeId: string | null };

function eachOnce(columns: readonly (CsvField | null)[]): boolean {
  const named = columns.filter((field) => field !== null);
  return new Set(named).size === named.length;
}
