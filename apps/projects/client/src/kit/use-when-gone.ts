/** For what is saved when one leaves it: a dialog that is closed, or a page that is, takes it away without a blur. */
import { useEffect, useRef } from 'react';

export function useWhenGone(run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const runLatest = (): void => latest.current();
    window.addEventListener('pagehide', runLatest);
    return () => {
      window.removeEventListener('pagehide', runLatest);
      runLatest();
    };
  }, []);
}
