/**
 * A line that is typed into and becomes a to-do: `Pay invoice fri !1 @ana #billing ~2h`. Below it stands what was
 * understood, so that nobody has to trust it blindly.
 */
import { type KeyboardEvent, type Ref, useEffect, useId, useRef } from 'react';
import { type Day, dayOf } from '../../../wire/days.ts';
import { type Language, languages } from '../../../wire/languages.ts';
import type { PersonRef } from '../../../wire/me.ts';
import { parseQuickAdd, type QuickAdd } from '../../../wire/quick-add.ts';
import type { CreateToDoRequest } from '../../../wire/to-do.ts';
import { Icon } from '../kit/icon.tsx';
import { useSay } from '../words/say.ts';
import { DueWords } from './due-words.tsx';
import { effortName, priorityName } from './names.ts';

type QuickLineProps = {
  readonly line: string;
  readonly onLine: (line: string) => void;
  readonly people: readonly PersonRef[];
  readonly label: string;
  readonly placeholder: string;
  readonly className: string;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly onBlur?: () => void;
  readonly inputRef?: Ref<HTMLInputElement>;
};

/** A title and what a line may carry beside it. */
const lineMax = 400;

export function QuickLine({ line, onLine, people, label, placeholder, className, ...input }: QuickLineProps) {
  const factsId = useId();
  const said = readLine(line, people);
  return (
    <div className="quick-line">
      <input
        ref={input.inputRef}
        className={className}
        aria-label={label}
        aria-describedby={factsId}
        placeholder={placeholder}
        maxLength={lineMax}
        autoComplete="off"
        value={line}
        onChange={(event) => onLine(event.target.value)}
        onKeyDown={input.onKeyDown}
        onBlur={input.onBlur}
      />
      <UnderstoodFacts id={factsId} said={said} people={people} />
    </div>
  );
}

/** What the line says, today and in the language of the page. */
export function readLine(line: string, people: readonly PersonRef[]): QuickAdd {
  return parseQuickAdd(line, { today: dayOf(new Date()), language: languageOfPage(), people });
}

function languageOfPage(): Language {
  return languages.find((language) => language === document.documentElement.lang) ?? 'en';
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

function UnderstoodFacts({ id, said, people }: { id: string; said: QuickAdd; people: readonly PersonRef[] }) {
  const say = useSay();
  const today: Day = dayOf(new Date());
  const { priority, assigneeIds, tags, plannedHours, effort, dueOn, understood } = said;
  const facts = useRef<HTMLParagraphElement>(null);
  const isEmpty = understood.length === 0;
  // At the foot of a column what was understood would stand below the edge.
  useEffect(() => {
    if (!isEmpty) facts.current?.scrollIntoView({ block: 'nearest' });
  }, [isEmpty]);
  return (
    <p ref={facts} id={id} className="understood" aria-live="polite">
      {dueOn !== null && (
        <span>
          <Icon name="calendar" />
          <DueWords day={dueOn} today={today} />
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
      {plannedHours !== null && <span>{say('{hours} h planned', { hours: plannedHours })}</span>}
      {effort !== null && <span>{say('Effort {effort}', { effort: effortName(say, effort) })}</span>}
    </p>
  );
}
