/**
 * One line that makes a whole to-do: `Pay invoice fri !1 @ana #billing ~2h`. Pure: today, the people of the project and
 * the person's language come in, what was understood comes out with its place in the line, so that a screen can show it.
 *
 * | written | means |
 * | --- | --- |
 * | `!1` to `!5` | priority, 1 the most pressing |
 * | `@ana` | given to; the start of a first, last or whole name, if only one person fits |
 * | `#billing` | tag |
 * | `~2h`, `~30m`, `~1.5h` | planned hours |
 * | `~xs` to `~xxl` | effort |
 * | `fri`, `tomorrow`, `24 dec`, `in 3 days`, `2026-12-24` | due day; only at the end, before or among the signs above |
 *
 * A word in double quotes, or a sign after a backslash, is just a word.
 */
import type { Day } from './days.ts';
import type { Language } from './languages.ts';
import type { PersonRef } from './me.ts';
import { dayAtEnd } from './quick-add-days.ts';
import type { Effort, Priority } from './to-do.ts';

export type QuickAddContext = {
  readonly today: Day;
  readonly language: Language;
  /** Whoever a to-do can be given to. */
  readonly people: readonly PersonRef[];
};

export type UnderstoodKind = 'priority' | 'person' | 'tag' | 'hours' | 'effort' | 'due';

/** A piece of the line that was taken out of the title: characters `start` up to `end`. */
export type Understood = { readonly kind: UnderstoodKind; readonly start: number; readonly end: number };

export type QuickAdd = {
  readonly title: string;
  readonly priority: Priority | null;
  readonly assigneeIds: readonly string[];
  readonly tags: readonly string[];
  readonly plannedHours: number | null;
  readonly effort: Effort | null;
  readonly dueOn: Day | null;
  readonly understood: readonly Understood[];
};

type Word = { readonly text: string; readonly start: number; readonly end: number; readonly isLiteral: boolean };

const efforts: Readonly<Record<string, Effort>> = { tiny: 0.5, xs: 1, s: 2, m: 3, l: 5, xl: 8, xxl: 13 };
const hoursMax = 1000;
const tagLengthMax = 40;

type Facts = {
  priority: Priority | null;
  assigneeIds: string[];
  tags: string[];
  plannedHours: number | null;
  effort: Effort | null;
  dueOn: Day | null;
};

export function parseQuickAdd(line: string, context: QuickAddContext): QuickAdd {
  const facts: Facts = { priority: null, assigneeIds: [], tags: [], plannedHours: null, effort: null, dueOn: null };
  const understood: Understood[] = [];
  const rest: Word[] = [];
  for (const word of wordsOf(line)) {
    const kind = word.isLiteral ? undefined : takeSign(word.text, facts, context);
    if (kind) understood.push({ kind, start: word.start, end: word.end });
    else rest.push(word);
  }
  const title = takeDay(rest, facts, understood, context);
  return { title: title.map(({ text }) => text).join(' '), ...facts, understood: understood.toSorted(byStart) };
}

function byStart(a: Understood, b: Understood): number {
  return a.start - b.start;
}

/** Words and their places; `"quoted words"` are one literal word, `\#five` is the literal `#five`. */
function wordsOf(line: string): Word[] {
  return [...line.matchAll(/"([^"]+)"(?=\s|$)|\\([!@#~]\S*)|\S+/g)].map((match) => {
    const literal = match[1] ?? match[2];
    return {
      text: literal ?? match[0],
      start: match.index,
      end: match.index + match[0].length,
      isLiteral: literal !== undefined,
    };
  });
}

function takeSign(text: string, facts: Facts, { people }: QuickAddContext): UnderstoodKind | undefined {
  const value = text.slice(1);
  if (text.startsWith('!') && /^[1-5]$/.test(value)) {
    facts.priority = Number(value) as Priority;
    return 'priority';
  }
  if (text.startsWith('@') && value !== '') {
    const person = findPerson(value, people);
    if (!person) return undefined;
    if (!facts.assigneeIds.includes(person.id)) facts.assigneeIds.push(person.id);
    return 'person';
  }
  if (text.startsWith('#') && /^[\p{L}\p{N}][\p{L}\p{N}_-]*$/u.test(value) && value.length <= tagLengthMax) {
    if (/^\d+$/.test(value)) return undefined; // "#5" names a thing elsewhere far more often than a tag.
    if (!facts.tags.some((tag) => tag.toLowerCase() === value.toLowerCase())) facts.tags.push(value);
    return 'tag';
  }
  return text.startsWith('~') ? takeSize(value.toLowerCase(), facts) : undefined;
}

function takeSize(value: string, facts: Facts): UnderstoodKind | undefined {
  const effort = efforts[value];
  if (effort !== undefined) {
    facts.effort = effort;
    return 'effort';
  }
  const [, amount, unit] = /^(\d{1,4}(?:[.,]\d{1,2})?)(h|m|min)$/.exec(value) ?? [];
  if (amount === undefined) return undefined;
  const number = Number(amount.replace(',', '.'));
  const hours = unit === 'h' ? number : Math.round((number / 60) * 100) / 100;
  if (hours <= 0 || hours > hoursMax) return undefined;
  facts.plannedHours = hours;
  return 'hours';
}

/** The one person whose whole name, or a part of it, starts so. Two who fit are none: nobody is guessed. */
function findPerson(start: string, people: readonly PersonRef[]): PersonRef | undefined {
  const wanted = fold(start);
  const exact = people.filter(({ name }) => fold(name).split(' ').includes(wanted));
  if (exact.length === 1) return exact[0];
  const fitting = people.filter(({ name }) => {
    const parts = fold(name).split(' ');
    return parts.join('').startsWith(wanted) || parts.some((part) => part.startsWith(wanted));
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** Takes a day off the end of the title, where it is not all of it. */
function takeDay(rest: readonly Word[], facts: Facts, understood: Understood[], context: QuickAddContext): Word[] {
  const lastLiteral = rest.findLastIndex(({ isLiteral }) => isLiteral);
  const plain = rest.slice(lastLiteral + 1).map(({ text }) => text);
  const found = dayAtEnd(plain, context.today, context.language);
  if (!found || found.wordCount >= rest.length) return [...rest];
  facts.dueOn = found.day;
  for (const { start, end } of rest.slice(-found.wordCount)) understood.push({ kind: 'due', start, end });
  return rest.slice(0, -found.wordCount);
}
