/**
 * What is kept in the storage of the browser, by the beginning of its name, until somebody signs out: then nothing of anybody
 * stays on the device, whichever tab it was done in. Where there is no storage there is nothing in it.
 */

export const beginnings = { drafts: 'draft:', unsent: 'unsent:', places: 'place:' } as const;

let isOver = false;
/** Written by this page. */
const own = new Set<string>();
let otherTabs: BroadcastChannel | undefined;
const hearers: (() => void)[] = [];

export function namesKept(beginning: string): string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(beginning));
  } catch {
    return [];
  }
}

export function textOf(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Answers whether it is kept, which nothing is after a sign-out. Throws when there is no room. */
export function keepText(name: string, text: string): boolean {
  if (isOver) return false;
  own.add(name);
  localStorage.setItem(name, text);
  return true;
}

/** Whether somebody has signed out since, and this page's own person is not known to be back. */
export function isSignOutHeard(): boolean {
  return isOver;
}

/** The page's own person was answered after the sign-out: they are back. */
export function keepAgain(): void {
  isOver = false;
}

/** `hear`: what was kept by this page is gone. */
export function whenSignedOut(hear: () => void): void {
  hearers.push(hear);
}

/** At sign-out. */
export function forgetKept(): void {
  otherTabs?.postMessage('over');
  end(Object.values(beginnings).flatMap(namesKept));
}

/** From now on: a sign-out in another tab ends what is kept here too. */
export function hearSignOut(): void {
  otherTabs = new BroadcastChannel('sign-out');
  // A tab may hear it late, when somebody keeps words of their own again.
  otherTabs.onmessage = () => {
    end([...own]);
    for (const hear of hearers) hear();
  };
}

function end(names: readonly string[]): void {
  isOver = true;
  for (const name of names) localStorage.removeItem(name);
}
