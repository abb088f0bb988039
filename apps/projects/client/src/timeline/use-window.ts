/** Which rows of a long list are to be drawn: those in sight and some around them. */
import { type RefObject, useEffect, useState } from 'react';

const around = 8;

export function useWindow(
  scroller: RefObject<HTMLElement | null>,
  rowHeight: number,
  rowCount: number,
): { readonly first: number; readonly last: number } {
  const [seen, setSeen] = useState({ first: 0, last: 40 });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    function look(): void {
      if (!element) return;
      const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - around);
      const last = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + around;
      // Steps of a few rows, so that not every pixel draws anew.
      const stepped = { first: first - (first % 4), last: last + (4 - (last % 4)) };
      setSeen((old) => (old.first === stepped.first && old.last === stepped.last ? old : stepped));
    }
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [scroller, rowHeight]);
  return { first: Math.min(seen.first, rowCount), last: Math.min(seen.last, rowCount - 1) };
}
