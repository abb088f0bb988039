/** Whether the window is too narrow for what needs room, so that a page can show its other form. */
import { useSyncExternalStore } from 'react';

const query = '(max-width: 760px)';

export function useNarrow(): boolean {
  return useSyncExternalStore(listen, () => window.matchMedia(query).matches);
}

function listen(onChange: () => void): () => void {
  const media = window.matchMedia(query);
  media.addEventListener('change', onChange);
  return () => media.removeEventListener('change', onChange);
}
