import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDictionaries } from './check.ts';
import { extractTexts } from './extract.ts';

test('every sentence of a source is found, however it is quoted', () => {
  const source = [
    "say('Continue')",
    "say(\n  'It’s {name}, isn\\'t it',\n  { name },\n)",
    'say("Somebody\'s")',
    'say.parts(`for {name}`, { name: bold(name) })',
    "say('Continue')",
    "marked('Later')",
    'say.marked(text)',
    "/** `say('not this one')` */",
    ' * say(neither)',
    'function say(text: string) {',
    "assay('no')",
  ].join('\n');
  assert.deepEqual(extractTexts(source), {
    texts: ['Continue', "It’s {name}, isn't it", "Somebody's", 'for {name}', 'Later'],
    unreadableLines: [],
  });
});

test('a whole sentence under a named property is found, and a name or a word there is not', () => {
  const source =
    "a({ message: 'Write at least one character.' }); b({ message: 'text/html' }); c({ path: 'It is here.' });";
  assert.deepEqual(extractTexts(source, ['message']).texts, ['Write at least one character.']);
});

test('a sentence that is put together is a mistake, and its line is told', () => {
  const source = "const a = 1;\nsay(`Step $\u{7b}a}`);\nsay('one' + 'two');\nsay(text);";
  assert.deepEqual(extractTexts(source), { texts: [], unreadableLines: [2, 3, 4] });
});

const texts = { pages: ['Continue', 'Step {done} of {all}'], account: ['{count, plural, one {# key} other {# keys}}'] };
const good = {
  pages: { Continue: 'Weiter', 'Step {done} of {all}': 'Schritt {done} von {all}' },
  account: { '{count, plural, one {# key} other {# keys}}': '{count, plural, one {# Schlüssel} other {# Schlüssel}}' },
};

test('a whole dictionary has nothing wrong', () => assert.deepEqual(checkDictionaries(texts, { de: good }), []));

const wrong: [title: string, features: Record<string, Record<string, string>>, problem: RegExp][] = [
  ['a missing sentence', { ...good, pages: { Continue: 'Weiter' } }, /^de\/pages: no translation of “Step/],
  [
    'an empty translation',
    { ...good, pages: { ...good.pages, Continue: '' } },
    /^de\/pages: no translation of “Continue”$/,
  ],
  ['a missing feature', { pages: good.pages }, /^de\/account: no translation/],
  ['a left-over sentence', { ...good, pages: { ...good.pages, Go: 'Los' } }, /^de\/pages: nothing says “Go”$/],
  [
    'another placeholder',
    { ...good, pages: { ...good.pages, 'Step {done} of {all}': 'Schritt {done} von {alle}' } },
    /has the placeholders alle, done, not all, done$/,
  ],
  [
    'a placeholder behind an apostrophe, which quotes it',
    { ...good, pages: { ...good.pages, 'Step {done} of {all}': "l'{done} {all}" } },
    /has the placeholders \(none\), not all, done$/,
  ],
  ['an open brace', { ...good, pages: { ...good.pages, Continue: 'Weiter {' } }, /is no message/],
  [
    'two translations of one sentence',
    { ...good, account: { ...good.account, Continue: 'Fortfahren' } },
    /^de: two translations of “Continue”$/,
  ],
];

for (const [title, features, problem] of wrong)
  test(`${title} is told`, () => {
    const problems = checkDictionaries(texts, { de: features });
    assert.ok(
      problems.some((each) => problem.test(each)),
      problems.join('\n'),
    );
  });
