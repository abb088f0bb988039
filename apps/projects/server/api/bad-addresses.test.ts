/**
 * Addresses that nobody should ask for, asked of every route, those that read too, on both databases: characters that no
 * database keeps, texts that are no text, in each part of the path and in the query. Each is refused in our shape, and what is
 * stored stays as it is. The routes are those of the permission table, so none is forgotten.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { z } from 'zod';
import { requestBodies, requestQueries } from '../openapi/requests.ts';
import { assertNothingStored, openFilled, pathOf, refused, routes, send } from './bad-input.testing.ts';
import { acceptedBodies } from './bodies.testing.ts';
import type { Engine } from './workspace.testing.ts';

const engines: readonly { engine: Engine; skip: string | false }[] = [
  { engine: 'SQLite', skip: false },
  { engine: 'PostgreSQL', skip: needs('postgresql') },
];

/** NUL alone, in a text, and under another's escape; bytes that are no text, half a sign, a percent alone; one without end. */
const strange = ['%00', 'WEB%00', '%00%2F', '%2500', '%%30%30', '%FF', '%ED%A0%80', '%', '%F0%9F', 'x'.repeat(5_000)];

/** The path with one part of it that names a thing put in another's place, each in turn. */
function* strangePaths(route: string, path: string): Generator<string> {
  const pattern = (route.split(' ')[1] ?? '').split('/');
  for (const [index, part] of pattern.entries())
    if (part.startsWith(':'))
      for (const each of strange)
        yield path
          .split('/')
          .map((own, at) => (at === index ? each : own))
          .join('/');
}

for (const { engine, skip } of engines)
  test(`no route is asked for by an address that holds what no database keeps, on ${engine}`, { skip }, async () => {
    await using filled = await openFilled(engine);
    const { workspace, alice, ids } = filled;
    const bodies = acceptedBodies((await workspace.ask(alice, 'GET', '/projects/GAR/project.json')).body);
    await assertNothingStored(workspace, async (wrong) => {
      for (const route of routes) {
        const body = requestBodies[route] && { body: JSON.stringify(bodies[route]) };
        for (const path of strangePaths(route, pathOf(route, 'WEB', ids.WEB ?? {}))) {
          const said = await send(workspace, route, path, body ?? {});
          // What takes something away may find that it is not there.
          const isWell = refused.test(said) || (/^20[04]$/.test(said) && !path.includes('%00'));
          if (!isWell) wrong.push(`${route} as ${path.slice(0, 80)}: ${said}`);
        }
      }
    });
  });

for (const { engine, skip } of engines)
  test(`a query that holds NUL is refused by the name of its field, on ${engine}`, { skip }, async () => {
    await using filled = await openFilled(engine);
    const { workspace, ids } = filled;
    await assertNothingStored(workspace, async (wrong) => {
      for (const [route, schema] of Object.entries(requestQueries)) {
        const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as { properties?: object };
        const names = Object.keys(described.properties ?? {});
        assert.ok(names.length > 0);
        for (const name of names)
          for (const value of ['%00', 'a%00', '0%00']) {
            const path = `${pathOf(route, 'WEB', ids.WEB ?? {})}?${name}=${value}`;
            const said = await send(workspace, route, path, {});
            if (!said.startsWith('422 ') || !said.split(' ').includes(name)) wrong.push(`${route} as ${path}: ${said}`);
          }
      }
      const unknown = await send(workspace, 'GET ', '/me?nobody=%00', {});
      if (unknown !== '422 nobody') wrong.push(`an unknown name of a query: ${unknown}`);
    });
  });
