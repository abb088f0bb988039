import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ownWords, textsOf } from './build-words.ts';

const main = fileURLToPath(new URL('src/main.tsx', import.meta.url));

test('what the first page says is found by its imports, and what is loaded later is not among it', () => {
  const texts = textsOf([main]);
  for (const said of ['Nothing is waiting for you.', 'Projects', 'The server cannot be reached.'])
    assert.ok(texts.has(said), said);
  for (const later of ['New goal', 'Webhooks', 'Import to-dos']) assert.ok(!texts.has(later), later);
});

test('the words of a language are in one part or the other, none is lost and none is there twice', async () => {
  const { load } = ownWords(fileURLToPath(new URL('../words', import.meta.url)), [main]);
  const read = async (part: string): Promise<string[]> => {
    const source = (await load(`\0virtual:words/de/${part}`)) ?? '';
    return Object.keys(JSON.parse(source.slice('export default '.length, -1)) as object);
  };
  const [first, rest] = [await read('first'), await read('rest')];
  assert.ok(first.length > 40 && rest.length > 800);
  assert.deepEqual(
    first.filter((text) => rest.includes(text)),
    [],
  );
  assert.equal(await load('/another/module.ts'), undefined);
});
