/**
 * A line that is typed into and becomes a to-do: `Pay invoice fri !1 @ana #billing ~2h`. Below it stands what was
 * understood, so that nobody has to trust it blindly.
 */
import { type ClipboardEvent, type KeyboardEvent, type Ref, Suspense, useEffect, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Day } from '../../../wire/days.ts';
import type { PersonRef } from '../../../wire/me.ts';
import { type PlaceRef, parseQuickAdd, type QuickAdd, type UnknownSign } from '../../../wire/quick-add.ts';
import type { CreateToDoRequest } from '../../../wire/to-do.ts';
import { useToday } from '../kit/clock.ts';
import { Icon } from '../kit/icon.tsx';
import { lazyAhead } from '../kit/lazy.ts';
import { sayNumber } from '../kit/number-words.ts';
import { showDone } from '../kit/toast.tsx';
import { languageOfPage, type Say, saying, useSay } from '../words/say.ts';
import { DueWords } from './due-words.tsx';
import { effortName, priorityName } from './names.ts';

const QuickOffers = lazyAhead(async () => ({ default: (await import('./quick-offers.tsx')).QuickOffers }));

type QuickLineProps = {
  readonly line: string;
  readonly onLine: (line: string) => void;
  readonly people: readonly PersonRef[];
  /** Where the line can go, if it may say so. */
  readonly places?: readonly Place[];
  /** Whose tags are offered. */
  readonly projectKey: string;
  readonly label: string;
  readonly placeholder: string;
  readonly className: string;
  readonly isReadOnly?: boolean;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly onPaste?: (event: ClipboardEvent<HTMLInputElement>) => void;
  readonly onBlur?: () => void;
  readonly inputRef?: Ref<HTMLInputElement>;
};

export type Place = { readonly key: string; readonly name: string };

/** A title and what a line may carry beside it. */
const lineMax = 400;

export function QuickLine({
  line,
  onLine,
  people,
  places,
  projectKey,
  label,
  placeholder,
  className,
  ...input
}: QuickLineProps) {
  const factsId = useId();
  const said = readLine(line, useToday(), people, places);
  const say = useSay();
  const [typed, setTyped] = useState<Typed>();
  const [count, setCount] = useState(0);
  const [hasFocus, setFocus] = useState(false);

  function take(word: string): void {
    if (!typed) return;
    const { field, start } = typed;
    const begun = `${line.slice(0, start)}${word} `;
    setTyped(undefined);
    flushSync(() => onLine(`${begun}${line.slice(start).replace(/^\S*\s*/, '')}`));
    field.setSelectionRange(begun.length, begun.length);
  }

  return (
    <div className="quick-line">
      <input
        ref={input.inputRef}
        className={className}
        aria-label={label}
        aria-describedby={factsId}
        placeholder={hasFocus ? say('Pay invoice fri !1 @ana #billing ~2h') : placeholder}
        maxLength={lineMax}
        autoComplete="off"
        readOnly={input.isReadOnly}
        value={line}
        onChange={({ target }) => {
          onLine(target.value);
          setTyped(signAt(target));
        }}
        onKeyDown={input.onKeyDown}
        onPaste={input.onPaste}
        onFocus={() => setFocus(true)}
        onBlur={() => {
          setFocus(false);
          setTyped(undefined);
          input.onBlur?.();
        }}
      />
      {/* One that is there before its words are: a new one would be read at each key, or not at all. */}
      <p className="visually-hidden" role="status">
        {count > 0 && say('{count, plural, one {# fits} other {# fit}}; ↓ chooses', { count })}
      </p>
      {typed && (
        <Suspense fallback={null}>
          <QuickOffers
            input={typed.field}
            word={typed.word}
            people={people}
            places={places ?? []}
            projectKey={projectKey}
            onTake={take}
            onClose={() => setTyped(undefined)}
            onCount={setCount}
          />
        </Suspense>
      )}
      <UnderstoodFacts id={factsId} said={said} typing={typed?.word} people={people} places={places} />
    </div>
  );
}

/** A word with a sign that is being typed. */
type Typed = { readonly field: HTMLInputElement; readonly word: string; readonly start: number };

