import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IntlMessageFormat } from 'intl-messageformat';
import { fillIn, marked, speak, wording } from './say.ts';
import { sayIn } from './say-in.ts';

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

test('what nobody has translated yet is said in English', () => {
  assert.equal(sayIn('de', [{ Continue: '' }])('Continue'), 'Continue');
});

test('values and plurals need no parser, in any language; what needs one says so', () => {
  const say = speak('de', [german]);
  assert.equal(say('for {name}', { name: '{x}' }), 'für {x} <sofort>');
  assert.equal(say('{a} of {b}', { a: 1, b: 2 }), '1 of 2');
  const text = 'Try again in {minutes, plural, one {a minute} other {# minutes}}.';
  assert.equal(say(text, { minutes: 1 }), 'Versuchen Sie es in einer Minute wieder.');
  assert.throws(() => say('{who, select, me {mine} other {theirs}}', { who: 'me' }), /no parser/);
  assert.equal(sayIn('de')('{who, select, me {mine} other {theirs}}', { who: 'me' }), 'mine');
});

test('a plural is said as MessageFormat says it, in every language that has rules of its own', () => {
  const branches = '=0 {nothing for {name}} one {a # for {name}} two {b #} few {c #} many {d #} other {e # of {name}}';
  const text = `So {count, plural, ${branches}}, {name}{other, plural, one {!} other {?}}`;
  for (const language of ['en', 'de', 'fr', 'es', 'ar', 'pl', 'cs', 'ru', 'lt', 'sl', 'ja'])
    for (const count of [0, 1, 2, 3, 5, 11, 21, 1_000, 1_234_567, 1.5, 0.5]) {
      const values = { count, other: 1, name: 'Ana' };
      const format = new IntlMessageFormat(text, language === 'en' ? 'en-GB' : language);
      // What isolates a name within a language that runs the other way is ours.
      const said = speak(language, [{ [text]: text }])(text, values).replace(/[\u2068\u2069]/g, '');
      assert.equal(said, format.format(values), `${language} ${count}`);
    }
});

test('a marked sentence is said later, and is filled in for programs in English', () => {
  const sentence = marked('for {name}');
  assert.equal(say.marked(sentence, { name: 'Alice' }), 'für Alice <sofort>');
  assert.equal(fillIn(sentence, { name: 'Alice' }), 'for Alice');
});
