/**
 * An authorization request that waits for a person, as the portal's steps see it: what is needed, and where the browser
 * goes when it is done. The steps never see protocol; what they hand in is checked here once more.
 */
import type { Provider } from 'oidc-provider';
import type { Identity } from '../directory/directory.ts';
import { firstFactorAtMs, levelOf, type PortalSession } from '../session/portal-session.ts';
import type { Consent, ConsentLine, ConsentQuestion, Flow, FlowAbout, RequiredLevel } from '../sign-in/flow.ts';
import type { Client } from './clients/clients.ts';
import { consentLines, keptBack } from './consent/consent-lines.ts';
import type { ConsentKey, ConsentMemory } from './consent/consent-memory.ts';
import { consentLifetimeSeconds, decideConsent } from './consent/consent-mode.ts';
import type { ConsentAnswer } from './consent/grants.ts';
import { asksForLastingAccess } from './consent/lasting-access.ts';
import { signInFacts } from './engine/engine-session.ts';
import { uiLocalesOf } from './engine/html.ts';
import { asksToSignIn } from './engine/sign-in-policy.ts';
import type { OidcOptions } from './options.ts';
import { signInPath } from './paths.ts';
import { acrRequestOf, leastAcr } from './people/acr.ts';
import type { AttributeOf } from './people/attributes.ts';
import { allClaims, claimsOfScopes } from './people/claims.ts';
import { claimsAskedFor, essentialClaims, parseClaimsRequest } from './people/claims-parameter.ts';
import type { Subjects } from './people/subjects.ts';
import { requestedAudiences } from './tokens/audiences.ts';

export type Interaction = InstanceType<Provider['Interaction']>;

export type FlowServices = {
  readonly oidc: OidcOptions;
  readonly subjects: Subjects;
  readonly memory: ConsentMemory;
  readonly attributeOf: AttributeOf;
  readonly remoteAddress: string;
  /** The device that waits for the answer, when it is not this browser that asked. */
  readonly device: FlowAbout['device'];
  nowMs(): number;
};

const loginHintCharactersMax = 100;

