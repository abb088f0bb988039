/**
 * What an application may say of itself (RFC 7591 section 2, OpenID Connect Dynamic Client Registration 1.0 section 2): which
 * members are known, how long they may be, and what the house allows beyond the engine's own rules. Members nobody knows are
 * left out, as the standards ask. Pure.
 */
import { isSecureEnough } from '@gatehouse/web/localhost-names.ts';
import { authMethods } from '../../config/values/algorithms.ts';
import { isTransportAllowed, whyNotRegistrable } from '../clients/redirect-uris.ts';
import type { RegistrationOptions } from '../options.ts';
import { acrValues } from '../people/acr.ts';
import type { Metadata } from './registered-client.store.ts';

export type MetadataAnswer =
  | { readonly kind: 'accepted'; readonly metadata: Metadata }
  | { readonly kind: 'refused'; readonly error: MetadataError; readonly description: string };

export type MetadataError = 'invalid_redirect_uri' | 'invalid_client_metadata' | 'unapproved_software_statement';

const algsOf = (answer: string) =>
  ['signed_response_alg', 'encrypted_response_alg', 'encrypted_response_enc'].map((part) => `${answer}_${part}`);
const uris = [
  'client_uri',
  'logo_uri',
  'tos_uri',
  'policy_uri',
  'initiate_login_uri',
  'jwks_uri',
  'sector_identifier_uri',
];
const logoutUris = ['backchannel_logout_uri', 'frontchannel_logout_uri'];
const texts: ReadonlySet<string> = new Set([
  ...['client_name', 'scope', 'subject_type', 'application_type', 'software_id', 'software_version'],
  ...['token_endpoint_auth_method', 'token_endpoint_auth_signing_alg'],
  ...['request_object_signing_alg', 'request_object_encryption_alg', 'request_object_encryption_enc'],
  ...['id_token', 'userinfo', 'introspection', 'authorization'].flatMap(algsOf),
  ...uris,
  ...logoutUris,
]);
const lists: ReadonlySet<string> = new Set([
  ...['redirect_uris', 'post_logout_redirect_uris', 'grant_types', 'response_types', 'contacts', 'default_acr_values'],
]);
const flags: ReadonlySet<string> = new Set([
  ...['require_auth_time', 'require_pushed_authorization_requests', 'dpop_bound_access_tokens'],
  ...['backchannel_logout_session_required', 'frontchannel_logout_session_required'],
]);

const uriCharactersMax = 2000;
const textCharactersMax = 500;
const nameCharactersMax = 100;
const entriesMax = 20;
/** As in a request, where it stands when that names none: another one would refuse every sign-in. */
const maxAgeSecondsMax = 999_999_999;
/** Controls, and what turns or hides letters: a name is shown to people who decide by it. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

class Refused extends Error {
  readonly error: MetadataError;
  constructor(error: MetadataError, description: string) {
    super(description);
    this.error = error;
  }
}

/** `sent`: the JSON object of the request. Every answer says one fault alone, the first. */
export function readMetadata(sent: Metadata, options: RegistrationOptions): MetadataAnswer {
  try {
    return { kind: 'accepted', metadata: withDefaults(known(sent), options) };
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    return { kind: 'refused', error: fault.error, description: fault.message };
  }
}

/** Null and empty texts count as left out (RFC 7592 section 2.2). */
function known(sent: Metadata): Metadata {
  if (sent.software_statement !== undefined)
    refuse('unapproved_software_statement', 'no software statement is approved here: leave it out');
  const members = Object.entries(sent).filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries(members.filter(([name, value]) => isKnown(name, value)));
}

function isKnown(name: string, value: unknown): boolean {
  if (texts.has(name)) {
    if (typeof value !== 'string') invalid(`${name} must be a text`);
    if (String(value).length > (uris.includes(name) ? uriCharactersMax : textCharactersMax))
      invalid(`${name} is too long`);
    return true;
  }
  if (lists.has(name)) {
    if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string' && entry !== ''))
      invalid(`${name} must be a list of texts`);
    const entries = value as string[];
    if (entries.length > entriesMax) invalid(`${name} has more than ${entriesMax} entries`);
    if (entries.some((entry) => entry.length > uriCharactersMax)) invalid(`an entry of ${name} is too long`);
    return true;
  }
  if (flags.has(name) && typeof value !== 'boolean') invalid(`${name} must be true or false`);
  if (name === 'default_max_age' && !isAge(value))
    invalid(`default_max_age must be a number of seconds, ${maxAgeSecondsMax} at most`);
  if (name === 'jwks') assertPublicKeys(value);
  return flags.has(name) || name === 'default_max_age' || name === 'jwks';
}

function isAge(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= maxAgeSecondsMax;
}

