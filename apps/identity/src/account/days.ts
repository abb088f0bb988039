/** When something was added and last used, as people say it. */
import { words } from './words.ts';

const dateFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const dayMs = 86_400_000;

export function usage(
  { createdAtMs, lastUsedAtMs: used }: { readonly createdAtMs: number; readonly lastUsedAtMs: number | undefined },
  nowMs: number,
): string {
  const { settings } = words;
  return `${settings.added(day(createdAtMs, nowMs))}, ${used === undefined ? settings.neverUsed : settings.lastUsed(day(used, nowMs))}`;
}

/** As people say it: today, yesterday, 3 November 2026. */
function day(atMs: number, nowMs: number): string {
  const days = Math.floor(nowMs / dayMs) - Math.floor(atMs / dayMs);
  return days === 0 ? 'today' : days === 1 ? 'yesterday' : dateFormat.format(atMs);
}
