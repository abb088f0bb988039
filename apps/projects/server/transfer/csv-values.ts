/**
 * Cells as values of a to-do: words and numbers of our own, in every language of the workspace, and of Leantime. Undefined is
 * "cannot be read". Pure.
 */
import type { DayOrder } from '../../wire/csv.ts';
import { isDay } from '../../wire/days.ts';
import { hours } from '../../wire/fields.ts';
import type { Language } from '../../wire/languages.ts';
import { parseHours, parseNumber } from '../../wire/numbers.ts';
import {
  type Effort,
  effortNames,
  efforts,
  type Priority,
  priorities,
  priorityNames,
  type ToDoType,
  toDoTypeNames,
  toDoTypes,
} from '../../wire/to-do.ts';
import { isSaid, isSame } from './csv-words.ts';

/** Also the time at which databases say that there is none. */
export function isEmptyCell(cell: string): boolean {
  return cell === '' || cell === '0000-00-00 00:00:00';
}

const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?$/;
const yearLast = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:[ ,T].*)?$/;

/** Whether it is written like a day, though the calendar may have none of it. */
export function isWrittenAsDay(cell: string): boolean {
  return yearFirst.test(cell) || yearLast.test(cell);
}

/** `2026-03-04`, with a time behind it too, `04.03.2026`, `4/3/2026`, `4.3.26`: of this century. */
export function readDay(cell: string, order: DayOrder): string | undefined {
  const ordered = yearFirst.exec(cell);
  if (ordered) return dayOf(ordered[1], ordered[2], ordered[3]);
  const other = yearLast.exec(cell);
  if (!other) return undefined;
  const [, a, sign, b, end = ''] = other;
  const year = end.length === 2 ? `20${end}` : end;
  return order === 'monthFirst' && sign !== '.' ? dayOf(year, a, b) : dayOf(year, b, a);
}

function dayOf(year = '', month = '', day = ''): string | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) ? text : undefined;
}

export function readPriority(cell: string): Priority | undefined {
  return priorities.find((each) => String(each) === cell || isSaid(priorityNames[each], cell));
}

export function readEffort(cell: string, language: Language): Effort | undefined {
  const number = parseNumber(cell, language);
  return efforts.find((each) => each === number || isSaid(effortNames[each], cell) || isTwoMinutes(each, cell));
}

function isTwoMinutes(effort: Effort, cell: string): boolean {
  return effort === 0.5 && /^<\s*2\s*min/i.test(cell);
}

export function readType(cell: string): ToDoType | undefined {
  // What Leantime calls a subtask is here any to-do with a parent.
  if (isSame(cell, 'subtask')) return 'task';
  return toDoTypes.find((each) => isSame(each, cell) || isSaid(toDoTypeNames[each], cell));
}

export function readHours(cell: string, language: Language): number | undefined {
  const parsed = hours.safeParse(parseHours(cell, language));
  return parsed.success ? parsed.data : undefined;
}
