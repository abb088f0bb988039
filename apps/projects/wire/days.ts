/**
 * Due dates are days on a calendar, written `YYYY-MM-DD`: the same day for everyone, wherever they are. Pure; "today"
 * is always passed in, because only the person's own clock knows it.
 */

/** A day that exists, as `YYYY-MM-DD`, from year 1970 to 9999. */
export type Day = string;

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return instant >= 0 && new Date(instant).toISOString().slice(0, 10) === text;
}

/** The calendar day that `instant` falls on where this code runs. */
export function dayOf(instant: Date): Day {
  const pad = (value: number, width: number): string => String(value).padStart(width, '0');
  return `${pad(instant.getFullYear(), 4)}-${pad(instant.getMonth() + 1, 2)}-${pad(instant.getDate(), 2)}`;
}

const dayMs = 86_400_000;

export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** The Sunday that ends the week of `day`. */
export function endOfWeek(day: Day): Day {
  return addDays(day, 7 - weekdayOf(day));
}

/** The Monday after `day`. */
export function nextMonday(day: Day): Day {
  return addDays(day, 8 - weekdayOf(day));
}

const weekdayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day as people say it, seen from `today`: Yesterday, Today, Tomorrow, a weekday within the week, else a date. */
export function sayDay(day: Day, today: Day): string {
  const distance = daysBetween(today, day);
  if (distance === 0) return 'Today';
  if (distance === 1) return 'Tomorrow';
  if (distance === -1) return 'Yesterday';
  if (distance > 1 && distance < 7) return weekdayNames[weekdayOf(day) - 1] ?? day;
  const [year, month, date] = day.split('-').map(Number);
  const words = `${date} ${monthNames[(month ?? 1) - 1]}`;
  return year === Number(today.slice(0, 4)) ? words : `${words} ${year}`;
}

export const dueGroups = ['overdue', 'today', 'week', 'later', 'none'] as const;
export type DueGroup = (typeof dueGroups)[number];

/** Where a due day belongs on the home page; the week ends on Sunday. */
export function dueGroupOf(dueOn: Day | null, today: Day): DueGroup {
  if (dueOn === null) return 'none';
  if (dueOn < today) return 'overdue';
  if (dueOn === today) return 'today';
  return dueOn <= endOfWeek(today) ? 'week' : 'later';
}
