import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OidcOptions } from '../options.ts';
import { corsRules } from './cors.ts';

const app = 'https://app.example.com';
const stranger = 'https://elsewhere.example.org';
const token = '/api/oidc/token';

function allowed(cors: OidcOptions['cors'], origin: string, path = token): string | undefined {
  const clients = [{ client_id: 'app', redirect_uris: [`${app}/callback`, 'http://localhost:8000', 'app.native:/cb'] }];
  return corsRules({ jwks: [], clients, cors })(path, origin)['Access-Control-Allow-Origin'];
}

test('an endpoint that is not listed is closed to every page of another origin', () => {
  assert.equal(allowed({ endpoints: ['userinfo'] }, app), undefined);
  assert.equal(allowed(undefined, app), undefined);
});

test('attack 46: an endpoint listed without origins is open to the origins of redirect URIs and to no stranger', () => {
  assert.equal(allowed({ endpoints: ['token'], allowed_origins: [] }, app), app);
  for (const origin of [stranger, 'null', 'http://localhost:8000', 'http://app.example.com'])
    assert.equal(allowed({ endpoints: ['token'], allowed_origins: [] }, origin), undefined, origin);
});

test('listed origins leave those of redirect URIs out unless they are asked for', () => {
  const cors = { endpoints: ['token'], allowed_origins: [stranger] };
  assert.equal(allowed(cors, stranger), stranger);
  assert.equal(allowed(cors, app), undefined);
  assert.equal(allowed({ ...cors, allowed_origins_from_client_redirect_uris: true }, app), app);
});
