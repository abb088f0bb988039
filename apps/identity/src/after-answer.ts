/** When work may begin that must not show in how long an answer takes: once that has left, or nobody waits for it any more. */
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** A proxy on the same core has passed the answer on by then. */
const passingOnMs = 10;

export async function answered(response: ServerResponse): Promise<void> {
  if (!response.closed) await new Promise<void>((resolve) => response.once('close', resolve));
  await pause(passingOnMs);
}
