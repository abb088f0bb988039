/**
 * One line that makes a whole to-do: `Pay invoice fri !1 @ana #billing ~2h`. Pure: today, the people of the project and
 * the person's language come in, what was understood comes out with its place in the line, so that a screen can show it.
 *
 * | written | means |
 * | --- | --- |
 * | `!1` to `!5`, `!high` | priority, 1 the most pressing, or its name |
 * | `@ana` | given to; the start of a first, last or whole name, if only one person fits |
 * | `#billing` | tag |
 * | `+party` | the project with that key, where the line may go to several |
 * | `~2h`, `~30m`, `~1.5h`, `~1h30`, `~1:30` | planned hours |
 * | `~xs` to `~xxl` | effort |
 * | `fri`, `tomorrow`, `24 dec`, `in 3 days`, `next friday`, `2026-12-24` | due day; only at the end, before or among signs, or before a time: `fri 5pm` |
 *
 * A sign that is not understood stays in the title; of a name that fits nobody, or several, of a priority and of hours the
 * line can tell.
 * A word in double quotes, or a sign after a backslash, is just a word.
 */
import type { Day } from './days.ts';
import { fold } from './fold.ts';
import type { Language } from './languages.ts';
import type { PersonRef } from './me.ts';
import { parseHours } from './numbers.ts';
import { dayAtEnd, timeWordsAtEnd } from './quick-add-days.ts';
import type { Effort, Priority } from './to-do.ts';

export type QuickAddContext = {
  readonly today: Day;
  readonly language: Language;
  /** Whoever a to-do can be given to. */
  readonly people: readonly PersonRef[];
  /** What the person's language calls each priority; the English names count besides. */
  readonly priorityNames?: Readonly<Record<Priority, string>>;
  /** Where it can be made, if there is a choice. */
  readonly places?: readonly PlaceRef[];
};

/** A project, by its key. */
export type PlaceRef = { readonly key: string };

export type UnderstoodKind = 'priority' | 'person' | 'tag' | 'place' | 'hours' | 'effort' | 'due';

/** A piece of the line that was taken out of the title: characters `start` up to `end`. */
export type Understood = { readonly kind: UnderstoodKind; readonly start: number; readonly end: number };

export type QuickAdd = {
  readonly title: string;
  readonly priority: Priority | null;
  readonly assigneeIds: readonly string[];
  readonly tags: readonly string[];
  readonly placeKey: string | null;
  readonly plannedHours: number | null;
  readonly effort: Effort | null;
  readonly dueOn: Day | null;
  readonly understood: readonly Understood[];
  readonly unknown: readonly UnknownSign[];
};

/** `@annx`, and how many people it fits: none, or more than one; `!urgent` and `~2d`, which fit nothing. */
export type UnknownSign = { readonly sign: string; readonly fits: number };

type Word = { readonly text: string; readonly start: number; readonly end: number; readonly isLiteral: boolean };

const effortWords: Readonly<Record<string, Effort>> = { tiny: 0.5, xs: 1, s: 2, m: 3, l: 5, xl: 8, xxl: 13 };
const priorityWords: Readonly<Record<Priority, string>> = {
  1: 'critical',
  2: 'high',
  3: 'medium',
  4: 'low',
  5: 'lowest',
};
const priorities = [1, 2, 3, 4, 5] as const;
const hoursMax = 1000;
const tagLengthMax = 40;

type Facts = {
  priority: Priority | null;
  assigneeIds: string[];
  tags: string[];
  placeKey: string | null;
  plannedHours: number | null;
  effort: Effort | null;
  dueOn: Day | null;
  unknown: UnknownSign[];
};

export function parseQuickAdd(line: string, context: QuickAddContext): QuickAdd {
  const facts: Facts = {
    priority: null,
    assigneeIds: [],
    tags: [],
    placeKey: null,
    plannedHours: null,
    effort: null,
    dueOn: null,
    unknown: [],
  };
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

/** The project that a line names, before anything is known of it: who can be named in the line are its people. */
export function placeIn(line: string, places: readonly PlaceRef[]): string | null {
  const named = wordsOf(line).findLast(({ text, isLiteral }) => !isLiteral && findPlace(text, places));
  return named ? (findPlace(named.text, places)?.key ?? null) : null;
}

/** The line without what was understood as one of these: that is chosen elsewhere. */
export function lineWithout(line: string, { understood }: QuickAdd, kind: UnderstoodKind): string {
  const pieces = understood.filter((each) => each.kind === kind).toReversed();
  return pieces
    .reduce((rest, { start, end }) => `${rest.slice(0, start).trimEnd()} ${rest.slice(end).trimStart()}`, line)
    .trim();
}

function byStart(a: Understood, b: Understood): number {
  return a.start - b.start;
}

/** Words and their places; `"quoted words"` are one literal word, `\#five` is the literal `#five`, `~1h 30m` one word. */
function wordsOf(line: string): Word[] {
  return [...line.matchAll(/"([^"]+)"(?=\s|$)|\\([!@#~+]\S*)|~\d+h \d+m(?:in)?(?=\s|$)|\S+/gi)].map((match) => {
    const literal = match[1] ?? match[2];
    return {
      text: literal ?? match[0],
      start: match.index,
      end: match.index + match[0].length,
      isLiteral: literal !== undefined,
    };
  });
}

