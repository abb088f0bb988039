/** Puts the cursor into a field when it appears: a ref, so that it happens once and not at every render. */
export function focusOnce(field: HTMLElement | null): void {
  field?.focus();
}
