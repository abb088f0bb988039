/**
 * Dynamic client registration and its management (RFC 7591, RFC 7592, OpenID Connect Dynamic Client Registration 1.0). The
 * engine has such endpoints too, but they need every secret in plain text for ever; here a secret and both tokens are shown
 * once and kept as digests. What a client may be is judged by metadata.ts and then by the engine's own rules, so that nobody
 * registers what could never sign in.
 */
import { randomUUID } from 'node:crypto';
import { errors, type KoaContextWithOIDC, type Provider } from 'oidc-provider';
import { networkOf } from '../../regulation/network.ts';
import { confirmSectors, SectorUnconfirmed } from '../clients/sector-document.ts';
import type { ProviderOptions, RegistrationOptions } from '../options.ts';
import { endpoints } from '../paths.ts';
import { newBearer } from './bearer.ts';
import { readMetadata } from './metadata.ts';
import { readJson } from './read-json.ts';
import type { Metadata, RegisteredClient, Registration } from './registered-client.store.ts';
import { keptSecret, needsPlaintext, type OpenClient, registeredClient, wantsSecret } from './registered-client.ts';

export type RegistrationParts = Pick<
  ProviderOptions,
  'issuer' | 'selfRegistration' | 'limiter' | 'outgoing' | 'remoteAddress' | 'verifyClientSecret' | 'log' | 'nowMs'
> & {
  readonly engine: Provider;
  readonly house: RegistrationOptions;
  readonly open: OpenClient;
};

type Answer = { readonly status: number; readonly body?: Readonly<Record<string, unknown>> };

/** Where anybody may register, one address does so this often. */
const openLimit = { attemptsMax: 10, windowMs: 60 * 60_000 };

