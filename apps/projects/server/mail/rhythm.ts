/** When mail is due by a person's rhythm, on the clock where they live. Pure. */
import type { MailFrequency } from '../../wire/notification.ts';

export type Rhythm = {
  readonly frequency: Exclude<MailFrequency, 'never'>;
  /** Of the person's own day, for `daily` and `weekly`. */
  readonly hour: number;
  readonly timeZone: string;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The last moment at which mail was due: what waited then goes now, and with it what came since. */
export function lastDue({ frequency, hour, timeZone }: Rhythm, now: number): number {
  if (frequency === 'immediate') return now;
  const local = clockIn(timeZone, now);
  const fullHour = now - local.minute * minuteMs - (now % minuteMs);
  if (frequency === 'hourly') return fullHour;
  const hoursAgo = (local.hour - hour + 24) % 24;
  const today = fullHour - hoursAgo * hourMs;
  if (frequency === 'daily') return today;
  return today - ((clockIn(timeZone, today).weekday + 6) % 7) * dayMs;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function clockIn(timeZone: string, at: number): { hour: number; minute: number; weekday: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    weekday: 'short',
  }).formatToParts(at);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return { hour: Number(part('hour')), minute: Number(part('minute')), weekday: weekdays.indexOf(part('weekday')) };
}
