/** Shows a long list a piece at a time: more of it when its end comes near the window. */
import { useEffect, useRef, useState } from 'react';

/** About as many as a tall window shows: each costs, when a page opens and whenever something is dragged over it. */
const piece = 12;

export function useGrowing<Item>(items: readonly Item[]) {
  const [limit, setLimit] = useState(piece);
  const sentinel = useRef<HTMLDivElement>(null);
  const isWhole = limit >= items.length;
  useEffect(() => {
    if (isWhole || !sentinel.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setLimit(limit + piece);
      },
      { rootMargin: '400px' },
    );
    observer.observe(sentinel.current);
    return () => observer.disconnect();
  }, [isWhole, limit]);
  return { shown: isWhole ? items : items.slice(0, limit), sentinel };
}
