/** Keys that work everywhere but while typing or in a dialog; with `Mod` (Ctrl or ⌘) also while typing. The list people see is this same list. */
import { useEffect } from 'react';

export type Shortcut = { readonly keys: readonly string[]; readonly does: string; readonly run: () => void };

/** How long the second key of a pair may take. */
const pairMs = 1_200;

export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    let first: { key: string; atMs: number } | undefined;
    function onKeyDown(event: KeyboardEvent): void {
      if (event.altKey || event.defaultPrevented) return;
      if (event.ctrlKey || event.metaKey) {
        const pressed = shortcuts.find(({ keys }) => keys[0] === 'Mod' && keys[1] === event.key);
        if (!pressed || isInDialog()) return;
        event.preventDefault();
        pressed.run();
        return;
      }
      if (isBusy(event.target)) return;
      const pair = first && event.timeStamp - first.atMs < pairMs ? [first.key, event.key] : undefined;
      const found = shortcuts.find(({ keys }) =>
        pair
          ? keys.length === 2 && keys[0] === pair[0] && keys[1] === pair[1]
          : keys.length === 1 && keys[0] === event.key,
      );
      const begins = shortcuts.some(({ keys }) => keys.length === 2 && keys[0] === event.key);
      first = !found && begins ? { key: event.key, atMs: event.timeStamp } : undefined;
      if (!found) return;
      event.preventDefault();
      found.run();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [shortcuts]);
}

function isBusy(target: EventTarget | null): boolean {
  const typing = target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]');
  return Boolean(typing) || isInDialog();
}

function isInDialog(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
}
