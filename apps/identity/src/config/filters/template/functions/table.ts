/** All functions a template may call, and the nearest of them to a name that is none. */
import { nearest } from '../../../values/choice.ts';
import type { FilterContext } from '../../filters.ts';
import type { Functions, TemplateFunction } from './arguments.ts';
import { builtinFunctions } from './builtins.ts';
import { collectionFunctions } from './collections.ts';
import { encodingFunctions } from './encoding.ts';
import { environmentFunctions } from './environment.ts';
import { fileFunctions } from './files.ts';
import { pathFunctions } from './paths.ts';
import { textFunctions } from './text.ts';
import { timeFunctions } from './time.ts';
import { yamlFunctions } from './yaml.ts';

export type FunctionTable = {
  get(name: string): TemplateFunction | undefined;
  suggestion(name: string): string;
};

export function functionTable(context: FilterContext): FunctionTable {
  const functions: Functions = {
    ...builtinFunctions,
    ...textFunctions,
    ...encodingFunctions,
    ...collectionFunctions,
    ...pathFunctions,
    ...fileFunctions(context.note ?? (() => {})),
    ...yamlFunctions,
    ...timeFunctions(context.nowMs),
    ...environmentFunctions(context.env),
  };
  return {
    get: (name) => (Object.hasOwn(functions, name) ? functions[name] : undefined),
    suggestion(name) {
      const near = nearest(name, Object.keys(functions));
      return near ? `Did you mean '${near}'?` : 'A text needs double quotes; a field begins with a dot.';
    },
  };
}
