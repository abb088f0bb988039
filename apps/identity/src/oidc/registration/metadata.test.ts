import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RegistrationOptions } from '../options.ts';
import { readMetadata } from './metadata.ts';

const house: RegistrationOptions = {
  enabled: true,
  require_initial_access_token: true,
  authorization_policy: 'two_factor',
  consent_mode: 'explicit',
  scopes: ['openid', 'profile'],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  clients_max: 1,
  unused_client_lifespan: 1,
};
const redirect_uris = ['https://app.example.com/callback'];

test('what is left out gets the defaults of the standards and the house’s scopes', () => {
  const answer = readMetadata({ redirect_uris, contacts: [], unknown: 'x', client_name: '', logo_uri: null }, house);
  assert.deepEqual(answer, {
    kind: 'accepted',
    metadata: {
      redirect_uris,
      contacts: [],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      scope: 'openid profile',
      token_endpoint_auth_method: 'client_secret_basic',
      id_token_signed_response_alg: 'RS256',
      application_type: 'web',
      subject_type: 'public',
    },
  });
});

const refused: readonly [title: string, metadata: Record<string, unknown>, error: string, says: RegExp][] = [
  ['a software statement', { software_statement: 'e30.e30.' }, 'unapproved_software_statement', /leave it out/],
  ['no redirect URI', { redirect_uris: [] }, 'invalid_redirect_uri', /missing/],
  ['a redirect URI that is none', { redirect_uris: ['here'] }, 'invalid_redirect_uri', /is no URI/],
  ['a scheme without a dot', { redirect_uris: ['myapp:/x'] }, 'invalid_redirect_uri', /no dot/],
  ['plain http elsewhere', { post_logout_redirect_uris: ['http://a.example'] }, 'invalid_redirect_uri', /plain http/],
  ['a list that is a text', { redirect_uris: 'https://app.example.com' }, 'invalid_client_metadata', /list of texts/],
  ['a list of numbers', { contacts: [1] }, 'invalid_client_metadata', /list of texts/],
  ['too many entries', { contacts: Array(21).fill('a@example.com') }, 'invalid_client_metadata', /more than 20/],
  ['a text that is none', { client_name: 7 }, 'invalid_client_metadata', /must be a text/],
  ['a long name', { client_name: 'x'.repeat(101) }, 'invalid_client_metadata', /100 characters/],
  ['a name that reads backwards', { client_name: '\u202Eknab' }, 'invalid_client_metadata', /cannot be seen/],
  ['a long address', { client_uri: `https://a.example/${'x'.repeat(2000)}` }, 'invalid_client_metadata', /too long/],
  [
    'a grant that is not allowed',
    { grant_types: ['implicit'] },
    'invalid_client_metadata',
    /'implicit' is not allowed/,
  ],
  ['a grant without a person', { grant_types: ['client_credentials'] }, 'invalid_client_metadata', /not allowed/],
  [
    'a response type that is not allowed',
    { response_types: ['token code'] },
    'invalid_client_metadata',
    /'code token'/,
  ],
  ['a scope that is not allowed', { scope: 'openid email' }, 'invalid_client_metadata', /'email' is not allowed/],
  [
    'a method nobody knows',
    { token_endpoint_auth_method: 'tls_client_auth' },
    'invalid_client_metadata',
    /not allowed/,
  ],
  ['a flag that is a text', { require_auth_time: 'true' }, 'invalid_client_metadata', /true or false/],
  ['an age that no request may name', { default_max_age: 1_000_000_000 }, 'invalid_client_metadata', /999999999/],
  ['a negative age', { default_max_age: -1 }, 'invalid_client_metadata', /number of seconds/],
  ['keys that are none', { jwks: [] }, 'invalid_client_metadata', /Key Set/],
  ['a private key', { jwks: { keys: [{ kty: 'RSA', d: 'x' }] } }, 'invalid_client_metadata', /private or shared/],
  ['a shared key', { jwks: { keys: [{ kty: 'oct', k: 'x' }] } }, 'invalid_client_metadata', /private or shared/],
  [
    'two hosts without a sector',
    { subject_type: 'pairwise', redirect_uris: ['https://a.example/', 'https://b.example/'] },
    'invalid_client_metadata',
    /one host/,
  ],
];
for (const [title, metadata, error, says] of refused)
  test(`${title} is refused`, () => {
    const answer = readMetadata({ redirect_uris, ...metadata }, house);
    assert.equal(answer.kind === 'refused' && answer.error, error);
    assert.match(answer.kind === 'refused' ? answer.description : '', says);
  });

test('what the house decides cannot be said by an application', () => {
  const theirs = {
    ...{ client_id: 'leantime', client_secret: 'mine', public: true, authorization_policy: 'one_factor' },
    ...{ consent_mode: 'implicit', allow_private_network: true, allow_multiple_auth_methods: true },
    ...{ lifespan: 'long', claims_policy: 'all', audience: ['https://api.example.com'], require_pkce: false },
  };
  const answer = readMetadata({ redirect_uris, ...theirs }, house);
  const kept = answer.kind === 'accepted' ? Object.keys(answer.metadata) : [];
  assert.deepEqual(
    Object.keys(theirs).filter((name) => kept.includes(name)),
    [],
  );
});

test('a device needs no redirect URI where the house lets devices register', () => {
  const device = 'urn:ietf:params:oauth:grant-type:device_code';
  const answer = readMetadata({ grant_types: [device] }, { ...house, grant_types: [device] });
  assert.deepEqual(answer.kind === 'accepted' && answer.metadata.response_types, []);
});

test('an application of a phone may come back by its own scheme, or by loopback', () => {
  for (const uri of ['com.example.app:/callback', 'http://127.0.0.1/callback', 'http://localhost:8000/'])
    assert.equal(readMetadata({ redirect_uris: [uri] }, house).kind, 'accepted', uri);
});
