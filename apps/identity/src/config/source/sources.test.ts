import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { keysFolder, minimal, temporaryFolder } from '../fixtures/loading.ts';
import { loadConfiguration } from '../load.ts';
import { fingerprintOf } from './sources.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

test('a configuration knows every file and folder it was read from, refused or not', () => {
  mkdirSync(at('config'));
  const { storage, ...rest } = minimal();
  writeFileSync(at('config/a.yml'), JSON.stringify(rest));
  writeFileSync(at('path.txt'), '/config/db.sqlite3');
  const template = `storage:\n  local:\n    path: '{{ secret "${at('path.txt')}" }}'\n`;
  writeFileSync(
    at('b.yml'),
    `${template}server:\n  tls:\n    certificate: '${keysFolder}/ec.chain.pem'\n    key: '${keysFolder}/ec.sec1.pem'\n`,
  );
  writeFileSync(at('key.txt'), 'a long enough key for the storage');
  const options = {
    paths: [at('config'), at('b.yml')],
    env: { AUTHELIA_STORAGE_ENCRYPTION_KEY_FILE: at('key.txt') },
    filters: ['template'] as const,
  };
  const named = ['config', 'config/a.yml', 'b.yml', 'path.txt', 'key.txt'].map(at);
  const loaded = loadConfiguration(options);
  assert.equal(loaded.kind, 'loaded');
  assert.deepEqual([...loaded.sources.keys()], [...named, `${keysFolder}/ec.chain.pem`, `${keysFolder}/ec.sec1.pem`]);
  writeFileSync(at('config/a.yml'), JSON.stringify({ ...rest, theme: 'none' }));
  const refused = loadConfiguration(options);
  assert.equal(refused.kind, 'refused');
  assert.deepEqual([...refused.sources.keys()], named);
  assert.notEqual(refused.sources.get(at('config/a.yml')), loaded.sources.get(at('config/a.yml')));
  assert.equal(refused.sources.get(at('b.yml')), loaded.sources.get(at('b.yml')));
});

test('a fingerprint differs by the bytes of a file, by the names in a folder but hidden ones, and by absence', () => {
  mkdirSync(at('names'));
  const empty = fingerprintOf(at('names'));
  writeFileSync(at('names/.a.swp'), '');
  assert.equal(fingerprintOf(at('names')), empty);
  writeFileSync(at('names/a'), 'one');
  assert.notEqual(fingerprintOf(at('names')), empty);
  const one = fingerprintOf(at('names/a'));
  writeFileSync(at('names/a'), 'two');
  assert.notEqual(fingerprintOf(at('names/a')), one);
  assert.equal(fingerprintOf(at('names/b')), 'ENOENT');
});
