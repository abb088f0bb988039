/**
 * Files that are pasted, such as a picture of the screen, wherever the cursor is: in a dialog those that are pasted in it, on a
 * page what is pasted while nothing stands over it. Where there are words beside them, as from a table, the words are meant.
 */
import { type RefObject, useEffect, useEffectEvent } from 'react';
import { isInDialog } from '../shell/shortcuts.ts';
import { bringRest, saying } from '../words/say.ts';

/** `room`: something of the dialog or of the page. */
export function useFilePaste(
  room: RefObject<HTMLElement | null>,
  mayAdd: boolean,
  onPaste: (files: readonly File[]) => void,
): void {
  const take = useEffectEvent(onPaste);
  const isHere = useEffectEvent((target: EventTarget | null): boolean => {
    const dialog = room.current?.closest('[role="dialog"]');
    return dialog ? target instanceof Node && dialog.contains(target) : !isInDialog();
  });
  useEffect(() => {
    function paste(event: ClipboardEvent): void {
      const files = event.clipboardData ? filesOf(event.clipboardData) : [];
      if (!mayAdd || files.length === 0 || !isHere(event.target)) return;
      // Before a text sees it, which would look for words in it.
      event.preventDefault();
      event.stopPropagation();
      const now = new Date();
      void bringRest().then(() => take(files.map((file) => named(file, now))));
    }
    document.addEventListener('paste', paste, { capture: true });
    return () => document.removeEventListener('paste', paste, { capture: true });
  }, [mayAdd]);
}

function filesOf(data: DataTransfer): File[] {
  const files = [...data.files];
  const lines = data.getData('text/plain').split(/[\r\n]+/);
  // Some systems say the names of files in words too.
  const areWords = lines.some((line) => line.trim() !== '' && !files.some(({ name }) => name === line));
  return areWords ? [] : files;
}

/** Browsers call every picture `image.png`. */
function named(file: File, now: Date): File {
  const [, ending] = /^image\.(\w+)$/.exec(file.name) ?? [];
  if (!ending) return file;
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('.');
  const say = saying();
  return new File([file], `${say('Picture')} ${day} ${time}.${ending}`, { type: file.type });
}
