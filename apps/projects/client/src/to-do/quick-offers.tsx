/**
 * What a sign in a line can be completed to, below the line while it is typed: people after @, tags after #, projects after +.
 * The focus stays in the line, so the list is told to who hears it there. Enter goes by the line until something is chosen.
 */
import { type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { fold } from '../../../wire/fold.ts';
import type { PersonRef } from '../../../wire/me.ts';
import { peopleNamed, signOf } from '../../../wire/quick-add.ts';
import { useProject } from '../api/queries.ts';
import { useSeekPeople } from '../api/seek-people.ts';
import { useTags } from '../api/to-do-queries.ts';
import { useSeeking } from '../kit/use-seeking.ts';
import { useSay } from '../words/say.ts';
import type { Place } from './quick-line.tsx';

const shownMax = 6;
/** Pixels that stay free beside it. */
const edge = 8;

type OffersProps = {
  readonly input: HTMLInputElement;
  /** With its sign. */
  readonly word: string;
  readonly people: readonly PersonRef[];
  readonly places: readonly Place[];
  readonly projectKey: string;
  readonly onTake: (word: string) => void;
  readonly onClose: () => void;
  /** How many there are. */
  readonly onCount: (count: number) => void;
};

export function QuickOffers({ input, word, onTake, onClose, onCount, ...context }: OffersProps) {
  const say = useSay();
  const id = useId();
  const offers = useOffers(word, context);
  const [choice, setChoice] = useState({ word, index: -1 });
  const list = useRef<HTMLDivElement>(null);
  const optionId = (index: number): string => `${id}-${index}`;
  // With the next key nothing is chosen any more.
  const current = choice.word === word ? Math.min(choice.index, offers.length - 1) : -1;

  useBelow(list, input);
  useTold(input, offers.length > 0 ? id : undefined, current < 0 ? undefined : optionId(current));

  useEffect(() => onCount(offers.length), [offers.length, onCount]);
  useEffect(() => () => onCount(0), [onCount]);

  useEffect(() => {
    /** Before whoever else listens: to them Enter sends the line, and Esc leaves it. */
    function onKeyDown(event: KeyboardEvent): void {
      // A word that an input method is still making has the keys for itself.
      if (event.isComposing) return;
      const offer = offers[current];
      if (event.key === 'ArrowDown') setChoice({ word, index: (current + 1) % offers.length });
      else if (event.key === 'ArrowUp') setChoice({ word, index: (current <= 0 ? offers.length : current) - 1 });
      else if (event.key === 'Escape') onClose();
      else if (offer && (event.key === 'Enter' || event.key === 'Tab')) onTake(offer.word);
      else return;
      event.preventDefault();
      event.stopPropagation();
    }
    if (offers.length === 0) return;
    input.addEventListener('keydown', onKeyDown);
    return () => input.removeEventListener('keydown', onKeyDown);
  }, [input, word, offers, current, onTake, onClose]);

  if (offers.length === 0) return null;
  return (
    <div ref={list} popover="manual" className="quick-offers" role="listbox" id={id} aria-label={say('What fits')}>
      {offers.map((offer, index) => (
        <button
          key={offer.word}
          id={optionId(index)}
          type="button"
          role="option"
          tabIndex={-1}
          aria-selected={index === current}
          className="menu-item"
          data-focused={index === current || undefined}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(offer.word)}
        >
          {offer.name}
        </button>
      ))}
    </div>
  );
}

type Offer = { readonly word: string; readonly name: string };

function useOffers(
  word: string,
  { people, places, projectKey }: Pick<OffersProps, 'people' | 'places' | 'projectKey'>,
) {
  const tags = useTags(projectKey).data ?? [];
  const seek = useSeekPeople(projectKey, useProject(projectKey).data?.moreAssignable ?? false);
  useSeeking(seek, word.startsWith('@') ? word.slice(1) : '');
  const sought = fold(word.slice(1));
  const all: Offer[] = word.startsWith('@')
    ? (sought === '' ? people : peopleNamed(sought, people)).flatMap((person) => {
        const sign = signOf(person, people);
        return sign === null ? [] : [{ word: sign, name: person.name }];
      })
    : word.startsWith('#')
      ? tags
          .filter(({ name }) => /^[\p{L}\p{N}_-]+$/u.test(name) && fold(name).startsWith(sought))
          .map(({ name }) => ({ word: `#${name}`, name }))
      : places
          .filter(({ key, name }) => [key, name].some((each) => fold(each).startsWith(sought)))
          .map(({ key, name }) => ({ word: `+${key.toLowerCase()}`, name: `${name} (${key})` }));
  // What stands there already is no offer.
  return all.filter((offer) => offer.word.toLowerCase() !== word.toLowerCase()).slice(0, shownMax);
}

/** Above everything else, so that no column cuts it off. */
function useBelow(list: RefObject<HTMLElement | null>, input: HTMLInputElement): void {
  useLayoutEffect(() => {
    function place(): void {
      const field = input.getBoundingClientRect();
      if (!list.current) return;
      list.current.showPopover();
      list.current.style.minInlineSize = `${Math.min(field.width, 280)}px`;
      // At the edge of the page it would be made narrower than its words.
      list.current.style.insetInlineStart = '0';
      const { width, height } = list.current.getBoundingClientRect();
      const start = Math.max(edge, Math.min(field.left, window.innerWidth - width - edge));
      const isRoom = field.bottom + height < window.innerHeight;
      list.current.style.insetBlockStart = `${isRoom ? field.bottom : field.top - height}px`;
      list.current.style.insetInlineStart = `${start}px`;
    }
    place();
    window.addEventListener('scroll', place, true);
    window.addEventListener('resize', place);
    return () => {
      window.removeEventListener('scroll', place, true);
      window.removeEventListener('resize', place);
    };
  });
}

/** The line says which list it leads and what is chosen there (WAI-ARIA 1.2, aria-activedescendant). */
function useTold(input: HTMLInputElement, listId: string | undefined, optionId: string | undefined): void {
  useEffect(() => {
    const told = { 'aria-autocomplete': listId && 'list', 'aria-controls': listId, 'aria-activedescendant': optionId };
    for (const [name, value] of Object.entries(told)) if (value) input.setAttribute(name, value);
    return () => {
      for (const name of Object.keys(told)) input.removeAttribute(name);
    };
  }, [input, listId, optionId]);
}
