/**
 * What the values of a file mean that name something: a column, a type, a priority, an effort, a person, a milestone, a
 * sprint. Each different value is understood once, by the names of the project and the words of every language; what a person
 * has chosen for it goes before that. Pure.
 */
import { marked, type Values } from '@gatehouse/words/say.ts';
import { beginningOf } from '../../wire/beginning.ts';
import {
  type ChosenMeaning,
  type CsvField,
  type CsvMeaning,
  type CsvMeaningField,
  type CsvPreview,
  csvMeaningFields,
  csvMeaningsMax,
  csvValueKey,
  csvValueMax,
} from '../../wire/csv.ts';
import type { Language } from '../../wire/languages.ts';
import type { ReportType } from '../../wire/project.ts';
import { peopleNamed } from '../../wire/quick-add.ts';
import { efforts, priorities, toDoTypes } from '../../wire/to-do.ts';
import type { CsvRecord } from './csv-text.ts';
import { isEmptyCell, readEffort, readPriority, readType } from './csv-values.ts';
import { defaultStatusCalled, isSaid, isSame } from './csv-words.ts';

type Named = { readonly id: string; readonly name: string };
/** What the project knows by name. The first status takes what names none. */
export type Known = {
  readonly statuses: readonly (Named & { readonly reportType: ReportType })[];
  readonly milestones: readonly Named[];
  readonly sprints: readonly Named[];
  readonly tags: readonly string[];
  /** Who can be given a to-do, as far as the importer learns of them; `email` in small letters. */
  readonly people: readonly (Named & { readonly email: string })[];
};

type Understood = Pick<CsvMeaning, 'found' | 'to'> & {
  /** Why it is none, where that is so. Without a `to` it is a problem. */
  readonly said?: { readonly sentence: string; readonly values: Values };
};
export type Meaning = Understood & Omit<CsvMeaning, 'to'> & { readonly isListed: boolean };

export type Meanings = {
  /** Of a to-do whose file names none. */
  readonly firstStatusId: string;
  /** What the values of that cell mean, in their order. */
  of(field: CsvMeaningField, cell: string): readonly Meaning[];
  readonly preview: Pick<CsvPreview, 'meanings' | 'tooMany' | 'people'>;
};

export function readMeanings(
  records: readonly CsvRecord[],
  columns: readonly (CsvField | null)[],
  known: Known,
  language: Language,
  chosen: readonly ChosenMeaning[],
): Meanings {
  const chosenFor = new Map(chosen.map((each) => [csvValueKey(each), each]));
  const perField = csvMeaningFields.map((field) => {
    const all = countValues(records, columns.indexOf(field), field).map(
      (value): Omit<Meaning, 'isListed'> => ({ ...value, ...understand(field, value.value, known, language) }),
    );
    const ordered = all.toSorted((a, b) => Number(a.found === 'one') - Number(b.found === 'one') || b.lines - a.lines);
    const meanings = ordered.map((each, index): Meaning => {
      const isListed = index < csvMeaningsMax && each.value.length <= csvValueMax;
      const choice = chosenFor.get(csvValueKey(each));
      if (!choice) return { ...each, isListed };
      const { said: _, ...rest } = each;
      return { ...rest, to: choice.to, isListed };
    });
    return { field, meanings };
  });
  const all = perField.flatMap(({ meanings }) => meanings);
  const listed = all.filter(({ isListed }) => isListed);
  const byKey = new Map(all.map((each) => [csvValueKey(each), each]));
  const meant = new Set(listed.flatMap(({ field, to }) => (field === 'assignees' && to ? [to] : [])));
  return {
    firstStatusId: known.statuses[0]?.id ?? '',
    of: (field, cell) => valuesIn(field, cell).flatMap((value) => byKey.get(csvValueKey({ field, value })) ?? []),
    preview: {
      meanings: listed.map(({ said: _, isListed: __, ...meaning }) => meaning),
      tooMany: perField
        .filter(({ meanings }) => meanings.length > csvMeaningsMax)
        .map(({ field, meanings }) => ({ field, count: meanings.length })),
      people: known.people.filter(({ id }) => meant.has(id)).map(({ id, name }) => ({ id, name })),
    },
  };
}

/** Whether a value of that field can become this here. */
export function mayMean({ field, to }: ChosenMeaning, known: Known): boolean {
  return to === null || choicesOf(field, known).includes(to);
}

