/** Test support: how SQLite would find what some work asks of it, so that a query which reads more than it has to is seen. */
import { CompiledQuery, type Kysely, type KyselyPlugin } from 'kysely';

/** Each step of the queries that `work` makes with the database it is given, once, in words of `explain query plan`. */
export async function plansOf<T>(db: Kysely<T>, work: (db: Kysely<T>) => Promise<unknown>): Promise<string[]> {
  const asked: CompiledQuery[] = [];
  const listening: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      asked.push(db.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  await work(db.withPlugin(listening));
  const steps = new Set<string>();
  for (const { sql, parameters } of asked) {
    const explained = CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]);
    for (const { detail } of (await db.executeQuery<{ detail: string }>(explained)).rows) steps.add(detail);
  }
  return [...steps];
}
