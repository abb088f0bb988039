/**
 * What a backup holds: every table of the workspace with its key and what its rows refer to, told by a database that the
 * same steps have just made. So no list can forget a table. Left out is what the database makes by itself from the rest.
 */
import { type Database, openDatabase } from '@gatehouse/storage/database.ts';
import { type Migration, migrate } from '@gatehouse/storage/migrate.ts';
import { sql } from 'kysely';
import { frameMigrations, frameNamespace, workspaceMigrations, workspaceNamespace } from '../storage/migrations.ts';

export type Table = {
  readonly name: string;
  readonly columns: readonly string[];
  /** Columns of the primary key, in order. */
  readonly key: readonly string[];
  /** Refers to another row of the same table, which must be there before it. */
  readonly self: string | null;
};

/** Names of the applied steps by namespace, in order. */
export type Steps = Readonly<Record<string, readonly string[]>>;

const lists: Readonly<Record<string, readonly Migration[]>> = {
  [frameNamespace]: frameMigrations,
  [workspaceNamespace]: workspaceMigrations,
};

/** Filled by triggers from the rows that they index. */
const isDerived = (name: string): boolean => name.startsWith('search_');
/** Renewed by triggers with the rows that it stands for. */
const derivedColumn = 'progress_stamp';

/** The steps of this program up to those, or undefined when it does not know one of them. */
export function stepsUpTo(steps: Steps): [string, readonly Migration[]][] | undefined {
  const known = Object.entries(lists).map(([namespace, all]): [string, readonly Migration[]] => {
    const wanted = steps[namespace] ?? [];
    const fits = wanted.every((name, position) => all[position]?.name === name);
    return [namespace, fits ? all.slice(0, wanted.length) : []];
  });
  const isKnown = Object.entries(steps).every(
    ([namespace, names]) => known.find(([name]) => name === namespace)?.[1].length === names.length,
  );
  return isKnown ? known : undefined;
}

/** What others refer to comes first. */
export async function readTables(migrations: readonly [string, readonly Migration[]][]): Promise<Table[]> {
  const database = await openDatabase<never>({ dialect: 'sqlite', path: ':memory:' });
  try {
    for (const [namespace, steps] of migrations) await migrate(database, namespace, steps);
    return await inOrder(database);
  } finally {
    await database.close();
  }
}

async function inOrder({ kysely }: Database<never>): Promise<Table[]> {
  const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'
    and name not like 'sqlite_%' and name <> 'gatehouse_migrations' order by name`.execute(kysely);
  const waiting = new Map<string, { table: Table; refersTo: Set<string> }>();
  for (const { name } of rows.filter((row) => !isDerived(row.name))) {
    const columns = await sql<{ name: string; pk: number }>`select name, pk from pragma_table_info(${name})`.execute(
      kysely,
    );
    const references = await sql<{ table: string; from: string }>`select "table", "from"
      from pragma_foreign_key_list(${name})`.execute(kysely);
    const key = columns.rows
      .filter(({ pk }) => pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map((column) => column.name);
    const self = references.rows.find(({ table }) => table === name)?.from ?? null;
    const refersTo = new Set(references.rows.map(({ table }) => table).filter((table) => table !== name));
    const held = columns.rows.map((column) => column.name).filter((column) => column !== derivedColumn);
    waiting.set(name, { table: { name, columns: held, key, self }, refersTo });
  }
  const ordered: Table[] = [];
  while (waiting.size > 0) {
    const next = [...waiting].find(([, { refersTo }]) => [...refersTo].every((name) => !waiting.has(name)));
    if (!next) throw new TypeError('tables refer to each other in a circle');
    ordered.push(next[1].table);
    waiting.delete(next[0]);
  }
  return ordered;
}
