/** Who can be named, below the text while a name is typed. The focus stays in the text, so the list is told to who hears it there. */
import type { Editor } from '@tiptap/react';
import type { SuggestionProps } from '@tiptap/suggestion';
import { useEffect } from 'react';
import { fold } from '../../../wire/fold.ts';
import type { PersonRef } from '../../../wire/me.ts';
import type { Seek } from '../api/seek-people.ts';
import { Avatar } from '../kit/avatar.tsx';
import { restMs } from '../kit/use-seeking.ts';
import { useSay } from '../words/say.ts';

const shownPeople = 6;

type PeopleListProps = {
  readonly editor: Editor;
  readonly id: string;
  readonly shown: SuggestionProps<PersonRef>;
  readonly chosen: number;
};

export function PeopleList({ editor, id, shown, chosen }: PeopleListProps) {
  const say = useSay();
  const person = shown.items[chosen];
  const optionId = ({ id: personId }: PersonRef) => `${id}-${personId}`;
  useHeard(editor, person && id, person && optionId(person));
  if (!person)
    return (
      <p className="rich-people menu-empty" role="status">
        {say('Nobody of that name can see this.')}
      </p>
    );
  return (
    <>
      <p className="visually-hidden" role="status">
        {say('{count, plural, one {# person} other {# people}}', { count: shown.items.length })}
      </p>
      <div className="rich-people" role="listbox" id={id} aria-label={say('People')}>
        {shown.items.map((each, index) => (
          <button
            key={each.id}
            id={optionId(each)}
            type="button"
            role="option"
            aria-selected={index === chosen}
            className="menu-item"
            data-focused={index === chosen || undefined}
            tabIndex={-1}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(shown, each)}
          >
            <span className="menu-words">
              <Avatar person={each} />
              {each.name}
            </span>
          </button>
        ))}
      </div>
    </>
  );
}

/** The text says which list it leads and what is chosen there (WAI-ARIA 1.2, aria-activedescendant). */
function useHeard(editor: Editor, listId: string | undefined, optionId: string | undefined): void {
  useEffect(() => {
    if (!listId || !optionId) return;
    const text = editor.view.dom;
    const told = { 'aria-autocomplete': 'list', 'aria-controls': listId, 'aria-activedescendant': optionId };
    for (const [name, value] of Object.entries(told)) text.setAttribute(name, value);
    return () => {
      for (const name of Object.keys(told)) text.removeAttribute(name);
    };
  }, [editor, listId, optionId]);
}

function pick(shown: SuggestionProps<PersonRef>, { id, name }: PersonRef): void {
  (shown.command as (attrs: unknown) => void)({ id, label: name });
}

type Picking = {
  readonly suggested: SuggestionProps<PersonRef> | undefined;
  readonly chosen: number;
  readonly setChosen: (index: number) => void;
};

export function pickByKey(event: KeyboardEvent, { suggested, chosen, setChosen }: Picking): boolean {
  const count = suggested?.items.length ?? 0;
  // The list closes by itself; what stands around the text shall not.
  if (event.key === 'Escape') event.stopPropagation();
  if (!suggested || count === 0) return false;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    setChosen((chosen + (event.key === 'ArrowDown' ? 1 : count - 1)) % count);
    return true;
  }
  const person = suggested.items[chosen];
  if (!person || (event.key !== 'Enter' && event.key !== 'Tab')) return false;
  pick(suggested, person);
  return true;
}

/** Of whom is known, and where those do not fill the list, of all others; `signal` ends it once more is typed. */
export async function findPeople(
  people: readonly PersonRef[],
  query: string,
  seek: Seek | undefined,
  signal: AbortSignal,
): Promise<PersonRef[]> {
  const known = matching(people, query);
  if (!seek || query === '' || known.length >= shownPeople) return known;
  await new Promise((resolve) => setTimeout(resolve, restMs));
  if (signal.aborted) return known;
  // Without an answer those who are known can be named still.
  const found = await seek(query).catch(() => []);
  return matching([...new Map([...people, ...found].map((person) => [person.id, person])).values()], query);
}

function matching(people: readonly PersonRef[], query: string): PersonRef[] {
  const sought = fold(query);
  return people.filter(({ name }) => fold(name).includes(sought)).slice(0, shownPeople);
}
