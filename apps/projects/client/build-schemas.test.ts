import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { hollowSchemas } from './build-schemas.ts';

test('nothing in the client asks a schema to check', async () => {
  const cwd = fileURLToPath(new URL('src', import.meta.url));
  const checking: string[] = [];
  for await (const path of glob('**/*.{ts,tsx}', { cwd, exclude: ['**/*.test.ts'] }))
    if (/from 'zod'|[sS]afeParse|(?<!JSON|Date)\.parse\(/.test(await readFile(`${cwd}/${path}`, 'utf8')))
      checking.push(path);
  assert.deepEqual(checking, []);
});

test('a hollow schema can be built like any other', async () => {
  const { resolveId, load } = hollowSchemas();
  const source = load(resolveId('zod') ?? '') ?? '';
  const { z } = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as typeof import('zod');
  const title = z.string().trim().min(1).max(20);
  const request = z.strictObject({ title, tags: z.array(z.enum(['a', 'b'])).optional() }).partial();
  assert.equal(
    request.refine(() => true),
    z,
  );
});
