/**
 * Values that expire, in this process alone: for tests and for what may be lost at a restart. JavaScript runs one method at
 * a time to its end, so every method is atomic by being free of `await`.
 */
import type { Volatile, VolatileEntry, VolatileWrite } from './volatile.ts';

type Row = VolatileWrite & { readonly kind: string; readonly id: string; consumedAtMs: number | undefined };

export function memoryVolatile(nowMs: () => number): Volatile {
  const rows = new Map<string, Row>();
  const rowKeysByAlias = new Map<string, string>();
  const rowKeysByGrant = new Map<string, Set<string>>();

  function live(key: string | undefined): Row | undefined {
    const row = key === undefined ? undefined : rows.get(key);
    return row && row.expiresAtMs > nowMs() ? row : undefined;
  }

  function aliasHeldBy({ kind, id, alias }: Row): string | undefined {
    return alias !== undefined && rowKeysByAlias.get(keyOf(kind, alias)) === keyOf(kind, id) ? alias : undefined;
  }

  function remove(key: string): void {
    const row = rows.get(key);
    if (!row) return;
    rows.delete(key);
    const alias = aliasHeldBy(row);
    if (alias !== undefined) rowKeysByAlias.delete(keyOf(row.kind, alias));
    const family = row.grantId === undefined ? undefined : rowKeysByGrant.get(row.grantId);
    family?.delete(key);
    if (family?.size === 0 && row.grantId !== undefined) rowKeysByGrant.delete(row.grantId);
  }

  function store(kind: string, id: string, write: VolatileWrite): void {
    const key = keyOf(kind, id);
    const before = live(key);
    const consumedAtMs = before?.consumedAtMs;
    const alias = before === undefined || consumedAtMs === undefined ? write.alias : aliasHeldBy(before);
    remove(key);
    const { grantId, expiresAtMs } = write;
    const payload = Uint8Array.from(write.payload);
    rows.set(key, {
      ...{ kind, id, payload, expiresAtMs, consumedAtMs },
      ...(grantId !== undefined && { grantId }),
      ...(alias !== undefined && { alias }),
    });
    if (alias !== undefined) rowKeysByAlias.set(keyOf(kind, alias), key);
    if (write.grantId === undefined) return;
    const family = rowKeysByGrant.get(write.grantId) ?? new Set();
    rowKeysByGrant.set(write.grantId, family.add(key));
  }

  return {
    async put(kind, id, write) {
      store(kind, id, write);
    },
    async add(kind, id, write) {
      if (live(keyOf(kind, id))) return 'exists';
      store(kind, id, write);
      return 'added';
    },
    async get(kind, id) {
      return entryOf(live(keyOf(kind, id)));
    },
    async getByAlias(kind, alias) {
      return entryOf(live(rowKeysByAlias.get(keyOf(kind, alias))));
    },
    async consume(kind, id) {
      const row = live(keyOf(kind, id));
      if (!row) return 'missing';
      if (row.consumedAtMs !== undefined) return 'already-consumed';
      row.consumedAtMs = nowMs();
      return 'consumed';
    },
    async delete(kind, id) {
      remove(keyOf(kind, id));
    },
    async deleteByGrant(grantId, kind) {
      for (const key of [...(rowKeysByGrant.get(grantId) ?? [])])
        if (kind === undefined || rows.get(key)?.kind === kind) remove(key);
    },
    async sweep(rowsMax) {
      const now = nowMs();
      let removed = 0;
      for (const [key, row] of rows) {
        if (removed >= rowsMax) break;
        if (row.expiresAtMs > now) continue;
        remove(key);
        removed += 1;
      }
      return removed;
    },
    async close() {
      rows.clear();
      rowKeysByAlias.clear();
      rowKeysByGrant.clear();
    },
  };
}

function keyOf(kind: string, name: string): string {
  return `${kind}\0${name}`;
}

function entryOf(row: Row | undefined): VolatileEntry | undefined {
  return row && { id: row.id, payload: row.payload, expiresAtMs: row.expiresAtMs, consumedAtMs: row.consumedAtMs };
}
