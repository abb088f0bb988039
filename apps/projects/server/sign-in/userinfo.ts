/**
 * Userinfo, from one address or several: what they say is merged, and none may speak of somebody else (OpenID Connect Core
 * 5.3.2).
 */
import * as client from 'openid-client';
import type { OidcSettings } from '../configuration/oidc.ts';
import type { Claims } from './claims.ts';
import { userinfoSubject } from './translate.ts';

/** `subject` is undefined for plain OAuth 2.0, where nobody said one before. */
export async function fetchUserinfo(
  configuration: client.Configuration,
  settings: OidcSettings,
  accessToken: string,
  subject: string | undefined,
): Promise<Claims> {
  const advertised = configuration.serverMetadata().userinfo_endpoint;
  const addresses =
    settings.overrides.userinfo.length > 0 ? settings.overrides.userinfo : advertised ? [advertised] : [];
  const [first, ...others] = addresses;
  // Nobody offers userinfo: the ID token is all there is, and a missing address is told as such.
  if (first === undefined) return {};
  const main =
    subject === undefined
      ? await readJson(configuration, accessToken, first)
      : await client.fetchUserInfo(configuration, accessToken, client.skipSubjectCheck);
  if (subject !== undefined && main.sub !== subject) throw userinfoSubject();
  let merged: Record<string, unknown> = { ...main };
  for (const address of others) {
    const more = await readJson(configuration, accessToken, address);
    if (subject !== undefined && more.sub !== undefined && more.sub !== subject) throw userinfoSubject();
    merged = merge(merged, more);
  }
  return merged;
}

/** A list becomes an object with the keys 0, 1, …, so that a path such as `0.email` finds its way. */
async function readJson(
  configuration: client.Configuration,
  accessToken: string,
  address: string,
): Promise<Record<string, unknown>> {
  const headers = new Headers({ accept: 'application/json' });
  const response = await client.fetchProtectedResource(
    configuration,
    accessToken,
    new URL(address),
    'GET',
    null,
    headers,
  );
  if (response.status !== 200) throw new Error(`HTTP status ${response.status}`);
  const value: unknown = await response.json();
  if (typeof value !== 'object' || value === null) throw new Error('the answer is neither an object nor a list');
  return Object.fromEntries(Object.entries(value));
}

/** Objects grow together; of two other values the first stays. */
function merge(first: Record<string, unknown>, second: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...second, ...first };
  for (const [key, value] of Object.entries(second)) {
    const own = first[key];
    if (isRecord(own) && isRecord(value)) merged[key] = merge(own, value);
  }
  return merged;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
