/**
 * A screen that is loaded when it is first shown, and with it the words that the first page did not say. Who is offline then
 * waits for it where they are, instead of losing the page and what waits in it.
 */
import { type FocusEvent, lazy as lazyOnce, useState, useSyncExternalStore } from 'react';
import { bringRest, saying } from '../words/say.ts';
import { showDone } from './toast.tsx';

export const lazy: typeof lazyOnce = (load) => lazyOnce(() => loadWithWords(load));

/**
 * What stands behind a button. It comes once the page does and the browser has nothing else to do, so that it opens at once, and
 * offline too; who asks sooner waits for it.
 */
export const lazyAhead: typeof lazyOnce = (load) => {
  void pageStands()
    .then(load)
    .catch(() => undefined);
  return lazy(load);
};

export type Heavy<Part> = {
  /** At once. */
  bring(): void;
  /** Undefined until it has come. */
  usePart(): Part | undefined;
};

/** A part so large that something simple stands in for it. It comes as `lazyAhead` says, or when it is brought. */
export function heavy<Part>(load: () => Promise<Part>): Heavy<Part> {
  let part: Part | undefined;
  let isComing = false;
  const listeners = new Set<() => void>();
  function keep(loaded: Part): void {
    part = loaded;
    for (const listener of listeners) listener();
  }
  function bring(): void {
    if (isComing) return;
    isComing = true;
    loadWithWords(load).then(keep, () => {
      isComing = false;
    });
  }
  function subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }
  void pageStands()
    .then(() => Promise.all([load(), bringRest()]))
    .then(([loaded]) => keep(loaded))
    .catch(() => undefined);
  return { bring, usePart: () => useSyncExternalStore(subscribe, () => part) };
}

/**
 * For what stands in for a part: whoever comes into it by keys or by pointer wants the part (`isWanted`), and shall stand in it
 * when it arrives, unless they went on meanwhile.
 */
export function useStandIn<Part>(heavyPart: Heavy<Part>, isWantedAtFirst = false) {
  const part = heavyPart.usePart();
  const [isWanted, setWanted] = useState(isWantedAtFirst);
  const standIn = {
    onFocus(): void {
      setWanted(true);
      heavyPart.bring();
    },
    // A window that is left keeps its place.
    onBlur: ({ currentTarget }: FocusEvent): void => setWanted(currentTarget.contains(document.activeElement)),
  };
  return { part, isWanted, standIn };
}

/** A piece of the first page itself, which says nothing but what `build.ts` counts among its words. */
export const lazyAtFirst: typeof lazyOnce = (load) => lazyOnce(() => loadSurely(load));

async function loadWithWords<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  const [loaded] = await Promise.all([loadSurely(load), bringRest()]);
  return loaded;
}

async function loadSurely<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  try {
    return await load();
  } catch (error) {
    if (navigator.onLine) throw error;
    const say = saying();
    showDone(say('You are offline. This opens when you are back.'));
    await new Promise((resolve) => window.addEventListener('online', resolve, { once: true }));
    return load();
  }
}

const settlingMs = 1_000;
const idleMsMax = 2_000;
let standing: Promise<void> | undefined;

/** Some time after everything is there that the page itself asked for. */
function pageStands(): Promise<void> {
  standing ??= new Promise((resolve) => {
    // Whoever measures a first visit counts up to here.
    const stand = (): void => resolve(void performance.mark('page-stands'));
    const settle = (): void => void setTimeout(() => whenIdle(stand), settlingMs);
    if (document.readyState === 'complete') settle();
    else window.addEventListener('load', settle, { once: true });
  });
  return standing;
}

/** Safari does not tell when it is idle. */
function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(run, { timeout: idleMsMax });
  else run();
}
