/**
 * A start, and a configuration read anew, parse and compile much that is never needed again, and V8 keeps the room that this
 * took. One thorough collection once things are quiet gives it back: about forty megabytes of a hundred and sixty.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

const quietMs = 3_000;
let timer: NodeJS.Timeout | undefined;
let collect: Collect | undefined;

/** Some seconds from now, once, however often it is asked. It takes about a tenth of a second of the event loop. */
export function settleMemory(afterMs = quietMs): void {
  clearTimeout(timer);
  timer = setTimeout(() => collector()({ type: 'major', execution: 'sync', flavor: 'last-resort' }), afterMs);
  timer.unref();
}

/** The function behind `--expose-gc`, without exposing it to anybody else. */
function collector(): Collect {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as Collect;
    setFlagsFromString('--no-expose-gc');
  }
  return collect;
}
