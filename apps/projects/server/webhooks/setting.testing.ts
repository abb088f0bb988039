/** Test support: a project with webhooks, and a real HTTP server that keeps what it is sent. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { text } from 'node:stream/consumers';
import { needs } from '@gatehouse/testing/needs.ts';
import { openLog } from '@gatehouse/web/log.ts';
import type { ChangeKind } from '../../wire/change.ts';
import { type Engine, openTestWorkspace } from '../api/workspace.testing.ts';
import { deliverDue } from './deliver.ts';

export const engines: readonly { engine: Engine; skip: string | false }[] = [
  { engine: 'SQLite', skip: false },
  { engine: 'PostgreSQL', skip: needs('postgresql') },
];

type Received = { readonly headers: IncomingHttpHeaders; readonly body: string };

/** Keeps what it is sent, and answers with `status`. */
async function openReceiver() {
  const received: Received[] = [];
  const receiver = {
    received,
    status: 204,
    url: '',
    types: () => received.map(({ body }) => (JSON.parse(body) as { type: string }).type),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer(async (req, res) => {
    received.push({ headers: req.headers, body: await text(req) });
    res.writeHead(receiver.status, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver.url = `http://hook.localhost:${(server.address() as AddressInfo).port}/in`;
  return receiver;
}

let keys = 0;
export const creationKey = (): string => `creation-key-${String(++keys).padStart(6, '0')}`;
export const hourMs = 3_600_000;

export async function openSetting(
  engine: Engine,
  { mayCallPrivate = true, lookup }: { mayCallPrivate?: boolean; lookup?: LookupFunction } = {},
) {
  const clock = { now: Date.parse('2026-11-23T09:10:00Z') };
  await using opened = new AsyncDisposableStack();
  const receiver = opened.use(await openReceiver());
  const workspace = opened.use(await openTestWorkspace(engine, { now: () => clock.now, mayCallPrivate }));
  const alice = await workspace.addPerson('Alice Example', 30);
  const bob = await workspace.addPerson('Bob Builder', 20);
  await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Website' });
  await workspace.ask(alice, 'PUT', '/projects/WEB/members/bob', { role: null });
  const everything = opened.move();
  return {
    clock,
    receiver,
    workspace,
    alice,
    bob,
    make: (title: string) =>
      workspace.ask(alice, 'POST', '/projects/WEB/to-dos', { creationKey: creationKey(), title }),
    add: (kinds: readonly ChangeKind[], url = receiver.url) =>
      workspace.ask(alice, 'POST', '/projects/WEB/webhooks', { creationKey: creationKey(), url, kinds }),
    /** What the clock sets off. */
    async round() {
      await workspace.worker.settle();
      await deliverDue(workspace.parts, { log: openLog({ level: 'silent' as 'error', format: 'text' }), lookup });
    },
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}
