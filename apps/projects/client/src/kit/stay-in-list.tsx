/**
 * A place for a list out of which things go: ticked, brought back, or taken by somebody else. What has the focus when it goes
 * leaves it to the same part of the one that took its place, or of the last one, or to the place itself; never to the page.
 * Looks whenever whoever holds the list draws it anew.
 */
import { type ReactNode, useEffect, useRef } from 'react';

const rows = 'li.row, [data-roam]';
const parts = 'a, button, input';

type Left = { readonly part: HTMLElement; readonly row: Element; readonly index: number; readonly partIndex: number };

export function StayInList({ className, children }: { className?: string; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const left = useRef<Left>(undefined);

  useEffect(() => {
    /** Going elsewhere, also to nothing, is no leaving. */
    function note({ target }: Event): void {
      left.current = undefined;
      const part = target instanceof Element ? target.closest<HTMLElement>(parts) : null;
      const row = part?.closest(rows);
      if (!part || !row || !place.current?.contains(row)) return;
      const index = [...place.current.querySelectorAll(rows)].indexOf(row);
      left.current = { part, row, index, partIndex: [...row.querySelectorAll(parts)].indexOf(part) };
    }
    document.addEventListener('focusin', note);
    document.addEventListener('pointerdown', note);
    return () => {
      document.removeEventListener('focusin', note);
      document.removeEventListener('pointerdown', note);
    };
  }, []);

  useEffect(() => {
    if (!left.current || left.current.part.isConnected || document.activeElement !== document.body) return;
    const { row, index, partIndex } = left.current;
    left.current = undefined;
    const all = place.current?.querySelectorAll(rows);
    const next = row.isConnected ? row : (all?.[index] ?? all?.[all.length - 1]);
    const its = next?.querySelectorAll<HTMLElement>(parts);
    (its?.[Math.min(partIndex, its.length - 1)] ?? place.current)?.focus();
  });

  return (
    <div ref={place} className={className} tabIndex={-1}>
      {children}
    </div>
  );
}
