/** Where the cursor is, when something appears and when it goes. */
import { useLayoutEffect, useRef } from 'react';

/** Puts the cursor into a field when it appears: a ref, so that it happens once and not at every render. */
export function focusOnce(field: HTMLElement | null): void {
  field?.focus();
}

/**
 * When what `isOpen` tells of has gone, the cursor is on what `find` finds, such as the button that opened it; unless the
 * person writes elsewhere by then.
 */
export function useFocusBack(isOpen: boolean, find: () => HTMLElement | null | undefined): void {
  const wasOpen = useRef(isOpen);
  // Before a dialog around it looks for another place itself.
  useLayoutEffect(() => {
    const isOver = wasOpen.current && !isOpen;
    wasOpen.current = isOpen;
    if (isOver && !isTyping(document.activeElement)) find()?.focus();
  });
}

/** A box that is ticked takes no letters. */
const fieldsForText = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]';

export function isTyping(place: EventTarget | null): boolean {
  return place instanceof HTMLElement && place.closest(fieldsForText) !== null;
}
