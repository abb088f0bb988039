/**
 * One PostgreSQL server for all tests of a file, started when the first asks and stopped after the last. Copying a cluster
 * for each test took most of their time; a database of its own separates them as well.
 */
import { after } from 'node:test';
import { type PostgresServer, startPostgres } from './postgres.ts';

let server: Promise<PostgresServer> | undefined;

export function postgresOfFile(): Promise<PostgresServer> {
  server ??= startPostgres();
  return server;
}

after(async () => {
  await (await server)?.stop();
});
