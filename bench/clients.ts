/**
 * The applications of the benchmarks beside the seed's own: one that stays connected, and machines that have no person, each
 * with opaque access tokens and with signed ones. They share the seed's secret.
 */
import assert from 'node:assert/strict';
import { authorizationRequest, exchange, HttpPerson, seedClient } from '../tests/house/http-person.ts';
import { oneFactorClients, type Provider } from './provider.ts';

export type TokenFormat = 'opaque' | 'jwt';

export const lastingClient = { opaque: 'lasting-opaque', jwt: 'lasting-jwt' } as const;
export const machineClient = { opaque: 'machine-opaque', jwt: 'machine-jwt' } as const;

const digest = /client_secret: '([^']+)'/.exec(oneFactorClients)?.[1];

export const benchClients = [
  oneFactorClients.trimEnd(),
  ...(['opaque', 'jwt'] as const).flatMap((format) => [lasting(format), machine(format)]),
  '',
].join('\n');

function shared(id: string, format: TokenFormat): string {
  return `      - client_id: '${id}'
        client_secret: '${digest}'
        authorization_policy: 'one_factor'
        token_endpoint_auth_method: 'client_secret_post'
        introspection_endpoint_auth_method: 'client_secret_post'
        access_token_signed_response_alg: '${format === 'jwt' ? 'RS256' : 'none'}'`;
}

function lasting(format: TokenFormat): string {
  return `${shared(lastingClient[format], format)}
        redirect_uris: ['${seedClient.redirectUri}']
        scopes: ['openid', 'profile', 'email', 'offline_access']
        grant_types: ['authorization_code', 'refresh_token']`;
}

function machine(format: TokenFormat): string {
  return `${shared(machineClient[format], format)}
        scopes: ['reports']
        grant_types: ['client_credentials']`;
}

/** A request to the token endpoint or one beside it, with the shared secret. Throws unless it is answered with 200. */
export async function ask(
  caller: Pick<HttpPerson, 'post'>,
  path: string,
  clientId: string,
  form: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const answer = await caller.post(
    path,
    { ...form, client_id: clientId, client_secret: seedClient.secret },
    { Accept: 'application/json' },
  );
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.body}`);
  return JSON.parse(answer.body);
}

/** A new sign-in that lasts: its access token and its first refresh token. */
export async function lastingTokens(
  provider: Provider,
  clientId: string,
): Promise<{ access: string; refresh: string }> {
  const [person] = provider.people;
  assert.ok(person);
  const browser = new HttpPerson(provider.port);
  try {
    const asked = authorizationRequest({ clientId, scope: 'openid profile email offline_access' });
    const code = (await browser.authorize(person, asked)).searchParams.get('code') ?? '';
    const answer = await exchange(browser, code, asked.verifier, { id: clientId, secret: seedClient.secret });
    assert.equal(answer.status, 200, answer.body);
    const tokens = JSON.parse(answer.body);
    return { access: String(tokens.access_token), refresh: String(tokens.refresh_token) };
  } finally {
    browser.close();
  }
}
