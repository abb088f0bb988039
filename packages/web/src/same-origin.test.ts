import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSameOrigin } from './same-origin.ts';

const own = 'https://auth.example.com';

const cases: [string, Parameters<typeof isSameOrigin>[0], boolean][] = [
  ['our own form in a current browser', { fetchSite: 'same-origin', origin: own }, true],
  ['our own form in a browser without fetch metadata', { origin: own }, true],
  ['our own form in a browser that sends only a referer', { referer: `${own}/sign-in/x` }, true],
  ['a form on another site', { fetchSite: 'cross-site', origin: 'https://evil.test' }, false],
  ['a form on a sibling name', { fetchSite: 'same-site', origin: 'https://app.example.com' }, false],
  ['a form in a sandboxed frame', { origin: 'null' }, false],
  ['an origin that only begins like ours', { origin: 'https://auth.example.com.evil.test' }, false],
  ['a typed address cannot post', { fetchSite: 'none' }, false],
  ['a request that says nothing', {}, false],
  ['a foreign referer', { referer: 'https://evil.test/?https://auth.example.com' }, false],
  ['fetch metadata that contradicts the origin', { fetchSite: 'same-origin', origin: 'https://evil.test' }, false],
];

for (const [title, evidence, expected] of cases)
  test(`${title} is ${expected ? 'accepted' : 'refused'}`, () => assert.equal(isSameOrigin(evidence, own), expected));
