/**
 * Files that are dropped anywhere onto a page, but for what stands over it: a dialog has its own. Where none may be added, the
 * pointer says so, and the browser does not leave the page for the file.
 */
import { useEffect, useEffectEvent, useState } from 'react';
import { isInDialog } from '../shell/shortcuts.ts';

/** Whether files are held over the page now. */
export function useFileDrop(mayAdd: boolean, onDrop: (files: readonly File[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  const drop = useEffectEvent(onDrop);
  useEffect(() => {
    const isOurs = (event: DragEvent): boolean =>
      !event.defaultPrevented && [...(event.dataTransfer?.items ?? [])].some(({ kind }) => kind === 'file');
    const takes = (): boolean => mayAdd && !isInDialog();
    function over(event: DragEvent): void {
      if (!isOurs(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = takes() ? 'copy' : 'none';
      setOver(takes());
    }
    // A page is left for nothing; one of its elements for another.
    const leave = (event: DragEvent): void => void (event.relatedTarget === null && setOver(false));
    function land(event: DragEvent): void {
      setOver(false);
      if (!isOurs(event) || !event.dataTransfer) return;
      event.preventDefault();
      if (takes()) drop(filesOf(event.dataTransfer));
    }
    const leaving = new AbortController();
    const { signal } = leaving;
    window.addEventListener('dragover', over, { signal });
    window.addEventListener('dragleave', leave, { signal });
    window.addEventListener('drop', land, { signal });
    return () => leaving.abort();
  }, [mayAdd]);
  return isOver;
}

/** Without folders, which browsers count among them and cannot read. */
function filesOf({ items }: DataTransfer): File[] {
  return [...items].flatMap((item) => {
    const file = item.webkitGetAsEntry()?.isDirectory ? null : item.getAsFile();
    return file ? [file] : [];
  });
}