function signAt(field: HTMLInputElement): Typed | undefined {
  const typed = field.value.slice(0, field.selectionStart ?? undefined);
  const word = /(?:^|\s)([@#+]\S*)$/.exec(typed)?.[1];
  return word === undefined ? undefined : { field, word, start: typed.length - word.length };
}

/** What the line says, in the language of the page. */
export function readLine(
  line: string,
  today: Day,
  people: readonly PersonRef[],
  places: readonly PlaceRef[] = [],
): QuickAdd {
  const say = saying();
  const priorityNames = {
    1: priorityName(say, 1),
    2: priorityName(say, 2),
    3: priorityName(say, 3),
    4: priorityName(say, 4),
    5: priorityName(say, 5),
  };
  return parseQuickAdd(line, { today, language: languageOfPage(), people, places, priorityNames });
}

/** Of names in a line that is sent before the people of its project are there: they are words of its title. */
export function tellUnread({ unknown }: QuickAdd): void {
  const say = saying();
  for (const { sign } of unknown.filter(isName))
    showDone(say('{sign} stays in the title: who is in that project was not known here yet.', { sign }));
}

/** The request that a line asks for: what it names wins over `defaults`. */
export function requestOf(
  said: QuickAdd,
  defaults: Omit<CreateToDoRequest, 'creationKey' | 'title'>,
): Omit<CreateToDoRequest, 'creationKey'> {
  const { title, priority, assigneeIds, tags, plannedHours, effort, dueOn } = said;
  return {
    ...defaults,
    title,
    ...(priority !== null && { priority }),
    ...(assigneeIds.length > 0 && { assigneeIds: [...assigneeIds] }),
    ...(tags.length > 0 && { tags: [...tags] }),
    ...(plannedHours !== null && { plannedHours }),
    ...(effort !== null && { effort }),
    ...(dueOn !== null && { dueOn }),
  };
}

type FactsProps = {
  readonly id: string;
  readonly said: QuickAdd;
  /** The sign that is being typed: whom it fits is offered. */
  readonly typing: string | undefined;
  readonly people: readonly PersonRef[];
  readonly places: readonly Place[] | undefined;
};

function UnderstoodFacts({ id, said, typing, people, places = [] }: FactsProps) {
  const say = useSay();
  const { priority, assigneeIds, tags, placeKey, plannedHours, effort, dueOn, understood } = said;
  const facts = useRef<HTMLParagraphElement>(null);
  // Who may be named is not known at once.
  const unknown = said.unknown.filter(
    (each) => !isName(each) || (people.length > 0 && (each.fits === 0 || each.sign !== typing)),
  );
  const isEmpty = understood.length + unknown.length === 0;
  // At the foot of a column what was understood would stand below the edge.
  useEffect(() => {
    if (!isEmpty) facts.current?.scrollIntoView({ block: 'nearest' });
  }, [isEmpty]);
  return (
    <p ref={facts} id={id} className="understood" aria-live="polite">
      {dueOn !== null && (
        <span>
          <Icon name="calendar" />
          <DueWords day={dueOn} />
        </span>
      )}
      {priority !== null && (
        <span>
          <Icon name="flag" />
          {priorityName(say, priority)}
        </span>
      )}
      {assigneeIds.length > 0 && (
        <span>
          <Icon name="people" />
          {people
            .filter((person) => assigneeIds.includes(person.id))
            .map(({ name }) => name)
            .join(', ')}
        </span>
      )}
      {tags.map((tag) => (
        <span key={tag}>#{tag}</span>
      ))}
      {placeKey !== null && <span>{places.find(({ key }) => key === placeKey)?.name}</span>}
      {plannedHours !== null && <span>{say('{hours} h planned', { hours: sayNumber(plannedHours) })}</span>}
      {effort !== null && <span>{say('Effort {effort}', { effort: effortName(say, effort) })}</span>}
      {unknown.map((each) => (
        <span key={each.sign} className="understood-not">
          {sayUnknown(say, each)}
        </span>
      ))}
    </p>
  );
}

function isName({ sign }: UnknownSign): boolean {
  return sign.startsWith('@');
}

function sayUnknown(say: Say, { sign, fits }: UnknownSign): string {
  if (sign.startsWith('!')) return say('{sign}: no priority, which is !1 to !5', { sign });
  if (sign.startsWith('~')) return say('{sign}: no time, which is like ~2h, ~30m or ~1:30', { sign });
  return fits === 0 ? say('{sign}: nobody here', { sign }) : say('{sign}: more than one person', { sign });
}
