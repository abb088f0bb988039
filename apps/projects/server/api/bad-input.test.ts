/**
 * What should never be sent, sent to every route that writes: bodies of ten megabytes, other types, broken JSON, wrong types
 * in each field of a body that is otherwise as it should be, null, very long texts, scripts, things of another project, tokens
 * that expired, pages of other sites. Each is refused in our shape, a wrong field by its name, and afterwards every table holds
 * the same rows as before. The routes are those of the permission table, so none is forgotten.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { z } from 'zod';
import { requestBodies } from '../openapi/requests.ts';
import { digestOf } from '../tokens/secret.ts';
import {
  assertNothingStored,
  creationKey,
  openFilled,
  pathOf,
  refused,
  type Sent,
  send,
  uploadHeaders,
  writing,
} from './bad-input.testing.ts';
import { acceptedBodies } from './bodies.testing.ts';
import type { Engine } from './workspace.testing.ts';

const engines: readonly { engine: Engine; skip: string | false }[] = [
  { engine: 'SQLite', skip: false },
  { engine: 'PostgreSQL', skip: needs('postgresql') },
];
/** What names a thing of a project. Foreign people, projects of another and days are no matter of this. */
const foreignNames = /:key.*:(id|commentId|tagId|statusId|fileId|webhookId|deliveryId)/;
const uploads = writing.filter((route) => /^POST .*\/files$/.test(route));
const script = '<script>alert(1)</script>';

type Try = { readonly what: string; readonly body: object; readonly field: string };

/** Every way to get one field of a body wrong that is otherwise accepted. */
function* wrongFields(schema: z.ZodType, accepted: object): Generator<Try> {
  assert.ok(schema.safeParse(accepted).success, `${JSON.stringify(accepted)} is a body as it should be`);
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, object>;
  };
  const names = Object.keys(described.properties ?? {});
  assert.ok(names.length > 0);
  for (const field of names)
    for (const value of [[[[]]], { $ne: 1 }, -1e308, 'x'.repeat(150_000), '\u0000']) {
      // A file of comma-separated values may be as long.
      if (field === 'csv' && typeof value === 'string' && value.length > 1) continue;
      const what = `${field}: ${JSON.stringify(value).slice(0, 20)}`;
      yield { what, body: { ...accepted, [field]: value }, field };
    }
  yield { what: 'an unknown field', body: { ...accepted, nobodyKnowsThis: 1 }, field: '' };
}

/** The field that is wrong, and what is sent. */
const wrongUploads: readonly (readonly [string, Sent])[] = [
  ...['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', ''].map(
    (type) => ['content-type', { headers: { 'content-type': type } }] as const,
  ),
  ...['', ' ', '%00', 'a%00b', '%E0%A4%A', '%', 'a%0Ab', 'x'.repeat(256)].map(
    (name) => ['x-file-name', { headers: { 'x-file-name': name } }] as const,
  ),
  ...['', 'short', 'x'.repeat(65), 'with spaces in the key', '../../../../etc/passwd'].map(
    (key) => ['x-creation-key', { headers: { 'x-creation-key': key } }] as const,
  ),
  ['body', { body: '' }],
  ['too large', { body: 'x'.repeat(10_000_000) }],
];

/** What takes no body, or one that is not JSON, is judged by its path alone. */
const takesJson = (route: string): boolean => requestBodies[route] !== undefined;

