import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { needs } from '@gatehouse/testing/needs.ts';
import { type PostgresServer, startPostgres } from '@gatehouse/testing/postgres.ts';
import { type Announcements, openAnnouncements } from './announcements.ts';
import { type Database, type DatabaseLocation, openDatabase } from './database.ts';

type Tables = { thing: { name: string } };

/** What was heard, and a way to wait for a word instead of for time. */
function hear(announcements: Announcements) {
  const words: string[] = [];
  const happened = new EventTarget();
  announcements.listen({
    onWord(word) {
      words.push(word);
      happened.dispatchEvent(new Event(word));
    },
    onGap: () => happened.dispatchEvent(new Event('gap')),
  });
  return { words, heard: (word: string) => once(happened, word, { signal: AbortSignal.timeout(10_000) }) };
}

type Setting = AsyncDisposable & {
  readonly database: Database<Tables>;
  readonly announcements: Announcements;
  say(word: string, name?: string): Promise<void>;
};

async function openSetting(location: DatabaseLocation): Promise<Setting> {
  const database = await openDatabase<Tables>(location);
  const announcements = await openAnnouncements(location, database, 'test_words');
  await database.kysely.schema.createTable('thing').ifNotExists().addColumn('name', 'text').execute();
  return {
    database,
    announcements,
    say: (word, name = word) =>
      database.kysely.transaction().execute(async (trx) => {
        await announcements.announce(trx.withTables<never>(), word);
        await trx.insertInto('thing').values({ name }).execute();
      }),
    async [Symbol.asyncDispose]() {
      await announcements.close();
      await database.close();
    },
  };
}

function announcementsSuite(
  name: string,
  skip: string | false,
  locate: () => Promise<[DatabaseLocation, AsyncDisposable?]>,
) {
  describe(`announcements on ${name}`, { skip }, () => {
    test('a word is heard when what it tells of can be read, and not before', async () => {
      const [location, server] = await locate();
      await using _ = server;
      await using setting = await openSetting(location);
      const { words, heard } = hear(setting.announcements);
      const first = heard('first');
      await setting.database.kysely.transaction().execute(async (trx) => {
        await setting.announcements.announce(trx.withTables<never>(), 'first');
        await trx.insertInto('thing').values({ name: 'there' }).execute();
        await setImmediate();
        assert.deepEqual(words, []);
      });
      await first;
      const rows = await setting.database.kysely.selectFrom('thing').selectAll().execute();
      assert.deepEqual(
        rows.map((row) => row.name),
        ['there'],
      );
    });

    test('words are heard once each and in order', async () => {
      const [location, server] = await locate();
      await using _ = server;
      await using setting = await openSetting(location);
      const { words, heard } = hear(setting.announcements);
      const last = heard('w9');
      for (let index = 0; index < 10; index++) await setting.say(`w${index}`);
      await last;
      assert.deepEqual(
        words,
        Array.from({ length: 10 }, (_, index) => `w${index}`),
      );
    });

    test('who stopped listening hears nothing more', async () => {
      const [location, server] = await locate();
      await using _ = server;
      await using setting = await openSetting(location);
      const words: string[] = [];
      const stop = setting.announcements.listen({ onWord: (word) => words.push(word), onGap: () => undefined });
      const { heard } = hear(setting.announcements);
      stop();
      const said = heard('later');
      await setting.say('later');
      await said;
      assert.deepEqual(words, []);
    });
  });
}

announcementsSuite('SQLite', false, async () => [{ dialect: 'sqlite', path: ':memory:' }]);
announcementsSuite('PostgreSQL', needs('postgresql'), async () => {
  const server = await startPostgres();
  return [locationOf(server), server];
});

function locationOf(server: PostgresServer): DatabaseLocation {
  const { host, port, database, schema, username, password } = server;
  return { dialect: 'postgres', host, port, database, schema, username, password };
}

test('a word said by one process is heard by another, and not if its transaction is rolled back', {
  skip: needs('postgresql'),
}, async () => {
  await using server = await startPostgres();
  await using here = await openSetting(locationOf(server));
  await using there = await openSetting(locationOf(server));
  const { words, heard } = hear(there.announcements);
  const refused = here.database.kysely.transaction().execute(async (trx) => {
    await here.announcements.announce(trx.withTables<never>(), 'never');
    throw new RangeError('no');
  });
  await assert.rejects(refused, RangeError);
  const kept = heard('kept');
  await here.say('kept');
  await kept;
  assert.deepEqual(words, ['kept']);
});

test('after the server was lost and is back, the gap is told and words are heard again', {
  skip: needs('postgresql'),
}, async () => {
  await using server = await startPostgres();
  await using setting = await openSetting(locationOf(server));
  const { words, heard } = hear(setting.announcements);
  const gap = heard('gap');
  await server.crash();
  await server.restart();
  await gap;
  const again = heard('again');
  await setting.say('again');
  await again;
  assert.deepEqual(words, ['again']);
});
