import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ToldChange, whomToTell } from './rules.ts';

const base: ToldChange = { kind: 'toDo.changed', actorId: 'alice', facts: {}, followers: [], members: [] };
const told = (change: Partial<ToldChange>): string[] =>
  whomToTell({ ...base, ...change }).map(({ personId, kind }) => `${personId}: ${kind}`);

test('nobody is told of their own doing', () => {
  const facts = { mentionedIds: ['alice'], assignedIds: ['alice'], toStatus: 'Done' };
  assert.deepEqual(told({ facts, followers: ['alice'] }), []);
  assert.deepEqual(told({ kind: 'comment.added', followers: ['alice'] }), []);
});

test('who is named twice in one change is told once, of what weighs most', () => {
  const facts = { mentionedIds: ['bob'], assignedIds: ['bob', 'carol'], toStatus: 'Done' };
  assert.deepEqual(told({ facts, followers: ['bob', 'carol', 'dora'] }), [
    'bob: mention',
    'carol: assigned',
    'dora: status',
  ]);
});

test('a new title or day alone is no news to anybody', () => {
  assert.deepEqual(told({ facts: { fields: ['title', 'due'] }, followers: ['bob'] }), []);
});

test('a comment is told to those to whom the to-do matters, a status update to the members', () => {
  assert.deepEqual(told({ kind: 'comment.added', followers: ['bob'], members: ['carol'] }), ['bob: comment']);
  assert.deepEqual(told({ kind: 'statusUpdate.added', members: ['alice', 'carol'] }), ['carol: statusUpdate']);
  assert.deepEqual(told({ kind: 'member.set', facts: { personId: 'bob' } }), ['bob: invited']);
});
