/**
 * Writes iCalendar (RFC 5545): whole days, and hours of a day that belong to the clock on the wall wherever somebody is
 * (3.3.5, form 1), so no time zone can shift either. Knows no to-do and no database.
 */

export type CalendarDay = string;

export type CalendarEvent = {
  /** The same thing has the same one for ever. */
  readonly uid: string;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
  readonly firstDay: CalendarDay;
  readonly lastDay: CalendarDay;
  /** Minutes since midnight of the first day; without it, it takes whole days. */
  readonly at?: { readonly startMinute: number; readonly minutes: number };
  readonly changedAtMs: number;
  /** Grows with each change. */
  readonly sequence: number;
};

export function writeCalendar(name: string, events: readonly CalendarEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Gatehouse//Projects//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    foldLine(`X-WR-CALNAME:${escapeText(name)}`),
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
  ];
  const times = { stamp: remembered(stampOf), day: remembered(compact), dayAfter: remembered(dayAfter) };
  for (const event of events) lines.push(writeEvent(event, times));
  lines.push('END:VCALENDAR', '');
  return lines.join('\r\n');
}

/** How times are written. Those of a calendar repeat, and to write one takes as long as the rest of an event. */
type Times = {
  stamp(ms: number): string;
  day(day: CalendarDay): string;
  dayAfter(day: CalendarDay): string;
};

function remembered<Key>(write: (key: Key) => string): (key: Key) => string {
  const written = new Map<Key, string>();
  return (key) => written.get(key) ?? keep(key, write(key));
  function keep(key: Key, text: string): string {
    written.set(key, text);
    return text;
  }
}

function writeEvent(event: CalendarEvent, times: Times): string {
  const stamp = times.stamp(event.changedAtMs);
  const description = event.description === '' ? '' : `${foldLine(`DESCRIPTION:${escapeText(event.description)}`)}\r\n`;
  // A day on which something is due does not make anybody busy; an hour that is planned does.
  const transparency = event.at ? 'OPAQUE' : 'TRANSPARENT';
  return `BEGIN:VEVENT\r
${foldLine(`UID:${event.uid}`)}\r
DTSTAMP:${stamp}\r
LAST-MODIFIED:${stamp}\r
SEQUENCE:${event.sequence}\r
${writeSpan(event, times)}\r
${foldLine(`SUMMARY:${escapeText(event.summary)}`)}\r
${description}${foldLine(`URL:${event.url}`)}\r
TRANSP:${transparency}\r
END:VEVENT`;
}

/** RFC 5545, 3.3.5, form 2. */
function stampOf(ms: number): string {
  const iso = new Date(ms).toISOString();
  return `${compact(iso.slice(0, 10))}T${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z`;
}

function writeSpan({ firstDay, lastDay, at }: CalendarEvent, times: Times): string {
  if (at) return `DTSTART:${times.day(firstDay)}T${clockOf(at.startMinute)}\r\nDURATION:PT${at.minutes}M`;
  // The end is the first day after (RFC 5545, 3.6.1).
  return `DTSTART;VALUE=DATE:${times.day(firstDay)}\r\nDTEND;VALUE=DATE:${times.dayAfter(lastDay)}`;
}

function clockOf(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}${two(minute % 60)}00`;
}

function compact(day: CalendarDay): string {
  return day.replaceAll('-', '');
}

function dayAfter(day: CalendarDay): string {
  return compact(new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10));
}

/** RFC 5545, 3.3.11. */
export function escapeText(text: string): string {
  // Most texts hold nothing of the kind.
  if (!/[\\;,\p{Cc}]/u.test(text)) return text;
  return text
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/(?!\t)\p{Cc}/gu, '');
}

const lineBytesMax = 75;

/** RFC 5545, 3.1: at most 75 bytes a line, and no character cut in two. */
export function foldLine(line: string): string {
  // Most lines are short, and looking at each of their characters is most of the work.
  if (line.length <= lineBytesMax && Buffer.byteLength(line) <= lineBytesMax) return line;
  const parts: string[] = [];
  let part = '';
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > lineBytesMax) {
      parts.push(part);
      part = ' ';
      bytes = 1;
    }
    part += character;
    bytes += size;
  }
  return [...parts, part].join('\r\n');
}
