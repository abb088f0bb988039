/** Of several to-dos those that nothing was done to, in words: how many, which, why, and what to do. */
import type { RefusedToDo } from '../../../wire/to-do.ts';
import { type Say, saying } from '../words/say.ts';
import { sayWhy } from './client.ts';

/** More would fill the page. */
const namesMax = 12;

/** A line for how many of `all`, and one for each reason. */
export function sayRefused(refused: readonly RefusedToDo[], all: number, trash: boolean): string {
  const say = saying();
  const values = { count: refused.length, all };
  const lines = [...Map.groupBy(refused, ({ problem }) => sayWhy(problem))].map(
    ([why, those]) => `${nameSome(say, those)}: ${why}`,
  );
  const howMany = trash
    ? say('{count} of {all} to-dos not moved to the trash.', values)
    : say('{count} of {all} to-dos not changed.', values);
  return [howMany, ...lines].join('\n');
}

function nameSome(say: Say, toDos: readonly RefusedToDo[]): string {
  const names = toDos.slice(0, namesMax).map(({ projectKey, number }) => `${projectKey}-${number}`);
  const count = toDos.length - names.length;
  const some = names.join(', ');
  return count === 0 ? some : say('{some} and {count} more', { some, count });
}
