/**
 * The OpenID Connect provider of one issuer: opens the engine and stands between it and `node:http`. Protocol paths come in
 * here and leave answered; the portal's pages meet the provider only through flows.
 */
import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FlowAnswer } from '../sign-in/flow.ts';
import { authenticateByEndpoint, compareByDigest } from './clients/client-auth.ts';
import { openClients } from './clients/client-registry.ts';
import { openClient, registerClients } from './clients/clients.ts';
import { misfitOf } from './clients/still-fits.ts';
import { type Access, openAgreements } from './consent/agreements.ts';
import { openConsentMemory } from './consent/consent-memory.ts';
import { grantLoader } from './consent/grants.ts';
import { openLiveGrants } from './consent/live-grants.ts';
import { beginSessions, deviceBehind, limitUserCodes } from './device/device-flow.ts';
import { nameIssuer } from './engine/answer-issuer.ts';
import { corsRules } from './engine/cors.ts';
import { openEngine } from './engine/engine.ts';
import { followPortal } from './engine/engine-session.ts';
import { aroundEngine } from './engine/middleware.ts';
import { detectReplays } from './engine/replay.ts';
import { waitingRequest } from './engine/waiting-requests.ts';
import { type Interaction, interactionFlow } from './interaction-flow.ts';
import { tellTheTruth } from './keys/discovery.ts';
import { signingKeys, whyNotForEncryption } from './keys/keys.ts';
import { publishKeys } from './keys/published-keys.ts';
import { endEngineSession } from './logout/end-session.ts';
import { frontChannel, sayWhichSession } from './logout/front-channel.ts';
import type { LogoutNotice } from './logout/logout-notices.ts';
import type { Told } from './logout/logout-sender.ts';
import { logoutTeller } from './logout/logout-token.ts';
import { openRpLogout } from './logout/rp-logout.ts';
import { applicationNoter } from './logout/session-applications.ts';
import { openStillHere } from './logout/still-here.ts';
import type { ProviderOptions } from './options.ts';
import type { SignOutFrame } from './pages.ts';
import { isProviderPath } from './paths.ts';
import { openAttributes } from './people/attributes.ts';
import { openSubjectFor } from './people/pairwise.ts';
import { openPeople, portalPersonOf } from './people/people.ts';
import { openSubjects } from './people/subjects.ts';
import { tellApplications } from './refusals/debug-messages.ts';
import type { LeftOut } from './refusals/diagnose.ts';
import { followFlows } from './refusals/follow-flows.ts';
import { openRefusals } from './refusals/refusals.ts';
import { registeredClients } from './registration/client-source.ts';
import type { OpenClient } from './registration/registered-client.ts';
import { registrationEndpoint } from './registration/registration.ts';
import { introspectByBearer } from './tokens/bearer-introspection.ts';
import { introspectionPolicy } from './tokens/introspection.ts';
import { introspectionSigner, signIntrospections } from './tokens/signed-introspection.ts';

export type OidcProvider = {
  /** Whether requests to this path (without query) are to be handed to `handle`. */
  handles(pathname: string): boolean;
  handle(req: IncomingMessage, res: ServerResponse): void;
  /** The authorization request that waits under `/sign-in/<flowId>` in this browser. */
  findFlow(req: IncomingMessage, res: ServerResponse, flowId: string): Promise<FlowAnswer>;
  /**
   * To be called when the portal signs a browser out, before its session ends. Sets cookies on `res`; the portal session is
   * not touched. Answers with the pages of applications that the browser is to open.
   */
  endSession(req: IncomingMessage, res: ServerResponse): Promise<readonly SignOutFrame[]>;
  /** Tells an application that a session ended. Rejects when it cannot be reached. */
  tellOfLogout(notice: LogoutNotice): Promise<Told>;
  /** Takes back what this person agreed to for this client: no answer is remembered, no code and no token of it works. */
  withdraw(username: string, clientId: string): Promise<{ readonly grantsEnded: number }>;
  /** The applications this person let see them and asked not to be asked again, newest first. Names only, clients that are gone left out. */
  agreements(username: string): Promise<readonly Agreement[]>;
  /** What each application may see and do, under its name; clients that are gone left out. */
  access(username: string): Promise<readonly (Access & { readonly name: string })[]>;
};