function withDefaults(stated: Metadata, options: RegistrationOptions): Metadata {
  const grants = listOf(stated, 'grant_types') ?? ['authorization_code'];
  const asksPerson = grants.includes('authorization_code') || grants.includes('implicit');
  const types = (listOf(stated, 'response_types') ?? (asksPerson ? ['code'] : [])).map(normalized);
  const metadata: Metadata = {
    ...stated,
    grant_types: grants,
    response_types: types,
    redirect_uris: listOf(stated, 'redirect_uris') ?? [],
    scope: stated.scope ?? options.scopes.join(' '),
    token_endpoint_auth_method: stated.token_endpoint_auth_method ?? 'client_secret_basic',
    id_token_signed_response_alg: stated.id_token_signed_response_alg ?? 'RS256',
    application_type: stated.application_type ?? 'web',
    subject_type: stated.subject_type ?? (stated.sector_identifier_uri === undefined ? 'public' : 'pairwise'),
  };
  assertName(metadata.client_name);
  within(grants, options.grant_types, 'grant_types');
  within(types, options.response_types.map(normalized), 'response_types');
  within(String(metadata.scope).split(' '), options.scopes, 'scope');
  within([String(metadata.token_endpoint_auth_method)], authMethods, 'token_endpoint_auth_method');
  within([String(metadata.subject_type)], ['public', 'pairwise'], 'subject_type');
  within(listOf(metadata, 'default_acr_values') ?? [], acrValues, 'default_acr_values');
  assertRedirects(metadata, 'redirect_uris');
  assertRedirects(metadata, 'post_logout_redirect_uris');
  if (types.length > 0 && listOf(metadata, 'redirect_uris')?.length === 0)
    refuse('invalid_redirect_uri', 'redirect_uris is missing');
  for (const name of [...uris, ...logoutUris]) assertAddress(name, metadata[name]);
  assertOneSector(metadata);
  return metadata;
}

function assertName(name: unknown): void {
  if (name === undefined) return;
  if (String(name).length > nameCharactersMax) invalid(`client_name has more than ${nameCharactersMax} characters`);
  if (unseen.test(String(name))) invalid('client_name holds characters that cannot be seen');
}

/**
 * As for the configuration's clients; and a scheme of the application's own holds a dot, as a name turned round does, so that
 * nobody takes a common word (RFC 8252 section 7.1).
 */
function assertRedirects(metadata: Metadata, member: 'redirect_uris' | 'post_logout_redirect_uris'): void {
  for (const uri of listOf(metadata, member) ?? []) {
    const why = whyNotRegistrable(uri) ?? (isTransportAllowed(uri) ? undefined : 'is plain http and leads elsewhere');
    if (why) refuse('invalid_redirect_uri', `'${uri.slice(0, 200)}' in ${member} ${why}`);
    const { protocol } = new URL(uri);
    if (!['http:', 'https:'].includes(protocol) && !protocol.includes('.'))
      refuse('invalid_redirect_uri', `the scheme '${protocol}' in ${member} has no dot: use a domain turned round`);
  }
}

function assertAddress(name: string, value: unknown): void {
  if (value === undefined) return;
  const url = URL.parse(String(value));
  if (!url || !isSecureEnough(url)) invalid(`${name} must be an https address`);
  if (url?.username || url?.password) invalid(`${name} must not name a user`);
}

/** Without a document that names the sector, it is the one host of all redirect URIs (OpenID Connect Core 8.1). */
function assertOneSector(metadata: Metadata): void {
  if (metadata.subject_type !== 'pairwise' || metadata.sector_identifier_uri !== undefined) return;
  const hosts = new Set(listOf(metadata, 'redirect_uris')?.map((uri) => new URL(uri).host));
  // A scheme of an application's own names no host: strangers would share that sector.
  if (hosts.size !== 1 || hosts.has(''))
    invalid('pairwise subjects need redirect_uris of one host, or a sector_identifier_uri');
}

function assertPublicKeys(value: unknown): void {
  const keys: unknown = Object(value).keys;
  if (!Array.isArray(keys)) invalid('jwks must be a JSON Web Key Set');
  if (keys.length > entriesMax) invalid(`jwks has more than ${entriesMax} keys`);
  const secret = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];
  if (keys.some((key) => secret.some((part) => Object.hasOwn(Object(key), part))))
    invalid('jwks holds a private or shared key');
}

export function listOf(metadata: Metadata, name: string): readonly string[] | undefined {
  return metadata[name] as readonly string[] | undefined;
}

/** The order of the parts of a response type has no meaning. */
function normalized(type: string): string {
  return [...new Set(type.split(' '))].sort().join(' ');
}

function within(values: readonly string[], allowed: readonly string[], name: string): void {
  const other = values.find((value) => !allowed.includes(value));
  if (other !== undefined) invalid(`'${other.slice(0, 100)}' is not allowed in ${name}: ${allowed.join(', ')}`);
}

function invalid(description: string): never {
  refuse('invalid_client_metadata', description);
}

function refuse(error: MetadataError, description: string): never {
  throw new Refused(error, description);
}
