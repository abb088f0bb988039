import assert from 'node:assert/strict';
import { Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import { fileOf, minimal } from '../config/fixtures/loading.ts';
import type { Command } from './command.ts';
import { configTemplate } from './config-template.ts';
import { configValidate } from './config-validate.ts';
import { runServe } from './serve.ts';

async function run(command: Command, args: string[], env = {}): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const into = (name: 'out' | 'err'): Writable =>
    new Writable({
      write(chunk, _, done) {
        said[name] += String(chunk);
        done();
      },
    });
  const code = await command(args, { stdin: Readable.from([]), stdout: into('out'), stderr: into('err'), env });
  return { code, ...said };
}

test('a valid configuration is said to be valid', async () => {
  const { code, out } = await run(configValidate, ['--config', fileOf(JSON.stringify(minimal()))]);
  assert.equal(code, 0);
  assert.match(out, /The configuration is valid\.\n$/);
});

test('every problem of an invalid one is printed in order of file and line', async () => {
  const [one, two] = [fileOf(JSON.stringify(minimal())), fileOf('theme: blue\n\nfoo: 1\n')];
  const { code, out } = await run(configValidate, ['-c', one, '-c', two]);
  assert.equal(code, 1);
  assert.ok(out.indexOf(`${two}:1: error at theme`) < out.indexOf(`${two}:3: error at foo`));
  assert.match(out, /2 problems\. The configuration is not valid\.\n$/);
});

test('files are printed as they are after their filters', async () => {
  const path = fileOf('theme: {{ env "LOOK" }}');
  const { code, out } = await run(configTemplate, ['-c', path, '--config.experimental.filters', 'template'], {
    LOOK: 'dark',
  });
  assert.deepEqual([code, out], [0, `---\n## ${path}\ntheme: dark\n`]);
});

test('a template that fails says where', async () => {
  const path = fileOf('a: 1\nb: {{ nope }}');
  const { code, out, err } = await run(configTemplate, ['-c', path], { X_AUTHELIA_CONFIG_FILTERS: 'template' });
  assert.deepEqual([code, out], [1, '']);
  assert.ok(err.startsWith(`${path}:2: error`));
});

test('a call that is not understood answers with the usage', async () => {
  for (const command of [configValidate, configTemplate]) {
    const { code, err } = await run(command, ['--what']);
    assert.equal(code, 2);
    assert.match(err, /'--what' is not understood\.\nUsage: /);
  }
});

test('a valid configuration that this version cannot start with is said to be so, with what to use', async () => {
  const mysql = {
    address: 'tcp://db.example.com',
    database: 'house',
    username: 'house',
    password: 'secret of the house',
  };
  const { storage, ...rest } = minimal() as { storage: { encryption_key: string } };
  const file = fileOf(JSON.stringify({ ...rest, storage: { encryption_key: storage.encryption_key, mysql } }));
  const { code, out } = await run(configValidate, ['-c', file]);
  assert.equal(code, 1);
  assert.match(out, /valid, but this version cannot start with it:\nMySQL and MariaDB .* Use 'storage\.postgres'/);
  const served = await run(runServe, ['-c', file]);
  assert.equal(served.code, 1);
  assert.match(served.err, /MySQL and MariaDB [\s\S]*Nothing was started\.\n$/);
});
