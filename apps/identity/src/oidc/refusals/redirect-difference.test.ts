import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestDifference } from './redirect-difference.ts';
import { type Marked, textOf } from './refusal.ts';

const registered = ['https://app.example.com/oauth/callback', 'https://other.example.com/'];
const shown = (marked: Marked) => marked.map(({ text, differs }) => (differs ? `<${text}>` : text)).join('');

const cases: readonly [sent: string, kinds: string[], marked: string, markedRegistered: string][] = [
  [
    'http://app.example.com/oauth/callback',
    ['scheme'],
    'http://app.example.com/oauth/callback',
    'http<s>://app.example.com/oauth/callback',
  ],
  [
    'https://app.example.com/oauth/callback/',
    ['trailing slash'],
    'https://app.example.com/oauth/callback</>',
    'https://app.example.com/oauth/callback',
  ],
  [
    'https://app.example.com:8443/oauth/callback',
    ['port'],
    'https://app.example.com<:8443>/oauth/callback',
    'https://app.example.com/oauth/callback',
  ],
  [
    'https://app.example.com/OAuth/callback',
    ['upper and lower case'],
    'https://app.example.com/<OA>uth/callback',
    'https://app.example.com/<oa>uth/callback',
  ],
  [
    'https://app.example.com/oauth%2Fcallback',
    ['percent-encoding'],
    'https://app.example.com/oauth<%2F>callback',
    'https://app.example.com/oauth</>callback',
  ],
  [
    'https://app.example.com/oauth/callback?next=1',
    ['query'],
    'https://app.example.com/oauth/callback<?next=1>',
    'https://app.example.com/oauth/callback',
  ],
  [
    'https://app.example.com/oauth/callback2',
    ['path'],
    'https://app.example.com/oauth/callback<2>',
    'https://app.example.com/oauth/callback',
  ],
  [
    'https://evil.example/oauth/callback',
    ['host'],
    'https://<evil.example>/oauth/callback',
    'https://<app.example.com>/oauth/callback',
  ],
  [
    'https://evil@app.example.com/oauth/callback#x',
    ['user name', 'fragment'],
    'https://<evil@>app.example.com/oauth/callback<#x>',
    'https://app.example.com/oauth/callback',
  ],
  ['https://other.example.com', ['trailing slash'], 'https://other.example.com', 'https://other.example.com</>'],
];

for (const [sent, kinds, marked, markedRegistered] of cases)
  test(`${sent} differs in ${kinds.join(' and ')}`, () => {
    const difference = nearestDifference(sent, registered);
    assert.deepEqual(difference?.kinds, kinds);
    assert.equal(shown(difference?.sent ?? []), marked);
    assert.equal(shown(difference?.registered ?? []), markedRegistered);
  });

test('what is no address at all is compared as it is', () => {
  const difference = nearestDifference('%00\u0007 nonsense', registered);
  assert.equal(textOf(difference?.sent ?? []), '%00? nonsense');
});

test('a client without addresses has no nearest one', () => {
  assert.equal(nearestDifference('https://app.example.com/', []), undefined);
});

test('an address of a megabyte is compared by its beginning', () => {
  const difference = nearestDifference(`https://app.example.com/${'a'.repeat(1_000_000)}`, registered);
  assert.ok(textOf(difference?.sent ?? []).length <= 301);
});
