/** Variables of the environment. Those of Gatehouse itself that hold secrets read as if they were not set. */
import { expandVariables } from '../../expand-env.ts';
import { hidesValue } from '../../hidden-variables.ts';
import { FunctionRefusal, type Functions, onText } from './arguments.ts';

export function environmentFunctions(env: Readonly<Record<string, string | undefined>>): Functions {
  const visible = (name: string): string | undefined => (hidesValue(name) ? undefined : env[name]);
  return {
    env: onText((name) => visible(name) ?? ''),
    mustEnv: onText((name) => {
      const value = visible(name);
      if (value === undefined) throw new FunctionRefusal(`finds no variable '${name}'`, 'Set it, or use env.');
      return value;
    }),
    expandenv: onText((text) => expandVariables(text, env)),
  };
}