for (const { engine, skip } of engines) {
  test(`every route that takes JSON refuses what is none, too much, or wrong in any field, and stores nothing, on ${engine}`, {
    skip,
  }, async () => {
    await using filled = await openFilled(engine);
    const { workspace, alice, ids } = filled;
    const bodies = acceptedBodies((await workspace.ask(alice, 'GET', '/projects/GAR/project.json')).body);
    await assertNothingStored(workspace, async (wrong) => {
      for (const route of writing.filter(takesJson)) {
        const path = pathOf(route, 'WEB', ids.WEB ?? {});
        const tries: [string, Sent][] = [
          ['ten megabytes', { body: `{"title":"${'x'.repeat(10_000_000)}"}` }],
          ['another type', { body: '{}', headers: { 'content-type': 'text/plain' } }],
          ['a form', { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
          ['broken JSON', { body: '{"title":' }],
          ['null', { body: 'null' }],
          ['a list', { body: '[]' }],
          ['a text', { body: '"text"' }],
          ['no body', { body: '' }],
        ];
        for (const [what, sent] of tries) {
          const said = await send(workspace, route, path, sent);
          if (!refused.test(said)) wrong.push(`${route} with ${what}: ${said}`);
        }
        for (const { what, body, field } of wrongFields(requestBodies[route] as z.ZodType, bodies[route] ?? {})) {
          const said = await send(workspace, route, path, { body: JSON.stringify(body) });
          const [status, ...named] = said.split(' ');
          if (status !== '422' || !named.includes(field)) wrong.push(`${route} with ${what}: ${said}`);
        }
      }
    });
  });

  test(`an upload that says not what it is, has no name or key, is empty or too large is refused, on ${engine}`, {
    skip,
  }, async () => {
    await using filled = await openFilled(engine);
    const { workspace, ids } = filled;
    assert.equal(uploads.length, 2);
    const kept = readdirSync(workspace.filesFolder, { recursive: true });
    await assertNothingStored(workspace, async (wrong) => {
      for (const route of uploads)
        for (const [field, { headers, body = 'Thing' }] of wrongUploads) {
          const sent = { headers: { ...uploadHeaders, 'x-creation-key': creationKey('wrong'), ...headers }, body };
          const said = await send(workspace, route, pathOf(route, 'WEB', ids.WEB ?? {}), sent);
          const expected = field === 'too large' ? '413' : `422 ${field}`;
          if (said !== expected) wrong.push(`${route} with ${JSON.stringify(headers)}, wrong ${field}: ${said}`);
        }
    });
    assert.deepEqual(readdirSync(workspace.filesFolder, { recursive: true }), kept);
  });

  test(`what is too large is told with how much is taken, and what to do, on ${engine}`, { skip }, async () => {
    await using filled = await openFilled(engine);
    const { workspace, alice } = filled;
    const told = async (method: string, path: string, body: object): Promise<string> => {
      const { error } = (await workspace.ask(alice, method, path, body)).body;
      return `${error?.code}: ${error?.what} ${error?.do}`;
    };
    const long = 'x'.repeat(170_000);
    assert.equal(
      await told('PATCH', '/projects/WEB/to-dos/1', { version: 1, description: long }),
      'request.too_large: This is too long: 160 kB at most are taken at once. A description has at most 20000 characters. Make it shorter and try again. Nothing was saved.',
    );
    assert.equal(
      await told('POST', '/projects/WEB/imports/to-dos/preview', { csv: 'x'.repeat(6_200_000) }),
      'request.too_large: The file is too large: 6 MB at most are taken here. Divide it into several files. Nothing was saved.',
    );
    assert.equal(
      await told('POST', '/imports/projects/preview', { file: 'x'.repeat(50_000_000) }),
      'request.too_large: The file is too large: 48 MB at most are taken here. Export the project as JSON without its files, and add those afterwards.',
    );
  });

  test(`no route changes anything for a page of another site or by a token that has expired, on ${engine}`, {
    skip,
  }, async () => {
    await using filled = await openFilled(engine);
    const { workspace, ids } = filled;
    const token = 'ghp_an-access-token-that-expired-long-ago';
    const facts = { id: 'token', person_id: 'alice', name: 'Old', digest: digestOf(token), hint: 'ago' };
    await workspace.database.kysely
      .insertInto('access_tokens')
      .values({
        ...facts,
        scopes: '["read","write","manage","admin"]',
        created_at: 1,
        expires_at: 2,
        last_used_at: null,
      })
      .execute();
    await assertNothingStored(workspace, async (wrong) => {
      for (const route of writing) {
        const path = pathOf(route, 'WEB', ids.WEB ?? {});
        const foreign = await send(workspace, route, path, { body: '{}', headers: { origin: 'https://evil.example' } });
        if (foreign !== '403') wrong.push(`${route} from another site: ${foreign}`);
        const expired = { authorization: `Bearer ${token}`, cookie: '' };
        const late = await send(workspace, route, path, { body: '{}', headers: expired });
        if (late !== '401') wrong.push(`${route} with an expired token: ${late}`);
      }
    });
  });

  test(`things of another project are not found under this one, whatever asks for them, on ${engine}`, {
    skip,
  }, async () => {
    await using filled = await openFilled(engine);
    const { workspace, ids } = filled;
    const named = writing.filter((route) => foreignNames.test(route));
    assert.ok(named.length >= 24);
    await assertNothingStored(workspace, async (wrong) => {
      for (const route of named) {
        const path = pathOf(route, 'WEB', ids.GAR ?? {});
        for (const body of ['{"version":1,"title":"Mine"}', '{"version":1}', '{"name":"Mine"}', '{"on":false}']) {
          const said = await send(workspace, route, path, { body });
          if (!refused.test(said)) wrong.push(`${route}: ${said}`);
        }
      }
      const mixed = { ...ids.WEB, deliveryId: ids.GAR?.deliveryId ?? '' };
      const again = 'POST /projects/:key/webhooks/:webhookId/deliveries/:deliveryId/again';
      const said = await send(workspace, again, pathOf(again, 'WEB', mixed), { body: '{}' });
      if (said !== '404') wrong.push(`a delivery of another webhook: ${said}`);
      const { milestones, sprints, statusId } = ids.GAR ?? {};
      for (const foreign of [
        { milestoneId: milestones },
        { sprintId: sprints },
        { statusId },
        { assigneeIds: ['nobody'] },
      ]) {
        const patched = await send(workspace, 'PATCH ', '/projects/WEB/to-dos/1', {
          body: JSON.stringify({ version: 1, ...foreign }),
        });
        if (!refused.test(patched)) wrong.push(`${JSON.stringify(foreign)}: ${patched}`);
      }
    });
  });

  test(`a script is text where text may be, and refused where only the nodes of a text may be, on ${engine}`, {
    skip,
  }, async () => {
    await using filled = await openFilled(engine);
    const { workspace, alice } = filled;
    const nodes = [
      { type: 'script', content: [{ type: 'text', text: 'alert(1)' }] },
      {
        type: 'paragraph',
        content: [{ type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }] }],
      },
      { type: 'paragraph', content: [{ type: 'image', attrs: { src: 'x', onerror: 'alert(1)' } }] },
      { type: 'heading', attrs: { level: script }, content: [] },
      { type: 'paragraph', content: [{ type: 'text', text: 1 }] },
    ];
    await assertNothingStored(workspace, async (wrong) => {
      for (const node of nodes)
        for (const [route, path, field] of [
          ['PATCH ', '/projects/WEB/to-dos/1', 'description'],
          ['POST ', '/projects/WEB/to-dos/1/comments', 'body'],
        ] as const) {
          const doc = { type: 'doc', content: [node] };
          const body = JSON.stringify({
            ...(route === 'PATCH ' ? { version: 1 } : { creationKey: creationKey('s') }),
            [field]: doc,
          });
          const said = await send(workspace, route, path, { body });
          if (!said.startsWith('422 ')) wrong.push(`${path} with ${JSON.stringify(node)}: ${said}`);
        }
    });
    const plain = { creationKey: creationKey('plain'), title: script };
    const made = await workspace.ask(alice, 'POST', '/projects/WEB/to-dos', plain);
    assert.equal(made.body.card?.title, script, 'it comes back as it was written, as JSON and never as a page');
  });
}
