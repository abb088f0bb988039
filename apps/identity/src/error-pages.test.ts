/** What all pages of errors have in common: one style of reference, and a way to try again that leads back to what was asked for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DatabaseUnreachable } from '@gatehouse/storage/failures.ts';
import type { AppServices } from './app.ts';
import { openPortal } from './portal.suite.ts';
import { referenceFrom } from './reference.ts';

const name = /^[a-z]+(-[a-z]+)*$/;
const person = { username: 'alice', password: 'alice-password' };

const referenceOf = (text: string): string => /class="reference">Reference ([^<]*)</.exec(text)?.[1] ?? '';
const hrefOf = (text: string, label: string): string | undefined =>
  [...text.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([^<]*)</g)].find(([, , said]) => said === label)?.[1];

/** Nobody can say who the people are, and nothing is remembered of them. */
const nobodyKnown: Pick<AppServices, 'people'> = {
  people: { find: async () => ({ kind: 'unavailable', cause: new Error('the directory is down') }), remember() {} },
};

test('a reference is eight letters and digits in two halves, none like another', () => {
  assert.equal(referenceFrom(Uint8Array.from([0, 1, 10, 31, 32, 63, 255, 18])), '01AZ-0ZZJ');
});

test('what went wrong has a name of small letters and dashes on every page', async (t) => {
  const { state, visitor: open } = await openPortal(t, { services: nobodyKnown });
  const visitor = open();
  state.flowOpen = false;
  const type = { 'content-type': 'text/plain' };
  const answers = {
    'unknown-host': await visitor.get('/', { host: 'elsewhere.test' }),
    'not-found': await visitor.get('/nowhere'),
    'cross-site-request': await visitor.post('/logout', {}, { origin: 'https://evil.example' }),
    'form-too-large': await visitor.post('/logout', { username: 'x'.repeat(70_000) }),
    'not-a-form': await visitor.post('/logout', { username: 'alice' }, type),
    'sign-in-expired': await visitor.get('/sign-in/flow1'),
    'unsafe-target': await visitor.get('/sign-in/portal?rd=https://evil.example/'),
  };
  await visitor.post('/sign-in/portal/password', person);
  const all = { ...answers, 'directory-unavailable': await visitor.get('/sign-in/portal?level=two_factor') };
  for (const [expected, { text }] of Object.entries(all)) {
    assert.equal(referenceOf(text), expected);
    assert.match(expected, name);
  }
});

test('a page that could not be shown is tried again where it stands, and a form from the page it belongs to', async (t) => {
  const visitor = (await openPortal(t, { services: nobodyKnown })).visitor();
  await visitor.post('/sign-in/portal/password', person);
  const asked = '/sign-in/portal?level=two_factor&return=%2Fsettings%2Ftwo-factor';
  const shown = await visitor.get(asked);
  assert.equal(hrefOf(shown.text, 'Try again')?.replaceAll('&amp;', '&'), asked);
  const sent = await visitor.post('/sign-in/portal/second-factor?level=two_factor', { code: '000000' });
  assert.equal(hrefOf(sent.text, 'Try again'), '/sign-in/portal?level=two_factor');
});

test('while the database is away the page can be tried again, and leads to no other site', async (t) => {
  const away = async () => {
    throw new DatabaseUnreachable('the database is away');
  };
  const visitor = (await openPortal(t, { services: { people: { find: away, remember() {} } } })).visitor();
  await visitor.post('/sign-in/flow1/password', person);
  const shown = await visitor.get('/?x=1');
  assert.deepEqual([shown.status, hrefOf(shown.text, 'Try again')], [503, '/?x=1']);
  const sent = await visitor.post('/sign-in/portal/password', person);
  assert.deepEqual([sent.status, hrefOf(sent.text, 'Try again')], [503, undefined]);
  assert.equal(hrefOf(sent.text, 'Go to the overview'), '/');
});
