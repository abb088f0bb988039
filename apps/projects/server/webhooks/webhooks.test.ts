/** Webhooks against a real HTTP server, on both databases: what is told, how it is signed, and what happens when nobody takes it. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import type { LookupFunction } from 'node:net';
import { describe, test } from 'node:test';
import type { Answer, TestWorkspace } from '../api/workspace.testing.ts';
import type { Person } from '../people/person.ts';
import { claimDelivery } from './deliver.ts';
import { creationKey, engines, hourMs, openSetting } from './setting.testing.ts';

async function readLog(workspace: TestWorkspace, person: Person, added: Answer): Promise<Answer['body']['deliveries']> {
  const path = `/projects/WEB/webhooks/${added.body.webhook?.id}/deliveries`;
  return (await workspace.ask(person, 'GET', path)).body.deliveries;
}

for (const { engine, skip } of engines)
  describe(`webhooks on ${engine}`, { skip }, () => {
    test('what happens is told in order, by the kinds that were chosen, and signed so that a receiver can check it', async () => {
      await using setting = await openSetting(engine);
      const { receiver, clock, add, make, round } = setting;
      const { status, body } = await add(['toDo.created']);
      assert.equal(status, 201);
      for (const title of ['Call', 'Write', 'Sing', 'Dance']) await make(title);
      await setting.workspace.ask(setting.alice, 'PATCH', '/projects/WEB/to-dos/1', { version: 1, title: 'Called' });
      await round();
      assert.deepEqual(receiver.types(), Array(4).fill('toDo.created'));
      const [first] = receiver.received;
      const told = JSON.parse(first?.body ?? '') as { id: string; data: Record<string, unknown> };
      assert.deepEqual(
        receiver.received.map((each) => (JSON.parse(each.body) as typeof told).data.title),
        ['Call', 'Write', 'Sing', 'Dance'],
      );
      assert.equal(told.data.url, 'http://projects.localhost/p/WEB/t/1');
      assert.deepEqual(told.data.by, { id: 'alice', name: 'Alice Example' });
      const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = first?.headers ?? {};
      assert.equal(id, told.id);
      assert.equal(Number(timestamp), Math.floor(clock.now / 1000));
      const key = Buffer.from(body.secret?.replace('whsec_', '') ?? '', 'base64');
      const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${first?.body}`).digest('base64');
      assert.equal(signature, `v1,${expected}`);
    });

    test('what arrives late says by its sequence that it happened before', async () => {
      await using setting = await openSetting(engine);
      const { receiver, workspace, alice, clock, add, make, round } = setting;
      await make('Call');
      await add(['toDo.trashed', 'toDo.restored']);
      receiver.status = 500;
      await workspace.ask(alice, 'DELETE', '/projects/WEB/to-dos/1', { version: 1 });
      await round();
      receiver.status = 204;
      receiver.received.length = 0;
      await workspace.ask(alice, 'POST', '/projects/WEB/trash/1/restore', {});
      await round();
      clock.now += 5_000;
      await round();
      assert.deepEqual(receiver.types(), ['toDo.restored', 'toDo.trashed']);
      const told = receiver.received.map(({ body }) => JSON.parse(body) as { type: string; sequence: number });
      assert.ok(told.every(({ sequence }) => Number.isSafeInteger(sequence)));
      assert.deepEqual(
        told.toSorted((a, b) => a.sequence - b.sequence).map(({ type }) => type),
        ['toDo.trashed', 'toDo.restored'],
      );
    });

    test('what does not arrive is tried again at growing distances, the same under the same id, and the log says why', async () => {
      await using setting = await openSetting(engine);
      const { receiver, workspace, alice, clock, add, make, round } = setting;
      const added = await add(['toDo.created']);
      receiver.status = 500;
      await make('Call');
      await round();
      await round();
      assert.equal(receiver.received.length, 1);
      const [waiting] = (await readLog(workspace, alice, added)) ?? [];
      assert.deepEqual(
        [waiting?.state, waiting?.status, waiting?.problem, waiting?.attempts],
        ['waiting', 500, 'It answered 500.', 1],
      );
      clock.now += 5_000;
      await round();
      clock.now += 5_000;
      await round();
      assert.equal(receiver.received.length, 2);
      receiver.status = 200;
      clock.now += 5 * 60_000;
      await round();
      const [first, second, third] = receiver.received;
      assert.equal(third?.body, first?.body);
      assert.equal(third?.headers['webhook-id'], first?.headers['webhook-id']);
      assert.notEqual(third?.headers['webhook-timestamp'], second?.headers['webhook-timestamp']);
      assert.equal((await readLog(workspace, alice, added))?.[0]?.state, 'delivered');
    });

    test('one that fails for long is switched off, and one that says it is gone at once', async () => {
      await using setting = await openSetting(engine);
      const { receiver, workspace, alice, clock, add, make, round } = setting;
      await add(['toDo.created']);
      receiver.status = 500;
      for (let index = 0; index < 4; index++) await make(`Thing ${index}`);
      const stateNow = async () =>
        (await workspace.ask(alice, 'GET', '/projects/WEB/webhooks')).body.webhooks?.map(({ state }) => state);
      for (let hours = 0; hours <= 30; hours++) {
        if (hours < 24) assert.deepEqual(await stateNow(), ['on'], `after ${hours} hours`);
        await round();
        clock.now += hourMs;
      }
      assert.deepEqual(await stateNow(), ['failed']);
      const before = receiver.received.length;
      await make('Unheard');
      await round();
      assert.equal(receiver.received.length, before);
      receiver.status = 410;
      await add(['toDo.created']);
      await make('Last words');
      await round();
      assert.deepEqual(await stateNow(), ['failed', 'failed']);
    });

    test('several processes deliver each thing once, and one that ended in the middle is made up for', async () => {
      await using setting = await openSetting(engine);
      const { receiver, workspace, clock, add, make, round } = setting;
      await add(['toDo.created']);
      for (let index = 0; index < 5; index++) await make(`Thing ${index}`);
      await Promise.all([round(), round(), round()]);
      assert.equal(receiver.received.length, 5);
      await make('Lost');
      await workspace.worker.settle();
      const waiting = await workspace.database.kysely
        .selectFrom('webhook_deliveries')
        .select('id')
        .where('state', '=', 'waiting')
        .executeTakeFirstOrThrow();
      assert.ok(await claimDelivery(workspace.parts, waiting.id));
      await round();
      assert.equal(receiver.received.length, 5);
      clock.now += 61_000;
      await round();
      assert.equal(receiver.received.length, 6);
    });

    test('of a project in the trash only that is told, and what was waiting arrives when it is back', async () => {
      await using setting = await openSetting(engine);
      const { receiver, workspace, alice, clock, add, make, round } = setting;
      await add(['toDo.created', 'project.trashed']);
      receiver.status = 500;
      await make('Call');
      await round();
      await make('Write');
      await workspace.ask(alice, 'DELETE', '/projects/WEB', { version: 1 });
      receiver.status = 204;
      receiver.received.length = 0;
      for (let hours = 0; hours < 3; hours++) {
        await round();
        clock.now += hourMs;
      }
      assert.deepEqual(receiver.types(), ['project.trashed']);
      await workspace.ask(alice, 'POST', '/trashed-projects/WEB/restore', {});
      await round();
      assert.deepEqual(receiver.types(), ['project.trashed', 'toDo.created', 'toDo.created']);
    });

    test('a ping and a second sending go under the name of what is in the log', async () => {
      await using setting = await openSetting(engine);
      const { receiver, workspace, alice, add, round } = setting;
      const added = await add(['toDo.created']);
      const path = `/projects/WEB/webhooks/${added.body.webhook?.id}`;
      const pinged = await workspace.ask(alice, 'POST', `${path}/ping`, {});
      await round();
      assert.deepEqual(receiver.types(), ['ping']);
      await workspace.ask(alice, 'POST', `${path}/deliveries/${pinged.body.delivery?.id}/again`, {});
      await round();
      assert.equal(receiver.received[1]?.headers['webhook-id'], receiver.received[0]?.headers['webhook-id']);
    });

    test('a webhook is changed, signs anew, is switched off and removed; its secret is told once and kept sealed', async () => {
      await using setting = await openSetting(engine);
      const { receiver, workspace, alice, add, make, round } = setting;
      const added = await add(['toDo.created']);
      const path = `/projects/WEB/webhooks/${added.body.webhook?.id}`;
      const renewed = await workspace.ask(alice, 'POST', `${path}/secret`, {});
      assert.notEqual(renewed.body.secret, added.body.secret);
      const { body } = await workspace.ask(alice, 'GET', '/projects/WEB/webhooks');
      const rows = await workspace.database.kysely.selectFrom('webhooks').selectAll().execute();
      assert.doesNotMatch(JSON.stringify([body, rows.map(({ secret }) => Buffer.from(secret).toString())]), /whsec_/);
      await workspace.ask(alice, 'PATCH', path, { kinds: ['comment.added'] });
      await make('Unheard');
      await workspace.ask(alice, 'PATCH', path, { kinds: ['toDo.created'], on: false });
      await make('Unheard too');
      await round();
      assert.equal(receiver.received.length, 0);
      assert.equal((await workspace.ask(alice, 'DELETE', path)).status, 204);
      assert.equal((await workspace.ask(alice, 'GET', `${path}/deliveries`)).status, 404);
    });

    test('an address of the house is refused when it is written, and not called when a name leads there', async () => {
      const asked: string[] = [];
      const lookup: LookupFunction = (name, _options, callback) => {
        asked.push(name);
        callback(null, [{ address: '192.168.1.20', family: 4 }]);
      };
      await using setting = await openSetting(engine, { mayCallPrivate: false, lookup });
      const { receiver, workspace, alice, add, make, round } = setting;
      for (const url of [
        'https://192.168.1.20/',
        'https://169.254.169.254/',
        'https://[::1]/',
        'http://example.com/',
        'https://me:secret@example.com/',
      ])
        assert.equal((await add(['toDo.created'], url)).status, 422, url);
      const inside = await add(['toDo.created'], 'https://app.example.com/hook');
      const local = await add(['toDo.created']);
      await make('Call');
      await round();
      assert.deepEqual(asked, ['app.example.com']);
      assert.equal(receiver.received.length, 0);
      for (const added of [inside, local]) {
        const [delivery] = (await readLog(workspace, alice, added)) ?? [];
        assert.equal(delivery?.state, 'failed');
        assert.match(delivery?.problem ?? '', /private network/);
        assert.doesNotMatch(delivery?.problem ?? '', /192\.168/);
      }
    });

    test('a plain address is refused with a word of where plain http leads, also where private addresses may be called', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice } = setting;
      const messages = async (url: string) => {
        const body = { creationKey: creationKey(), url, kinds: ['toDo.created'] };
        const answer = await workspace.ask(alice, 'POST', '/projects/WEB/webhooks', body);
        return answer.body.error?.fields?.map(({ message }) => message);
      };
      assert.match(String(await messages('http://127.0.0.1:8080/hook')), /^Plain http leads only to localhost/);
      assert.match(String(await messages('http://hooks.internal/')), /^Plain http leads only to localhost/);
      for (const url of ['ftp://example.com/', 'example.com', 'http://me:secret@127.0.0.1/'])
        assert.deepEqual(await messages(url), ['Write an address such as https://example.com/hook.'], url);
    });

    test('a redirect is not followed', async () => {
      await using setting = await openSetting(engine);
      const { receiver, workspace, alice, add, make, round } = setting;
      const added = await add(['toDo.created']);
      receiver.status = 302;
      await make('Call');
      await round();
      assert.equal(receiver.received.length, 1);
      assert.equal((await readLog(workspace, alice, added))?.[0]?.status, 302);
    });

    test('what is created twice under one key is one webhook with one secret', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, receiver } = setting;
      const request = { creationKey: creationKey(), url: receiver.url, kinds: ['toDo.created'] };
      const [first, second] = [
        await workspace.ask(alice, 'POST', '/projects/WEB/webhooks', request),
        await workspace.ask(alice, 'POST', '/projects/WEB/webhooks', request),
      ];
      assert.deepEqual(second.body, first.body);
      assert.equal((await workspace.ask(alice, 'GET', '/projects/WEB/webhooks')).body.webhooks?.length, 1);
    });
  });
