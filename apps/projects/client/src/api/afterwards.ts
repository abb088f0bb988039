/**
 * What follows a change, also when the row or the dialog that asked for it is gone by then, often through the change itself:
 * the callbacks that are given to `mutate` go with their component (TanStack Query), a promise does not. What went wrong is told
 * by the change.
 */
export function afterwards<Done>(change: Promise<Done>, run: (done: Done) => void): void {
  change.then(run, () => undefined);
}