function takeSign(text: string, facts: Facts, context: QuickAddContext): UnderstoodKind | undefined {
  const { people, places = [] } = context;
  const value = text.slice(1);
  if (/^![\p{L}\d]+$/u.test(text)) {
    const priority = priorityNamed(value, context);
    if (priority === undefined) facts.unknown.push({ sign: text, fits: 0 });
    else facts.priority = priority;
    return priority && 'priority';
  }
  if (text.startsWith('@') && value !== '') {
    const named = peopleNamed(value, people);
    const person = named.length === 1 ? named[0] : undefined;
    if (person && !facts.assigneeIds.includes(person.id)) facts.assigneeIds.push(person.id);
    if (!person) facts.unknown.push({ sign: text, fits: named.length });
    return person && 'person';
  }
  if (text.startsWith('#') && /^[\p{L}\p{N}][\p{L}\p{N}_-]*$/u.test(value) && value.length <= tagLengthMax) {
    if (/^\d+$/.test(value)) return undefined; // "#5" names a thing elsewhere far more often than a tag.
    if (!facts.tags.some((tag) => tag.toLowerCase() === value.toLowerCase())) facts.tags.push(value);
    return 'tag';
  }
  const place = findPlace(text, places);
  if (place) {
    facts.placeKey = place.key;
    return 'place';
  }
  if (!/^~[\p{L}\d]/u.test(text)) return undefined;
  const taken = takeEffort(value.toLowerCase(), facts, context.language);
  if (!taken) facts.unknown.push({ sign: text, fits: 0 });
  return taken;
}

function findPlace(text: string, places: readonly PlaceRef[]): PlaceRef | undefined {
  return text.startsWith('+') ? places.find(({ key }) => `+${key}` === text.toUpperCase()) : undefined;
}

function priorityNamed(text: string, context: QuickAddContext): Priority | undefined {
  const names = [context.priorityNames ?? priorityWords, priorityWords];
  return priorities.find(
    (each) => String(each) === text || names.some((named) => wordless(named[each]) === wordless(text)),
  );
}

function takeEffort(value: string, facts: Facts, language: Language): UnderstoodKind | undefined {
  const effort = effortWords[value];
  if (effort !== undefined) {
    facts.effort = effort;
    return 'effort';
  }
  // A number alone says no unit.
  const hours = /[hm:]/.test(value) ? parseHours(value, language) : undefined;
  if (hours === undefined || hours === 0 || hours > hoursMax) return undefined;
  facts.plannedHours = hours;
  return 'hours';
}

/** Whose whole name, or a part of it, starts so; the one whose whole name or part it is. Of several nobody is guessed. */
export function peopleNamed(start: string, people: readonly PersonRef[]): readonly PersonRef[] {
  const wanted = fold(start);
  const whole = people.filter(({ name }) => wordless(name) === wanted);
  if (whole.length > 0) return whole;
  const exact = people.filter(({ name }) => fold(name).split(' ').includes(wanted));
  if (exact.length === 1) return exact;
  return people.filter(
    ({ name }) =>
      wordless(name).startsWith(wanted) ||
      fold(name)
        .split(' ')
        .some((part) => part.startsWith(wanted)),
  );
}

/** How a line names that person: by the first part of the name that fits nobody else, else by all of it; null where that fits another too. */
export function signOf(person: PersonRef, people: readonly PersonRef[]): string | null {
  const parts = person.name.split(/\s+/);
  const alone = [...parts, parts.join('')].find((part) => {
    const named = peopleNamed(part, people);
    return named.length === 1 && named[0]?.id === person.id;
  });
  return alone === undefined ? null : `@${alone}`;
}

function wordless(name: string): string {
  return fold(name).replaceAll(/\s/g, '');
}

/**
 * Takes a day off the end of the title, where it is not all of it. A time that stands after the day, and signs that were not
 * understood, stay in the title.
 */
function takeDay(rest: readonly Word[], facts: Facts, understood: Understood[], context: QuickAddContext): Word[] {
  const beforeSigns = rest.findLastIndex(({ text, isLiteral }) => isLiteral || !/^[!@#~+]\S/.test(text)) + 1;
  const words = rest.slice(0, beforeSigns);
  const lastLiteral = words.findLastIndex(({ isLiteral }) => isLiteral);
  const plain = words.slice(lastLiteral + 1).map(({ text }) => text);
  const times = timeWordsAtEnd(plain);
  const beforeTime = dayAtEnd(plain.slice(0, plain.length - times), context.today, context.language);
  // "Plakat morgen": what could be a time of the day is a day where none stands before it.
  const found = beforeTime ?? dayAtEnd(plain, context.today, context.language);
  const end = words.length - (beforeTime ? times : 0);
  if (!found || found.wordCount >= end) return [...rest];
  facts.dueOn = found.day;
  const start = end - found.wordCount;
  for (const word of rest.slice(start, end)) understood.push({ kind: 'due', start: word.start, end: word.end });
  return [...rest.slice(0, start), ...rest.slice(end)];
}
