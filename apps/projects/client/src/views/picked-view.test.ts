import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SavedView } from '../../../wire/saved-view.ts';
import { readPicked, writePicked, writeShown } from './picked-view.ts';

const build = (id: string, facts: Partial<SavedView> = {}): SavedView => ({
  ...{ id, name: id, page: 'table', query: 'q=invoice&sort=-due', isShared: true, opens: false, version: 1 },
  ...{ owner: { id: 'alice', name: 'Alice' }, may: { edit: true, share: true } },
  ...facts,
});
const shared = build('shared');
const own = build('own', { isShared: false, query: 'group=person' });
const views = [shared, own];
const read = (address: string, known = views) => {
  const { query, view, isChanged, isMissing } = readPicked(new URLSearchParams(address), known, 'table');
  return [query.toString(), view?.id, isChanged, isMissing];
};
const address = (text = ''): URLSearchParams => new URLSearchParams(text);

test('a link to a shared view names it and shows what it holds now', () => {
  assert.equal(writePicked(address('q=x&from=own&other=1'), shared, views, 'table').toString(), 'other=1&view=shared');
  assert.deepEqual(read('view=shared'), ['q=invoice&sort=-due', 'shared', false, false]);
  assert.deepEqual(read('view=gone'), ['', undefined, false, true]);
});

test('a view of one’s own is spelled out, so that its address shows the same to somebody who does not have it', () => {
  const link = writePicked(address(), own, views, 'table').toString();
  assert.equal(link, 'from=own&group=person');
  assert.deepEqual(read(link), ['from=own&group=person', 'own', false, false]);
  assert.deepEqual(read(link, []), ['from=own&group=person', undefined, false, false]);
});

test('what is changed since is known to be changed, also when everything is taken away', () => {
  const changed = writeShown(address('view=shared'), address('q=in'), shared, views, 'table').toString();
  assert.equal(changed, 'from=shared&q=in');
  assert.deepEqual(read(changed).slice(1), ['shared', true, false]);
  const emptied = writeShown(address(changed), address(), shared, views, 'table').toString();
  assert.deepEqual(read(emptied), ['from=shared', 'shared', true, false]);
});

test('an address that says nothing shows what its page begins with, and everything has an address then', () => {
  const opening = [shared, { ...own, opens: true }];
  assert.deepEqual(read('', opening), ['group=person', 'own', false, false]);
  assert.equal(writePicked(address(), undefined, opening, 'table').toString(), 'view=all');
  assert.deepEqual(read('view=all', opening), ['', undefined, false, false]);
  assert.equal(writeShown(address('view=all'), address(), undefined, opening, 'table').toString(), 'view=all');
  assert.equal(writePicked(address(), undefined, views, 'table').toString(), '');
  const onBoard = readPicked(address(), opening, 'board');
  assert.equal(onBoard.view, undefined, 'of another page');
});
