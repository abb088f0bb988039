/**
 * Fair to those who wait. The system tells of everything that came meanwhile at once, and first of those connections that it
 * told of before; where an answer is made in one go, as on SQLite, the newest of these would overtake whoever waited through
 * the last round. So requests stand in a line, and one begins in each turn of the event loop, between looks at what came.
 */
import type { RequestListener } from 'node:http';

export function inTurn(listener: RequestListener): RequestListener {
  const waiting: Parameters<RequestListener>[] = [];
  function beginNext(): void {
    const first = waiting.shift();
    if (waiting.length > 0) setImmediate(beginNext);
    // Whoever left meanwhile waits for nothing.
    if (first && !first[0].socket.destroyed) listener(...first);
  }
  return function standInLine(...request) {
    if (waiting.push(request) === 1) setImmediate(beginNext);
  };
}
