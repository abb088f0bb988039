/**
 * Which files and filters a command is told to use: by `--config` (`-c`) and `--config.experimental.filters`, repeated or
 * with commas, or by `X_AUTHELIA_CONFIG` and `X_AUTHELIA_CONFIG_FILTERS`. An option beats its variable entirely.
 */
import { type Filter, filterNames } from './filters/filters.ts';

export type ConfigurationOptions =
  | {
      readonly kind: 'options';
      readonly paths: readonly string[];
      readonly filters: readonly Filter[];
      /** Arguments that are none of these options, in order. */
      readonly rest: readonly string[];
    }
  | { readonly kind: 'refused'; readonly message: string };

const defaultPath = 'configuration.yml';

const optionOf: Readonly<Record<string, 'paths' | 'filters'>> = {
  '-c': 'paths',
  '--config': 'paths',
  '--config.experimental.filters': 'filters',
};

export function readConfigurationOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ConfigurationOptions {
  const given: Record<'paths' | 'filters', string[]> = { paths: [], filters: [] };
  const rest: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? '';
    const [name = '', inline] = splitOption(argument);
    const option = Object.hasOwn(optionOf, name) ? optionOf[name] : undefined;
    if (!option) {
      rest.push(argument);
      continue;
    }
    if (inline === undefined) index += 1;
    const value = inline ?? args[index];
    if (value === undefined) return { kind: 'refused', message: `${name} needs a value.` };
    given[option].push(...commaList(value));
  }
  const paths = given.paths.length > 0 ? given.paths : commaList(env.X_AUTHELIA_CONFIG ?? '');
  const names = given.filters.length > 0 ? given.filters : commaList(env.X_AUTHELIA_CONFIG_FILTERS ?? '');
  const unknown = names.find((name) => !isFilter(name));
  if (unknown !== undefined)
    return { kind: 'refused', message: `There is no filter '${unknown}'. It takes ${filterNames.join(' and ')}.` };
  return { kind: 'options', paths: paths.length > 0 ? paths : [defaultPath], filters: names.filter(isFilter), rest };
}

function splitOption(argument: string): [string, string | undefined] {
  const at = argument.startsWith('-') ? argument.indexOf('=') : -1;
  return at === -1 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}

function commaList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function isFilter(name: string): name is Filter {
  return filterNames.some((each) => each === name);
}
