/**
 * Where a new to-do goes that is not begun in a project: to the one that was picked last, before that to the first favourite.
 * The browser keeps it until its person signs out; where nothing can be kept, the page does.
 */
import { useSyncExternalStore } from 'react';
import type { ProjectSummary } from '../../../wire/project.ts';
import { beginnings, keepText, textOf } from '../api/kept.ts';
import { useMe, useProjects } from '../api/queries.ts';

type Place = {
  readonly places: readonly ProjectSummary[];
  /** Undefined where there is none. */
  readonly key: string | undefined;
  choose(key: string): void;
};

const listeners = new Set<() => void>();
const picked = new Map<string, string>();

export function usePlace(): Place {
  const { person } = useMe();
  const places = useProjects().filter(({ may }) => may.createToDo);
  const name = `${beginnings.places}${person.id}`;
  const last = useSyncExternalStore(listen, () => picked.get(name) ?? textOf(name));
  const place = places.find(({ key }) => key === last) ?? places.find(({ isFavourite }) => isFavourite) ?? places[0];
  return { places, key: place?.key, choose: (key) => keep(name, key) };
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function keep(name: string, key: string): void {
  picked.set(name, key);
  try {
    keepText(name, key);
  } catch {
    // There is no room.
  }
  for (const listener of listeners) listener();
}