function choicesOf(field: CsvMeaningField, known: Known): readonly string[] {
  switch (field) {
    case 'status':
      return known.statuses.map(({ id }) => id);
    case 'type':
      return toDoTypes;
    case 'priority':
      return priorities.map(String);
    case 'effort':
      return efforts.map(String);
    case 'assignees':
      return known.people.map(({ id }) => id);
    case 'milestone':
      return known.milestones.map(({ id }) => id);
    case 'sprint':
      return known.sprints.map(({ id }) => id);
  }
}

type Counted = Pick<CsvMeaning, 'field' | 'value' | 'lines'>;

/** Each different value of a column, as it stands there first, with the number of its lines. */
function countValues(records: readonly CsvRecord[], column: number, field: CsvMeaningField): readonly Counted[] {
  const counted = new Map<string, { value: string; lines: number }>();
  for (const { cells } of records) {
    const inCell = valuesIn(field, cells[column] ?? '');
    for (const [key, value] of new Map(inCell.map((value) => [csvValueKey({ field, value }), value]))) {
      const before = counted.get(key);
      counted.set(key, { value: before?.value ?? value, lines: (before?.lines ?? 0) + 1 });
    }
  }
  return [...counted.values()].map((each) => ({ field, ...each }));
}

function valuesIn(field: CsvMeaningField, cell: string): readonly string[] {
  const values = field === 'assignees' ? cell.split(/[;,]/).map((each) => each.trim()) : [cell];
  const isPlace = field === 'milestone' || field === 'sprint';
  return values.filter((value) => !isEmptyCell(value) && !(isPlace && value === '0'));
}

function understand(field: CsvMeaningField, value: string, known: Known, language: Language): Understood {
  switch (field) {
    case 'status':
      return status(value, known);
    case 'type':
      return word(value, readType(value), typeUnread);
    case 'priority':
      return word(value, readPriority(value), priorityUnread);
    case 'effort':
      return word(value, readEffort(value, language), effortUnread);
    case 'assignees':
      return person(value, known);
    case 'milestone':
      return place(value, known.milestones, noMilestone);
    case 'sprint':
      return place(value, known.sprints, noSprint);
  }
}

function status(value: string, { statuses }: Known): Understood {
  const usual = defaultStatusCalled(value);
  const found =
    statuses.find(({ name }) => isSame(name, value)) ?? statuses.find(({ name }) => usual && isSaid(usual.name, name));
  if (found) return { found: 'one', to: found.id };
  const first = statuses.find(({ reportType }) => reportType === usual?.reportType) ?? statuses[0];
  const values = { ...shown(value), column: first?.name ?? '' };
  return { found: 'none', to: first?.id ?? null, said: { sentence: noColumn, values } };
}

function word(value: string, read: string | number | undefined, unread: string): Understood {
  if (read !== undefined) return { found: 'one', to: String(read) };
  return { found: 'none', said: { sentence: unread, values: shown(value) } };
}

function person(value: string, { people }: Known): Understood {
  const exact = people.filter(({ name, email }) => isSame(name, value) || email === value.toLowerCase());
  const [found, another] = exact.length > 0 ? exact : peopleNamed(value, people);
  if (found && !another) return { found: 'one', to: found.id };
  const sentence = found ? severalCalled : nobodyCalled;
  return { found: found ? 'several' : 'none', to: null, said: { sentence, values: shown(value) } };
}

function place(value: string, among: readonly Named[], unknown: string): Understood {
  const found = among.find(({ name }) => isSame(name, value));
  if (found) return { found: 'one', to: found.id };
  return { found: 'none', to: null, said: { sentence: unknown, values: shown(value) } };
}

const noColumn = marked('This project has no column “{text}”: it goes to “{column}”.');
const noMilestone = marked('This project has no milestone “{text}”: it is left out.');
const noSprint = marked('This project has no sprint “{text}”: it is left out.');
const nobodyCalled = marked('“{text}” is nobody who can be given a to-do here: left out.');
const severalCalled = marked('“{text}” may be several people: nobody is given this to-do.');
const typeUnread = marked('“{text}” cannot be read: a type is task, story or bug.');
const priorityUnread = marked('“{text}” cannot be read: a priority is 1 to 5 or its name.');
const effortUnread = marked('“{text}” cannot be read: an effort is 0.5, 1, 2, 3, 5, 8, 13 or XS to XXL.');

const shownMax = 60;
/** A cell as a sentence shows it. */
export const shown = (text: string): { readonly text: string } => ({ text: beginningOf(text, shownMax) });
