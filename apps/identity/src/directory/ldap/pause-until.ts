import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';

/** A timer counts whole milliseconds: what it cuts off would differ from one kind of refusal to the other, and always alike. */
const timerMs = 2;

/** Waits until `performance.now()` has come to this, and hardly longer: the last bit in turns of the event loop. */
export async function pauseUntil(untilMs: number): Promise<void> {
  const wholeMs = Math.floor(untilMs - performance.now() - timerMs);
  if (wholeMs > 0) await pause(wholeMs);
  while (performance.now() < untilMs) await turn();
}
