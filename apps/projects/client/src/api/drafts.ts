/**
 * What somebody began to write and has not sent yet, kept in the storage of the browser: neither a dialog that is closed nor a
 * page that is loaded anew takes it away. What is kept names the person: somebody else who signs in here sees none of it.
 */
import { notifyManager } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';
import { hold, ifFree } from './held.ts';
import { beginnings, keepText, namesKept, textOf } from './kept.ts';
import { useMe } from './queries.ts';

/** The oldest makes room. */
const draftsMax = 50;

type Kept = { readonly atMs: number; readonly value: unknown };
export type Draft<Value> = {
  readonly name: string;
  read(): Value | undefined;
  keep(value: Value): void;
  drop(): void;
  /** While somebody writes no other page takes the words for left behind. Returns what ends that. */
  hold(): () => void;
  /** Runs it with what stands there, unless a page is writing it. */
  ifLeft(run: (value: Value) => void): void;
};

const listeners = new Set<() => void>();

/** `place`: what the words are for, such as the comments of one to-do. */
export function draftOf<Value>(personId: string, place: string): Draft<Value> {
  const name = `${beginnings.drafts}${personId}:${place}`;
  const read = (): Value | undefined => parse(textOf(name))?.value as Value | undefined;
  return {
    name,
    read,
    keep: (value) => keep(name, value),
    drop: () => drop(name),
    hold: () => hold(name).release,
    ifLeft(run) {
      void ifFree(name, () => {
        const left = read();
        if (left !== undefined) run(left);
      });
    },
  };
}

export function useDraft<Value>(place: string): Draft<Value> {
  const { person } = useMe();
  return useMemo(() => draftOf<Value>(person.id, place), [person.id, place]);
}

/** What stands there, and whenever this page changes it. */
export function useKept<Value>({ name }: Draft<Value>): Value | undefined {
  const text = useSyncExternalStore(subscribe, () => textOf(name));
  return useMemo(() => parse(text)?.value as Value | undefined, [text]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** After what was read or saved just before: a draft that is gone never uncovers what stood there earlier. */
function tell(): void {
  for (const listener of listeners) notifyManager.schedule(listener);
}

function keep(name: string, value: unknown): void {
  try {
    const others = namesKept(beginnings.drafts).filter((each) => each !== name);
    const tooMany = Math.max(0, others.length + 1 - draftsMax);
    for (const oldest of others.toSorted(byAge).slice(0, tooMany)) localStorage.removeItem(oldest);
    keepText(name, JSON.stringify({ atMs: Date.now(), value } satisfies Kept));
    tell();
  } catch {
    // There is no room: the words stand where they are written.
  }
}

function drop(name: string): void {
  try {
    localStorage.removeItem(name);
    tell();
  } catch {
    // There is no storage, and nothing in it.
  }
}

function byAge(a: string, b: string): number {
  return (parse(textOf(a))?.atMs ?? 0) - (parse(textOf(b))?.atMs ?? 0);
}

function parse(text: string | null): Kept | undefined {
  try {
    return JSON.parse(text ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}
