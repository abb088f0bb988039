/** For tests: an application that registers itself over HTTP, and manages what it registered. */
import type { House } from '../../../../apps/identity/src/oidc/house.testing.ts';
import type { RegistrationOptions } from '../../../../apps/identity/src/oidc/options.ts';

export const path = '/api/oidc/registration';
export const itsCallback = 'https://app.example.com/callback';

export const house: RegistrationOptions = {
  enabled: true,
  require_initial_access_token: true,
  authorization_policy: 'one_factor',
  consent_mode: 'explicit',
  scopes: ['openid', 'profile', 'offline_access'],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  clients_max: 20,
  unused_client_lifespan: 3600,
};

export type Body = Record<string, unknown>;
export type Reply = { readonly status: number; readonly body: Body; readonly headers: Headers };

export async function call(
  opened: House,
  method: string,
  at: string,
  token?: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const url = `http://127.0.0.1:${new URL(opened.issuer).port}${at}`;
  const response = await fetch(url, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text), headers: response.headers };
}

/** A token that lets one application in. */
export async function tokenFor(opened: House, uses = 1): Promise<string> {
  const about = { description: 'a test', uses, expiresAtMs: Date.now() + 60_000 };
  return (await opened.selfRegistration.tokens.create(about)).token;
}

export async function register(
  opened: House,
  changes: Body = {},
  headers: Record<string, string> = {},
): Promise<Reply> {
  const body = { redirect_uris: [itsCallback], client_name: 'Its App', ...changes };
  return call(opened, 'POST', path, await tokenFor(opened), body, headers);
}
