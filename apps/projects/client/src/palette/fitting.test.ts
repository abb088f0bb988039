import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitting } from './fitting.ts';

const all = [{ name: 'New to-do' }, { name: 'New project' }, { name: 'Café menu' }];
const rows: [typed: string, names: string[]][] = [
  ['', ['New to-do', 'New project', 'Café menu']],
  ['ne pro', ['New project']],
  ['do', ['New to-do']],
  ['CAFE', ['Café menu']],
  ['ew', []],
];
for (const [typed, names] of rows)
  test(`“${typed}” leaves ${names.join(', ') || 'nothing'}`, () =>
    assert.deepEqual(
      fitting(all, typed).map(({ name }) => name),
      names,
    ));
