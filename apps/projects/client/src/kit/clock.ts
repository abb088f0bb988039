/**
 * What the person's clock says, for all that is drawn by it: a page that stays open over midnight, or is come back to, draws
 * again by the new day. It is asked every minute, so that a machine that slept is never later than that.
 */
import { useSyncExternalStore } from 'react';
import { type Day, dayOf } from '../../../wire/days.ts';

export function useToday(): Day {
  return useSyncExternalStore(listen, () => dayOf(new Date()));
}

/** Minutes since midnight on the wall's clock. */
export function useMinuteOfDay(): number {
  return useSyncExternalStore(listen, () => new Date().getHours() * 60 + new Date().getMinutes());
}

const minuteMs = 60_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

function listen(onChange: () => void): () => void {
  listeners.add(onChange);
  if (listeners.size === 1) {
    document.addEventListener('visibilitychange', look);
    look();
  }
  return () => {
    listeners.delete(onChange);
    if (listeners.size > 0) return;
    document.removeEventListener('visibilitychange', look);
    clearTimeout(timer);
  };
}

function look(): void {
  clearTimeout(timer);
  timer = setTimeout(look, minuteMs - (Date.now() % minuteMs));
  for (const onChange of listeners) onChange();
}