export type Agreement = { readonly clientId: string; readonly name: string; readonly agreedAtMs: number };

/** Throws TypeError for a configuration that its rules should have refused: no RS256 key, an unknown policy. */
export async function openProvider(options: ProviderOptions): Promise<OidcProvider> {
  const { issuer, oidc, log, store, database, links, outgoing, nowMs } = options;
  const keys = signingKeys(oidc.jwks, nowMs());
  for (const key of oidc.jwks) {
    const why = whyNotForEncryption(key, keys);
    if (why) log.warn(`identity_providers.oidc.jwks: ${why}`);
  }
  const said = new Map<string, string>();
  const configured = registerClients(oidc, options.networks ?? {}, keys, ({ clientId, text }) => {
    said.set(clientId, text);
    log.warn({ client: clientId }, `Client ${clientId} ${text}`);
  });
  const parts = { oidc, networks: options.networks ?? {}, keys };
  const open: OpenClient = (client, path) =>
    openClient(client, path, parts, (text) =>
      log.warn({ client: client.client_id }, `Client ${client.client_id} ${text}`),
    );
  const house = oidc.dynamic_client_registration;
  const registered = house?.enabled ? registeredClients(options.selfRegistration.clients, house, open) : undefined;
  const clients = openClients(configured, registered);
  if (oidc.enable_pkce_plain_challenge)
    log.warn("enable_pkce_plain_challenge has no effect: only the PKCE method 'S256' is offered");
  const subjects = openSubjects(database, nowMs);
  const memory = openConsentMemory(database, nowMs);
  const live = openLiveGrants(database, store, nowMs);
  const agreements = openAgreements({ subjects, memory, live });
  const attributeOf = openAttributes({ expressions: options.userAttributes ?? new Map(), log, nowMs });
  const personOf = portalPersonOf((req) => options.sessions.fromRequest(req), subjects);
  const people = openPeople({
    clients,
    oidc,
    directory: options.directory,
    subjects,
    personOf,
    attributeOf,
    remoteAddress: options.remoteAddress,
    nowMs,
  });
  const refusals = openRefusals(options, clients, leftOut(oidc.clients, configured, said));
  const noteApplication = applicationNoter({ issuer, clients, links, personOf, watchSession: options.watchSession });
  const stillHere = openStillHere({ links, personOf, sessionStands: options.sessionStands });
  const loadExistingGrant = grantLoader({ clients, memory, live, noteApplication, stillHere });
  const subjectFor = openSubjectFor(clients, subjects);
  const mayIntrospect = introspectionPolicy(clients, people);
  const framesOf = frontChannel({ issuer, clients, links, personOf });
  const { endPortalSession, remoteAddress, limiter } = options;
  const rpLogout = openRpLogout({ clients, pages: options, live, subjectFor, framesOf, endPortalSession });
  const engine = openEngine({
    rpLogout: rpLogout.feature,
    mayIntrospect,
    options,
    clients,
    keys,
    people,
    refusals,
    subjectFor,
    loadExistingGrant,
  });
  authenticateByEndpoint(engine, clients);
  compareByDigest(engine, clients, options.verifyClientSecret);
  detectReplays(engine, nowMs);
  // A client the engine would refuse is told now, not at its first sign-in.
  for (const client of clients.values()) await engine.Client.find(client.id);
  followPortal(engine, personOf, links);
  tellTheTruth(engine, { oidc, clients, keys, nowMs });
  const signIntrospection = introspectionSigner(engine, clients, keys);
  signIntrospections(engine, signIntrospection);
  publishKeys(engine, keys, oidc.lifespans, nowMs);
  nameIssuer(engine);
  if (oidc.enable_client_debug_messages) tellApplications(engine, refusals.toldOf);
  followFlows(engine, { issuer: options.issuer, oidc, clients, flows: options.flows, findingOf: refusals.findingOf });
  // The end of the portal session tells everybody, whoever began it.
  Reflect.set(engine.Client.prototype, 'backchannelLogout', async () => undefined);
  beginSessions(engine);
  limitUserCodes(engine, { limiter, remoteAddress });
  aroundEngine(engine, { cors: corsRules(oidc), limits: options.requestLimits, remoteAddress, nowMs });
  engine.use(rpLogout.around);
  sayWhichSession(engine, clients);
  if (house?.enabled) engine.use(registrationEndpoint({ ...options, engine, house, open }));
  engine.use(introspectByBearer({ engine, clients, people, subjectFor, mayIntrospect, signIntrospection }));
  engine.on('authorization.error', refusals.onAuthorizationError);
  engine.on('server_error', refusals.onServerError);
  engine.on('grant.error', refusals.onClientError);
  engine.on('userinfo.error', refusals.onClientError);
  engine.on('introspection.error', refusals.onClientError);
  engine.on('revocation.error', refusals.onClientError);
  engine.on('pushed_authorization_request.error', refusals.onClientError);
  (engine as EventEmitter).on('device_authorization.error', refusals.onClientError);
  (engine as EventEmitter).on('error', (error: unknown, ctx?: { readonly req: IncomingMessage }) => {
    // Whoever hangs up in the middle of a request could fill the log with failures that are none of ours.
    if (ctx?.req.complete === false) log.debug({ err: error }, 'A request did not arrive whole');
    else log.error({ err: error }, 'Request failed');
  });
  const callback = engine.callback();

  return {
    handles: isProviderPath,
    handle(req, res) {
      // An absolute request target would name its own host to the engine.
      if (!req.url?.startsWith('/')) {
        res.writeHead(400, { 'Content-Length': '0' }).end();
        return;
      }
      callback(req, res).catch((error: unknown) => log.error({ err: error }, 'Request failed'));
    },
    async findFlow(req, res, flowId) {
      const cookie = engine.createContext(req, res).cookies.get(engine.cookieName('interaction'));
      if (cookie === undefined || cookie !== flowId) return { kind: 'expired' };
      const interaction = await engine.Interaction.find<Interaction>(flowId);
      const client = await clients.find(String(interaction?.params.client_id));
      if (!interaction || !client) return { kind: 'expired' };
      // The engine ends it there, and says why.
      if (misfitOf(waitingRequest(interaction), client, oidc)) return { kind: 'ended', location: interaction.returnTo };
      const { deviceCode } = interaction;
      const device = deviceCode === undefined ? undefined : await deviceBehind(engine, deviceCode);
      if (deviceCode !== undefined && !device) return { kind: 'expired' };
      const services = { oidc, subjects, memory, attributeOf, remoteAddress: remoteAddress(req), device, nowMs };
      return { kind: 'flow', flow: interactionFlow(interaction, client, services) };
    },
    async endSession(req, res) {
      const frames = await framesOf(req);
      await endEngineSession(engine, live, req, res);
      return frames;
    },
    tellOfLogout: logoutTeller({ provider: engine, clients, outgoing }),
    withdraw: agreements.withdraw,
    async access(username) {
      const named = await Promise.all(
        (await agreements.access(username)).map(async (access) => {
          const name = (await clients.find(access.clientId))?.name;
          return name === undefined ? [] : [{ ...access, name }];
        }),
      );
      return named.flat();
    },
    async agreements(username) {
      const remembered = await agreements.list(username);
      const named = await Promise.all(
        remembered.map(async ({ clientId, agreedAtMs }) => {
          const name = (await clients.find(clientId))?.name;
          return name === undefined ? [] : [{ clientId, name, agreedAtMs }];
        }),
      );
      return named.flat();
    },
  };
}

/** Clients of the configuration that could not be opened, with what was said of them last. */
function leftOut(
  all: ProviderOptions['oidc']['clients'],
  opened: ReadonlyMap<string, unknown>,
  said: ReadonlyMap<string, string>,
): LeftOut {
  const entries = all.map(
    ({ client_id: id }, position) => [id, { position, text: said.get(id) ?? 'cannot sign in' }] as const,
  );
  return new Map(entries.filter(([id]) => !opened.has(id)));
}
