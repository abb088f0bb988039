import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfigurationOptions } from './options.ts';

test('files come from options, commas, variables, or the default', () => {
  const paths = (args: string[], env = {}): readonly string[] | undefined => {
    const options = readConfigurationOptions(args, env);
    return options.kind === 'options' ? options.paths : undefined;
  };
  assert.deepEqual(paths(['--config', 'a.yml', '-c', 'b.yml,c.yml', '--config=d.yml']), [
    'a.yml',
    'b.yml',
    'c.yml',
    'd.yml',
  ]);
  assert.deepEqual(paths([], { X_AUTHELIA_CONFIG: 'a.yml, b.yml' }), ['a.yml', 'b.yml']);
  assert.deepEqual(paths(['-c', 'x.yml'], { X_AUTHELIA_CONFIG: 'a.yml' }), ['x.yml']);
  assert.deepEqual(paths([]), ['configuration.yml']);
  assert.equal(paths(['--config']), undefined);
});

test('filters are known ones', () => {
  const options = readConfigurationOptions(['--config.experimental.filters', 'template,expand-env', 'more'], {});
  assert.deepEqual(options.kind === 'options' && [options.filters, options.rest], [
    ['template', 'expand-env'],
    ['more'],
  ]);
  assert.equal(readConfigurationOptions([], { X_AUTHELIA_CONFIG_FILTERS: 'sed' }).kind, 'refused');
});
