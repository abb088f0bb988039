/** Points in time and how Go writes them: a layout is the moment `Mon Jan 2 15:04:05 MST 2006` in the wanted form. */
import { Moment, type Value } from '../value.ts';
import { count, FunctionRefusal, type Functions, textAt } from './arguments.ts';

const localZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

export function timeFunctions(nowMs: number): Functions {
  const moment = (value: Value): Moment => {
    if (value instanceof Moment) return value;
    if (typeof value === 'number') return new Moment(value * 1000);
    return new Moment(nowMs);
  };
  return {
    now: (values) => {
      count(values, 0);
      return new Moment(nowMs);
    },
    ago: (values) => {
      count(values, 1);
      return goDuration(Math.round((nowMs - moment(values[0]).ms) / 1000));
    },
    duration: (values) => {
      count(values, 1);
      const seconds = Number(values[0]);
      return goDuration(Number.isFinite(seconds) ? Math.trunc(seconds) : 0);
    },
    toDate: (values) => {
      count(values, 2);
      return parsed(textAt(values, 0), textAt(values, 1)) ?? goZeroTime;
    },
    mustToDate: (values) => {
      count(values, 2);
      const read = parsed(textAt(values, 0), textAt(values, 1));
      if (!read) throw new FunctionRefusal('is given a text that does not fit the layout', "Such as '2006-01-02'.");
      return read;
    },
    date: (values) => {
      count(values, 2);
      return layout(moment(values[1]), textAt(values, 0), localZone);
    },
    dateInZone: (values) => {
      count(values, 3);
      return layout(moment(values[1]), textAt(values, 0), textAt(values, 2));
    },
    htmlDate: (values) => {
      count(values, 1);
      return layout(moment(values[0]), '2006-01-02', localZone);
    },
    htmlDateInZone: (values) => {
      count(values, 2);
      return layout(moment(values[0]), '2006-01-02', textAt(values, 1));
    },
    unixEpoch: (values) => {
      count(values, 1);
      return String(Math.floor(moment(values[0]).ms / 1000));
    },
  };
}

/** `1h2m3s`, as Go prints a duration of whole seconds. */
function goDuration(seconds: number): string {
  const rest = Math.abs(seconds);
  const [hours, minutes] = [Math.floor(rest / 3600), Math.floor((rest % 3600) / 60)];
  const text = `${hours > 0 ? `${hours}h` : ''}${rest >= 60 ? `${minutes}m` : ''}${rest % 60}s`;
  return seconds < 0 ? `-${text}` : text;
}

const parts =
  /January|Jan|Monday|Mon|MST|2006|-0700|-07:00|Z07:00|Z0700|\.000|15|01|02|03|04|05|06|PM|pm|1|2|3|4|5|_2/g;

function layout(moment: Moment, pattern: string, zone: string): string {
  const fields = fieldsIn(moment, zone);
  return pattern.replace(parts, (part) => fields(part));
}

function fieldsIn(moment: Moment, zone: string): (part: string) => string {
  const format = (options: Intl.DateTimeFormatOptions): string => {
    try {
      return new Intl.DateTimeFormat('en-US', { timeZone: zone || 'UTC', ...options }).format(moment.ms);
    } catch {
      return new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options }).format(moment.ms);
    }
  };
  const number = (options: Intl.DateTimeFormatOptions): number => Number.parseInt(format(options), 10);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hour = (): number => number({ hour: '2-digit', hourCycle: 'h23' });
  const minute = (): number => number({ minute: 'numeric' });
  const second = (): number => number({ second: 'numeric' });
  const offset = (separator: string): string => {
    const name = /[+-]\d\d:\d\d/.exec(format({ timeZoneName: 'longOffset' }))?.[0] ?? '+00:00';
    return name.replace(':', separator);
  };
  const fields: Readonly<Record<string, () => string>> = {
    January: () => format({ month: 'long' }),
    Jan: () => format({ month: 'short' }),
    Monday: () => format({ weekday: 'long' }),
    Mon: () => format({ weekday: 'short' }),
    MST: () => (zone === '' || zone === 'UTC' ? 'UTC' : (format({ timeZoneName: 'short' }).split(' ').at(-1) ?? '')),
    '2006': () => format({ year: 'numeric' }),
    '06': () => format({ year: '2-digit' }),
    '01': () => two(number({ month: 'numeric' })),
    '1': () => String(number({ month: 'numeric' })),
    '02': () => two(number({ day: 'numeric' })),
    _2: () => String(number({ day: 'numeric' })).padStart(2),
    '2': () => String(number({ day: 'numeric' })),
    '15': () => two(hour()),
    '03': () => two(hour() % 12 || 12),
    '3': () => String(hour() % 12 || 12),
    '04': () => two(minute()),
    '4': () => String(minute()),
    '05': () => two(second()),
    '5': () => String(second()),
    PM: () => (hour() < 12 ? 'AM' : 'PM'),
    pm: () => (hour() < 12 ? 'am' : 'pm'),
    '.000': () => `.${String(((moment.ms % 1000) + 1000) % 1000).padStart(3, '0')}`,
    '-0700': () => offset(''),
    '-07:00': () => offset(':'),
    Z0700: () => (offset('') === '+0000' ? 'Z' : offset('')),
    'Z07:00': () => (offset(':') === '+00:00' ? 'Z' : offset(':')),
  };
  return (part) => fields[part]?.() ?? part;
}

const readers: Readonly<Record<string, string>> = {
  '2006': '(?<year>\\d{4})',
  '01': '(?<month>\\d{2})',
  '02': '(?<day>\\d{2})',
  '15': '(?<hour>\\d{2})',
  '04': '(?<minute>\\d{2})',
  '05': '(?<second>\\d{2})',
  'Z07:00': '(?<zone>Z|[+-]\\d{2}:\\d{2})',
};

/** Layouts made of year, month, day, hour, minute, second and zone in digits. */
function parsed(pattern: string, text: string): Moment | undefined {
  const source = pattern
    .replace(/[\\^$*+?()|[\]{}]/g, '\\$&')
    .replace(/Z07:00|2006|01|02|15|04|05/g, (part) => readers[part] ?? part);
  const fields = new RegExp(`^${source}$`).exec(text)?.groups;
  if (!fields) return undefined;
  const { year = '0001', month = '01', day = '01', hour = '00', minute = '00', second = '00', zone = 'Z' } = fields;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(ms) ? undefined : new Moment(ms);
}

/** What Go answers for a date it could not read: the first of January of the year 1. */
const goZeroTime = new Moment(Date.parse('0001-01-01T00:00:00Z'));
