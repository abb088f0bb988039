/**
 * Something wrong or doubtful in the configuration, told so that an administrator can mend it: which file and line, which
 * key, what is wrong and what would be right. Never holds the value of a secret.
 */

export type Severity = 'error' | 'warning';

/** Keys and list positions from the root: `['session', 'cookies', 0, 'domain']`. */
export type Path = readonly (string | number)[];

/** What a rule finds. Where that stands in a file is added by whoever knows the files. */
export type Finding = {
  readonly severity: Severity;
  readonly path: Path;
  /** What is wrong, a sentence without the key. */
  readonly message: string;
  /** What would be right, a sentence. */
  readonly cure: string;
};

export type Place = {
  /** A file as it was named, or `environment` for a variable. */
  readonly file: string;
  /** From 1; 0 where lines have no meaning. */
  readonly line: number;
};

export type Problem = Place & {
  readonly severity: Severity;
  /** Dotted: `session.cookies[0].domain`. Empty for a problem of a whole file. */
  readonly key: string;
  readonly message: string;
  readonly cure: string;
};

export function error(path: Path, message: string, cure: string): Finding {
  return { severity: 'error', path, message, cure };
}

export function warning(path: Path, message: string, cure: string): Finding {
  return { severity: 'warning', path, message, cure };
}

export function dottedKey(path: Path): string {
  return path.reduce<string>((key, part) => {
    if (typeof part === 'number') return `${key}[${part}]`;
    return key === '' ? part : `${key}.${part}`;
  }, '');
}

/** By file in the order given, then by line. */
export function sortProblems(problems: readonly Problem[], files: readonly string[]): Problem[] {
  const rank = (problem: Problem): number => {
    const index = files.indexOf(problem.file);
    return index === -1 ? files.length : index;
  };
  return [...problems].sort((a, b) => rank(a) - rank(b) || a.line - b.line);
}

/** One paragraph a problem: place, severity and key, then what is wrong, then what would be right. */
export function formatProblems(problems: readonly Problem[]): string {
  return problems
    .map(({ file, line, severity, key, message, cure }) => {
      const place = line > 0 ? `${file}:${line}` : file;
      return `${place}: ${severity}${key ? ` at ${key}` : ''}\n  ${message}\n  ${cure}\n`;
    })
    .join('\n');
}
