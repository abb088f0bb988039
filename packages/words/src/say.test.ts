import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayIn, wording } from './say.ts';

const german = {
  Continue: 'Weiter',
  'Try again in {minutes, plural, one {a minute} other {# minutes}}.':
    'Versuchen Sie es in {minutes, plural, one {einer Minute} other {# Minuten}} wieder.',
  'for {name}': 'für {name} <sofort>',
};
const say = sayIn('de', [german]);

test('a sentence is said in the language, and in English where nobody translated it', () => {
  assert.equal(say('Continue'), 'Weiter');
  assert.equal(say('Cancel'), 'Cancel');
  assert.equal(say('{count, plural, one {# key} other {# keys}}', { count: 1 }), '1 key');
});

test('plurals follow the language', () => {
  const text = 'Try again in {minutes, plural, one {a minute} other {# minutes}}.';
  assert.equal(say(text, { minutes: 1 }), 'Versuchen Sie es in einer Minute wieder.');
  assert.equal(say(text, { minutes: 12 }), 'Versuchen Sie es in 12 Minuten wieder.');
});

test('what is put into a sentence is text, also where it looks like a placeholder or a tag', () => {
  assert.equal(say('for {name}', { name: '{x} <b>' }), 'für {x} <b> <sofort>');
});

test('a sentence in pieces keeps values as they are', () => {
  const bold = { bold: 'Alice' };
  assert.deepEqual(say.parts('for {name}', { name: bold }), ['für ', bold, ' <sofort>']);
});

test('words are put into a language once', () => {
  let times = 0;
  const words = wording((to) => {
    times += 1;
    return { go: to('Continue') };
  });
  assert.equal(words(say).go, 'Weiter');
  assert.equal(words(say), words(say));
  assert.equal(words(sayIn('en')).go, 'Continue');
  assert.equal(times, 2);
});

test('what is put into a sentence that runs from right to left keeps its own order', () => {
  const arabic = sayIn('ar', [{ 'From {network}': 'من {network}' }]);
  assert.equal(arabic('From {network}', { network: '192.0.2.*' }), 'من \u2068192.0.2.*\u2069');
});
