/**
 * Reads variables one by one, by Leantime's rules: the environment over the `.env` file over the default, an empty text is a
 * value. Everything that does not fit is collected, so that all of it is shown at once. Knows no variable by name.
 */
import { readFileSync } from 'node:fs';

export type Environment = Readonly<Record<string, string | undefined>>;

export type Problem = {
  readonly variable: string;
  /** What is wrong with it. Never holds a secret. */
  readonly wrong: string;
  /** What would be right. */
  readonly right: string;
};

export type Variables = {
  has(name: string): boolean;
  text(name: string, otherwise: string): string;
  flag(name: string, otherwise: boolean): boolean;
  wholeNumber(name: string, otherwise: number, range: { readonly min: number; readonly max: number }): number;
  oneOf<Choice extends string>(name: string, otherwise: Choice, choices: readonly Choice[]): Choice;
  /** Undefined when unset or empty. */
  url(name: string): URL | undefined;
  /** The variable, or the content of the file that `<name>_FILE` names, without its last line break. */
  secret(name: string): string;
  refuse(variable: string, wrong: string, right: string): void;
  readonly problems: readonly Problem[];
};

const truths = new Set(['1', 'true', 'on', 'yes']);
const untruths = new Set(['0', 'false', 'off', 'no', '']);

export function readVariables(environment: Environment, file: Environment): Variables {
  const problems: Problem[] = [];
  const found = (name: string): string | undefined => environment[name] ?? file[name];
  const refuse = (variable: string, wrong: string, right: string): void => {
    problems.push({ variable, wrong, right });
  };

  function fromFile(variable: string, path: string): string {
    try {
      return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    } catch (cause) {
      const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'it cannot be read';
      refuse(variable, `the file '${path}' cannot be read (${reason})`, 'the path of a file this process may read');
      return '';
    }
  }

  return {
    problems,
    refuse,
    has: (name) => found(name) !== undefined,
    text: (name, otherwise) => found(name)?.trim() ?? otherwise,
    flag(name, otherwise) {
      const value = found(name)?.trim().toLowerCase();
      if (value === undefined) return otherwise;
      if (!truths.has(value) && !untruths.has(value))
        refuse(name, `'${value}' is neither true nor false`, 'true, 1, on or yes; false, 0, off or no');
      return truths.has(value);
    },
    wholeNumber(name, otherwise, { min, max }) {
      const value = found(name)?.trim();
      if (value === undefined) return otherwise;
      const number = Number(value);
      if (/^\d+$/.test(value) && number >= min && number <= max) return number;
      refuse(name, `'${value}' is not a whole number from ${min} to ${max}`, `for example ${otherwise}`);
      return otherwise;
    },
    oneOf(name, otherwise, choices) {
      const value = found(name)?.trim();
      if (value === undefined) return otherwise;
      const chosen = choices.find((choice) => choice === value);
      if (chosen === undefined) refuse(name, `'${value}' is not known`, `one of ${choices.join(', ')}`);
      return chosen ?? otherwise;
    },
    url(name) {
      const value = found(name)?.trim();
      if (!value) return undefined;
      if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return new URL(value);
      refuse(name, `'${value}' is not a web address`, 'an address such as https://auth.example.com');
      return undefined;
    },
    secret(name) {
      const fileVariable = `${name}_FILE`;
      const path = found(fileVariable)?.trim();
      if (!path) return found(name) ?? '';
      if (found(name)) refuse(fileVariable, `both ${name} and ${fileVariable} are set`, 'one of the two');
      return fromFile(fileVariable, path);
    },
  };
}