export function interactionFlow(interaction: Interaction, client: Client, services: FlowServices): Flow {
  const params = new Params(interaction.params);
  const prompts = new Set(params.words('prompt'));
  const scopes = new Set(params.words('scope'));
  const audiences = requestedAudiences(interaction.params, client);
  const claimsRequest = parseClaimsRequest(params.text('claims'));
  const essential = essentialClaims(claimsRequest);
  const acrRequest = acrRequestOf(interaction.params);
  const wantedAcr = acrRequest && leastAcr(acrRequest);
  const decision = services.device ? 'ask' : decideConsent(client.consentMode, { prompts, scopes });
  const notBeforeMs = passwordNotBeforeMs(interaction, params, prompts);
  const uiLocales = uiLocalesOf(interaction.params);
  const loginHint = params.text('login_hint')?.slice(0, loginHintCharactersMax);

  function requiredLevel(identity: Identity, remoteAddress: string): RequiredLevel {
    const level = client.policy({ username: identity.username, groups: identity.groups, remoteAddress });
    return level === 'one_factor' && wantedAcr !== undefined && wantedAcr !== 'unknown' ? wantedAcr : level;
  }

  async function consentKey(identity: Identity): Promise<ConsentKey> {
    const subject = await services.subjects.subjectOf(identity.username);
    return { clientId: client.id, subject, scopes, audiences, claims: params.text('claims') };
  }

  function linesFor(identity: Identity): ConsentLine[] {
    const policies = services.oidc.claims_policies ?? {};
    const name = client.options.claims_policy ?? '';
    const policy = Object.hasOwn(policies, name) ? policies[name] : undefined;
    const nowSeconds = Math.floor(services.nowMs() / 1000);
    const claims = allClaims(identity, { policy, attributeOf: services.attributeOf, nowSeconds });
    const asked = claimsAskedFor(claimsRequest, claims);
    const names = new Set([...claimsOfScopes(scopes, services.oidc, policy !== undefined), ...asked]);
    return consentLines(names, claims, new Set([...asked].filter((claim) => !essential.has(claim))));
  }

  async function consentQuestion(identity: Identity): Promise<ConsentQuestion> {
    if (decision === 'implicit') return { kind: 'not-needed' };
    if (decision === 'remembered' && (await services.memory.recall(await consentKey(identity))))
      return { kind: 'not-needed' };
    return {
      kind: 'ask',
      lines: linesFor(identity),
      mayRemember: decision === 'remembered',
      offlineAccess: asksForLastingAccess(scopes) && client.consentMode !== 'implicit',
      services: audiences,
    };
  }

  /** Misuse is stopped here even if a step forgot to: the engine takes what it gets. */
  async function assertDone(session: PortalSession, identity: Identity, consent: Consent | undefined): Promise<void> {
    const level = requiredLevel(identity, services.remoteAddress);
    if (session.username !== identity.username) throw new TypeError('the session and the identity are two people');
    if (level === 'deny' || levelOf(session) < (level === 'one_factor' ? 1 : 2))
      throw new TypeError('this sign-in has not reached the level that the application asks for');
    if (notBeforeMs !== undefined && (firstFactorAtMs(session) ?? 0) < notBeforeMs)
      throw new TypeError('the application asks for a newer proof of the password or a passkey');
    if (!consent && (await consentQuestion(identity)).kind === 'ask')
      throw new TypeError('the person has not been asked for their consent');
  }

  async function settle(result: NonNullable<Interaction['result']>): Promise<string> {
    interaction.result = result;
    await interaction.save(Math.max(1, interaction.exp - Math.floor(services.nowMs() / 1000)));
    return interaction.returnTo;
  }

  return {
    path: `${signInPath}/${interaction.uid}`,
    about: {
      application: { clientId: client.id, name: client.name, host: hostOf(params.text('redirect_uri')) },
      ...(services.device && { device: services.device }),
      ...(notBeforeMs !== undefined && { notBeforeMs }),
      ...(prompts.has('select_account') && { choosesAccount: true }),
      ...(loginHint !== undefined && { loginHint }),
      ...(uiLocales.length > 0 && { uiLocales }),
    },
    requiredLevel,
    consentQuestion,
    async finish(session, identity, consent) {
      await assertDone(session, identity, consent);
      const key = await consentKey(identity);
      const refusedClaims = consent && keptBack(linesFor(identity), consent.sharedClaims, essential);
      const isRemembered = consent?.remember === true && decision === 'remembered';
      if (isRemembered)
        await services.memory.remember(key, refusedClaims ?? [], consentLifetimeSeconds(client.options));
      // Another person than the one the request began with: the engine must not look for the old session.
      if (interaction.session?.accountId !== key.subject) interaction.session = undefined;
      const { loginTs, ...facts } = signInFacts(session);
      return settle({
        login: { accountId: key.subject, ts: loginTs, ...facts, remember: false },
        select_account: {},
        ...(refusedClaims && { consent: { refusedClaims, isRemembered } satisfies ConsentAnswer }),
      });
    },
    refuse(reason) {
      const error_description =
        reason === 'consent-denied'
          ? 'the person did not agree'
          : 'the authorization policy of this application denies access';
      return settle({ error: 'access_denied', error_description });
    },
  };
}

/** The text parameters of a stored request. */
class Params {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return value === undefined || value === null ? undefined : String(value);
  }

  words(name: string): string[] {
    return this.text(name)?.split(' ').filter(Boolean) ?? [];
  }
}

function passwordNotBeforeMs(
  interaction: Interaction,
  params: Params,
  prompts: ReadonlySet<string>,
): number | undefined {
  const startedAtMs = Number(interaction.prompt.details.startedAtMs);
  if (asksToSignIn(prompts)) return startedAtMs;
  const maxAge = params.text('max_age');
  return maxAge === undefined ? undefined : startedAtMs - Number(maxAge) * 1000;
}

function hostOf(uri: string | undefined): string {
  return URL.parse(uri ?? '')?.host ?? '';
}
