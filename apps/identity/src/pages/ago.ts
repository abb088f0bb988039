/** How long ago something was, as people say it; a date when it is long ago. Pure. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const dateFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** As it stands in the middle of a sentence: "just now", "3 hours ago", "on 3 November 2026". */
export function agoInWords(atMs: number, nowMs: number): string {
  const ms = Math.max(0, nowMs - atMs);
  if (ms < minuteMs) return 'just now';
  if (ms < hourMs) return count(ms / minuteMs, 'a minute', 'minutes');
  if (ms < dayMs) return count(ms / hourMs, 'an hour', 'hours');
  if (ms < 7 * dayMs) return count(ms / dayMs, 'a day', 'days');
  return `on ${dateFormat.format(atMs)}`;
}

function count(amount: number, one: string, many: string): string {
  const whole = Math.floor(amount);
  return whole === 1 ? `${one} ago` : `${whole} ${many} ago`;
}
