/** Counts the touches of another `Volatile`, for the tests that hold a budget of them. Answers nothing by itself. */
import type { Volatile } from './volatile.ts';

const touching = ['put', 'add', 'get', 'getByAlias', 'consume', 'delete', 'deleteByGrant'] as const;

export type Touch = (typeof touching)[number];

export type CountedVolatile = Volatile & {
  /** Touches since the start or the last `reset`; a sweep is none. */
  readonly touches: () => Readonly<Record<Touch, number>> & { readonly total: number };
  readonly reset: () => void;
};

export function countedVolatile(volatile: Volatile): CountedVolatile {
  const counts = noTouches();

  function counted<Name extends Touch>(name: Name, method: Volatile[Name]): Volatile[Name];
  function counted(name: Touch, method: (...values: never[]) => unknown): unknown {
    return (...values: never[]) => {
      counts[name] += 1;
      return method(...values);
    };
  }

  return {
    put: counted('put', volatile.put),
    add: counted('add', volatile.add),
    get: counted('get', volatile.get),
    getByAlias: counted('getByAlias', volatile.getByAlias),
    consume: counted('consume', volatile.consume),
    delete: counted('delete', volatile.delete),
    deleteByGrant: counted('deleteByGrant', volatile.deleteByGrant),
    sweep: volatile.sweep,
    close: volatile.close,
    touches: () => ({ ...counts, total: Object.values(counts).reduce((sum, count) => sum + count, 0) }),
    reset: () => {
      Object.assign(counts, noTouches());
    },
  };
}

function noTouches(): Record<Touch, number> {
  return { put: 0, add: 0, get: 0, getByAlias: 0, consume: 0, delete: 0, deleteByGrant: 0 };
}
