/**
 * Names that a page holds while it lives or works on something, so that no other page of the browser takes it for left
 * behind. A browser without locks has pages that cannot know of others.
 */

export type Held = {
  readonly isHeld: Promise<void>;
  /** Without it the name is held until the page ends. */
  release(): void;
};

export function hold(name: string): Held {
  if (!('locks' in navigator)) return { isHeld: Promise.resolve(), release: () => undefined };
  let release: () => void = () => undefined;
  const end = new Promise<void>((resolve) => {
    release = resolve;
  });
  const isHeld = new Promise<void>((resolve) => {
    void navigator.locks.request(name, () => {
      resolve();
      return end;
    });
  });
  return { isHeld, release };
}

/** Runs it unless some page holds the name. */
export async function ifFree(name: string, run: () => void): Promise<void> {
  if (!('locks' in navigator)) return run();
  await navigator.locks.request(name, { ifAvailable: true }, (lock) => {
    if (lock) run();
  });
}