export function registrationEndpoint(parts: RegistrationParts) {
  const { engine, house, log } = parts;
  const { clients, tokens } = parts.selfRegistration;

  async function register(ctx: KoaContextWithOIDC): Promise<Answer> {
    const token = bearerOf(ctx);
    if (house.require_initial_access_token) {
      if (token === undefined || !(await tokens.mayRegister(token)))
        return unauthorized('an initial access token is needed here, and this is none that still counts');
    } else if (await isTooOften(ctx))
      return refusal(429, 'temporarily_unavailable', 'too many clients were registered');
    const sent = await readJson(ctx);
    if (!sent) return refusal(400, 'invalid_client_metadata', 'the request must be a JSON object of moderate size');
    const clientId = randomUUID();
    const judged = await judge(clientId, sent, undefined);
    if ('status' in judged) return judged;
    if (house.require_initial_access_token && !(await tokens.take(token ?? '')))
      return unauthorized('the initial access token was used up meanwhile');
    const accessToken = newBearer();
    const { registration, secret } = judged;
    if ((await clients.add(clientId, nameOf(registration), registration, accessToken, house.clients_max)) === 'full')
      return refusal(503, 'temporarily_unavailable', 'there are as many registered clients as the house allows');
    log.info({ client: clientId, remote_ip: parts.remoteAddress(ctx.req) }, 'An application registered itself');
    const issued = { ...idsOf(clientId, parts.nowMs()), ...registration.metadata, ...secretAnswer(secret) };
    return { status: 201, body: { ...issued, ...managementOf(clientId, accessToken) } };
  }

  async function isTooOften(ctx: KoaContextWithOIDC): Promise<boolean> {
    const bucket = `client registration from ${networkOf(parts.remoteAddress(ctx.req))}`;
    return (await parts.limiter.charge([{ bucket, limit: openLimit }])).kind === 'limited';
  }

  /** What is to be kept, and the secret if a new one is made; or why not. */
  async function judge(clientId: string, sent: Metadata, before: Registration | undefined) {
    const read = readMetadata(sent, house);
    if (read.kind === 'refused') return refusal(400, read.error, read.description);
    const { metadata } = read;
    const keeps = before?.secret && (before.secret.kind === 'plaintext' || !needsPlaintext(metadata));
    const secret = wantsSecret(metadata) && !keeps ? newBearer() : undefined;
    const kept = secret === undefined ? before?.secret : keptSecret(secret, metadata);
    const registration: Registration = { metadata, ...(wantsSecret(metadata) && kept && { secret: kept }) };
    const why = await whyNot(clientId, registration);
    return why === undefined ? { registration, secret } : refusal(400, 'invalid_client_metadata', why);
  }

  async function whyNot(clientId: string, registration: Registration): Promise<string | undefined> {
    const client = registeredClient(clientId, registration, house, parts.open);
    if (!client) return 'nothing that this client could use is left of it';
    try {
      if (registration.metadata.sector_identifier_uri !== undefined)
        await confirmSectors([client.options], parts.outgoing);
      await engine.Client.validate(client.metadata);
      return undefined;
    } catch (fault) {
      if (fault instanceof errors.InvalidClientMetadata) return fault.error_description ?? fault.message;
      if (fault instanceof SectorUnconfirmed)
        return 'sector_identifier_uri could not be read, or does not list every redirect URI';
      throw fault;
    }
  }

  async function manage(ctx: KoaContextWithOIDC, clientId: string): Promise<Answer> {
    const token = bearerOf(ctx);
    const client =
      token !== undefined && (await clients.holds(clientId, token)) ? await clients.find(clientId) : undefined;
    if (!client || token === undefined) return unauthorized('this is not the registration access token of a client');
    if (ctx.method === 'GET') return { status: 200, body: { ...shown(client), ...managementOf(clientId, token) } };
    if (ctx.method === 'PUT') return update(ctx, client, token);
    await clients.remove(clientId);
    log.info({ client: clientId }, 'A registered application removed itself');
    return { status: 204 };
  }

  async function update(ctx: KoaContextWithOIDC, client: RegisteredClient, token: string): Promise<Answer> {
    const { clientId } = client;
    const sent = await readJson(ctx);
    if (!sent) return refusal(400, 'invalid_client_metadata', 'the request must be a JSON object of moderate size');
    const foreign = notToBeSent.find((name) => sent[name] !== undefined);
    if (foreign) return refusal(400, 'invalid_request', `the request must not hold ${foreign}`);
    if (sent.client_id !== clientId) return refusal(400, 'invalid_request', 'client_id must be that of this client');
    const presented = sent.client_secret;
    if (presented !== undefined && !(await isSecretOf(client, presented)))
      return refusal(400, 'invalid_request', 'client_secret must be that of this client, or left out');
    const judged = await judge(clientId, sent, client);
    if ('status' in judged) return judged;
    const { registration, secret } = judged;
    const next = newBearer();
    if ((await clients.replace(clientId, nameOf(registration), registration, { old: token, next })) === 'missing')
      return unauthorized('the registration access token was used for another update meanwhile');
    log.info({ client: clientId }, 'A registered application changed its registration');
    const body = { ...shown({ ...client, ...registration }), ...secretAnswer(secret), ...managementOf(clientId, next) };
    return { status: 200, body };
  }

  async function isSecretOf({ clientId, secret }: RegisteredClient, presented: unknown): Promise<boolean> {
    if (!secret || typeof presented !== 'string') return false;
    return (await parts.verifyClientSecret(clientId, secret, presented)) === true;
  }

  function managementOf(clientId: string, accessToken: string) {
    return {
      registration_client_uri: `${parts.issuer}${endpoints.registration}/${clientId}`,
      registration_access_token: accessToken,
    };
  }

  async function answer(ctx: KoaContextWithOIDC): Promise<Answer> {
    const clientId = ctx.path.slice(endpoints.registration.length + 1);
    if (ctx.path === endpoints.registration)
      return ctx.method === 'POST' ? register(ctx) : refusal(405, 'invalid_request', 'send a registration by POST');
    return ['GET', 'PUT', 'DELETE'].includes(ctx.method)
      ? manage(ctx, clientId)
      : refusal(405, 'invalid_request', 'read by GET, change by PUT, remove by DELETE');
  }

  return async function serveRegistration(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
    if (ctx.path !== endpoints.registration && !ctx.path.startsWith(`${endpoints.registration}/`))
      return void (await next());
    const { status, body } = await answer(ctx);
    if (status >= 400) {
      const refused = { error: body?.error, cause: body?.error_description, remote_ip: parts.remoteAddress(ctx.req) };
      log.warn(refused, 'A registration was refused');
    }
    if (status === 401) ctx.set('WWW-Authenticate', `Bearer error="${body?.error}"`);
    ctx.set('Cache-Control', 'no-store');
    ctx.body = body ?? null;
    ctx.status = status;
  };
}

const notToBeSent = [
  'registration_access_token',
  'registration_client_uri',
  'client_secret_expires_at',
  'client_id_issued_at',
];

function idsOf(clientId: string, createdAtMs: number) {
  return { client_id: clientId, client_id_issued_at: Math.floor(createdAtMs / 1000) };
}

/** The secret is not here: it is known to whoever registered. */
function shown({ clientId, createdAtMs, metadata }: RegisteredClient) {
  return { ...idsOf(clientId, createdAtMs), ...metadata };
}

function secretAnswer(secret: string | undefined) {
  return secret === undefined ? {} : { client_secret: secret, client_secret_expires_at: 0 };
}

function nameOf({ metadata }: Registration): string {
  return String(metadata.client_name ?? '');
}

function bearerOf(ctx: KoaContextWithOIDC): string | undefined {
  return /^Bearer ([\w.~+/-]+=*)$/i.exec(ctx.get('authorization'))?.[1];
}

function refusal(status: number, error: string, error_description: string): Answer {
  return { status, body: { error, error_description } };
}

function unauthorized(description: string): Answer {
  return refusal(401, 'invalid_token', description);
}
