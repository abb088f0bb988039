/** Flags of the `crypto` commands: declared once, read with `parseArgs`, and shown as help from the same declaration. */
import { parseArgs } from 'node:util';

export type Flag = {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly default?: string;
  /** It may be given several times, and hold several values with commas. */
  readonly multiple?: boolean;
  readonly help: string;
};

export type Flags = Readonly<Record<string, Flag>>;

/** The call was not understood. The message is for the person who typed it. */
export class CallNotUnderstood extends Error {
  readonly code = 'call-not-understood';
  override readonly name = 'CallNotUnderstood';
}

export type ReadCall = {
  readonly wantsHelp: boolean;
  readonly words: readonly string[];
  readonly text: (flag: string) => string | undefined;
  /** Of a flag that may be given several times. */
  readonly list: (flag: string) => string[];
  readonly given: (flag: string) => boolean;
  /** Throws `CallNotUnderstood` for anything but a whole number of at least `min`. */
  readonly whole: (flag: string, min?: number) => number | undefined;
};

const helpFlag: Flags = { help: { type: 'boolean', short: 'h', help: 'show this text' } };

/** Throws `CallNotUnderstood`. */
export function readCall(args: string[], flags: Flags): ReadCall {
  const { values, positionals } = parse(args, { ...helpFlag, ...flags });
  const text = (flag: string): string | undefined => {
    const value = values[flag] ?? flags[flag]?.default;
    return typeof value === 'string' ? value : undefined;
  };
  return {
    wantsHelp: values.help === true,
    words: positionals,
    text,
    list: (flag) => {
      const value = values[flag] ?? flags[flag]?.default ?? [];
      return [value].flat().flatMap((each) =>
        String(each)
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean),
      );
    },
    given: (flag) => values[flag] !== undefined && values[flag] !== false,
    whole: (flag, min = 1) => {
      const written = text(flag);
      if (written === undefined) return undefined;
      if (!/^\d{1,9}$/.test(written) || Number(written) < min)
        throw new CallNotUnderstood(`--${flag} needs a whole number of at least ${min}.`);
      return Number(written);
    },
  };
}

function parse(
  args: string[],
  flags: Flags,
): { values: Readonly<Record<string, unknown>>; positionals: readonly string[] } {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { type, short, multiple = false }]) => [
      name,
      short === undefined ? { type, multiple } : { type, short, multiple },
    ]),
  );
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (cause) {
    throw new CallNotUnderstood(cause instanceof Error ? cause.message : 'The flags were not understood.', { cause });
  }
}

/** `usage` is the call without flags; `about` one sentence. */
export function helpText(usage: string, about: string, flags: Flags = {}): string {
  const rows = Object.entries({ ...flags, ...helpFlag }).map(([name, flag]) => {
    const short = flag.short === undefined ? '    ' : `-${flag.short}, `;
    const value = flag.type === 'string' ? ' <value>' : '';
    const byDefault = flag.default === undefined ? '' : ` (default ${flag.default})`;
    return [`  ${short}--${name}${value}`, `${flag.help}${byDefault}`] as const;
  });
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return `${about}\n\nUsage:\n  ${usage}\n\nFlags:\n${rows.map(([left, right]) => `${left.padEnd(width)}${right}\n`).join('')}`;
}
