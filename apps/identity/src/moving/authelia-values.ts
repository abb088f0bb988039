/** How Authelia writes times, truths and lists into its SQLite columns. Pure. */
import type { ForeignRow } from '@gatehouse/storage/foreign-sqlite.ts';

type Value = ForeignRow[string] | undefined;

const secondsMax = 1e12;

/** Milliseconds. Texts such as `2026-11-24 01:02:03.4567+01:00`, without a zone in UTC; undefined for anything else. */
export function timeOf(value: Value): number | undefined {
  if (typeof value === 'number') return value > secondsMax ? value : value * 1000;
  if (typeof value !== 'string') return undefined;
  const [, day, time, fraction = '', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(value) ?? [];
  const ms = Date.parse(`${day}T${time}${fraction.slice(0, 4)}${zone}`);
  return Number.isNaN(ms) ? undefined : ms;
}

export function truthOf(value: Value): boolean {
  return value === 1 || value === 1n || value === '1' || value === 'true';
}

export function textOf(value: Value): string {
  return typeof value === 'string' ? value : '';
}

/** Authelia joins lists with `|`; a `|` inside an entry has a backslash before it. */
export function listOf(value: Value): string[] {
  return textOf(value)
    .split(/(?<!\\)\|/)
    .map((entry) => entry.replaceAll('\\|', '|'))
    .filter((entry) => entry !== '');
}
