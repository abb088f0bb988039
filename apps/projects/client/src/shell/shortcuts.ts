/** Listens for keys, but while somebody types or a dialog is open; with Ctrl (or ⌘) also while they type. Knows none of the keys. */
import { marked } from '@gatehouse/words/say.ts';
import { useLayoutEffect, useRef } from 'react';
import { lettersWork } from '../appearance/apply.ts';
import { isTyping } from '../kit/focus.ts';

export type Shortcut = { readonly keys: readonly string[]; readonly run: () => void };

/** By the names that people read, which are also those of `KeyboardEvent.key` but for these two. */
export const modKey = marked('Ctrl');
/** In a text it is the text’s own. */
export const undoKey = 'z';
export const escapeKey = marked('Esc');

/** Letters, digits and signs, as opposed to keys with a name such as Esc. */
export const isLetter = (key: string | undefined): boolean => key?.length === 1;

/** How long the second key of a pair may take. */
const pairMs = 1_200;

export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  // With what is drawn, not some time after: whoever sees the page may press a key. Nor does what comes in break a pair.
  useLayoutEffect(() => {
    latest.current = shortcuts;
  }, [shortcuts]);
  useLayoutEffect(() => {
    let first: { key: string; atMs: number } | undefined;
    function onKeyDown(event: KeyboardEvent): void {
      if (event.altKey || event.defaultPrevented) return;
      const { current: shortcuts } = latest;
      if (event.ctrlKey || event.metaKey) {
        const pressed = shortcuts.find(({ keys }) => keys[0] === modKey && keys[1] === keyOf(event));
        if (!pressed || (keyOf(event) === undoKey ? isTyping(event.target) : isInDialog())) return;
        event.preventDefault();
        pressed.run();
        return;
      }
      if (isBusy(event.target) || (isLetter(event.key) && !lettersWork())) return;
      const key = keyOf(event);
      const pair = first && event.timeStamp - first.atMs < pairMs ? [first.key, key] : undefined;
      const found = shortcuts.find(({ keys }) =>
        pair ? keys.length === 2 && keys[0] === pair[0] && keys[1] === pair[1] : keys.length === 1 && keys[0] === key,
      );
      const begins = shortcuts.some(({ keys }) => keys.length === 2 && keys[0] === key);
      first = !found && begins ? { key, atMs: event.timeStamp } : undefined;
      if (!found) return;
      event.preventDefault();
      found.run();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Caps Lock changes nothing: a letter is small, and large with Shift. */
function keyOf({ key, shiftKey }: KeyboardEvent): string {
  if (key === 'Escape') return escapeKey;
  if (!isLetter(key)) return key;
  return shiftKey ? key.toUpperCase() : key.toLowerCase();
}

const isBusy = (target: EventTarget | null): boolean => isTyping(target) || isInDialog();

/** A message at the foot of the page is a dialog to React Aria, and holds nobody up. */
export function isInDialog(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]:not(.toast), [role="menu"]') !== null;
}
