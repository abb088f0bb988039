/**
 * Grants: what a person allows an application, made the moment the engine asks for one, so that a sign-in with consent is a
 * single interaction. Each authorization has a grant of its own: taking one back touches no other.
 */
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { Clients } from '../clients/client-registry.ts';
import type { Client } from '../clients/clients.ts';
import { isForDevice } from '../device/device-routes.ts';
import { asksToSignIn, isStepUpNeeded } from '../engine/sign-in-policy.ts';
import type { NoteApplication } from '../logout/session-applications.ts';
import type { StillHere } from '../logout/still-here.ts';
import { requestedAudiences } from '../tokens/audiences.ts';
import { addAudiences } from '../tokens/token-audiences.ts';
import type { ConsentKey, ConsentMemory } from './consent-memory.ts';
import { decideConsent } from './consent-mode.ts';
import type { KeptGrant } from './kept-grant.ts';
import { asksForLastingAccess, lastingScopes } from './lasting-access.ts';
import type { LiveGrants } from './live-grants.ts';

type Grant = InstanceType<KoaContextWithOIDC['oidc']['provider']['Grant']>;

/** What the consent step leaves in the result of an interaction. */
export type ConsentAnswer = {
  readonly refusedClaims: readonly string[];
  /** It is remembered, and so holds until it is taken back. */
  readonly isRemembered: boolean;
};

/** The loader throws LoginRequired when the person's session ended meanwhile. */
export function grantLoader(parts: {
  readonly clients: Clients;
  readonly memory: ConsentMemory;
  readonly live: Pick<LiveGrants, 'note'>;
  readonly noteApplication: NoteApplication;
  readonly stillHere: StillHere;
}) {
  const { clients, memory, live, noteApplication, stillHere } = parts;
  return async function loadExistingGrant(ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
    const { oidc } = ctx;
    const client = clients.get(oidc.client?.clientId ?? '');
    const accountId = oidc.account?.accountId;
    if (!client || accountId === undefined || isAboutToSignIn(ctx)) return undefined;
    const answered = () => answerTo(ctx, client, accountId, memory);
    const refusedClaims = await answered();
    if (!refusedClaims) return undefined;
    const grant: KeptGrant = new oidc.provider.Grant({ accountId, clientId: client.id });
    grant.acr = oidc.session?.acr;
    grant.addOIDCScope([...oidc.requestParamOIDCScopes]);
    if (client.consentMode === 'implicit') grant.rejectOIDCScope(lastingScopes.join(' '));
    grant.addOIDCClaims([...oidc.requestParamClaims]);
    grant.rejectOIDCClaims([...refusedClaims]);
    addAudiences(grant, requestedAudiences(oidc.params ?? {}, client));
    const grantId = await grant.save();
    // A device goes its own way: whoever answered for it may sign out of this browser.
    const outlives = isForDevice(ctx) || asksForLastingAccess(new Set(grant.getOIDCScope().split(' ')));
    await live.note({
      id: grantId,
      clientId: client.id,
      subject: accountId,
      lifetimeSeconds: grant.expiration,
      sessionUid: outlives ? undefined : oidc.session?.uid,
    });
    if (!(await answered())) {
      // The answer was taken back before this grant was listed: the person is asked again.
      await grant.destroy();
      return undefined;
    }
    if (!isForDevice(ctx)) await noteApplication(ctx, client, accountId);
    if (await stillHere(ctx)) return grant;
    await grant.destroy();
    throw new errors.LoginRequired('the session ended while the request was under way');
  };
}

/** What the person kept back when they were asked, now or before; undefined when they are still to be asked. */
async function answerTo(ctx: KoaContextWithOIDC, client: Client, subject: string, memory: ConsentMemory) {
  const given = ctx.oidc.result?.consent as ConsentAnswer | undefined;
  if (given && !given.isRemembered) return given.refusedClaims;
  const before = await answeredBefore(ctx, client, subject, memory);
  return before && (given?.refusedClaims ?? before);
}

async function answeredBefore(
  ctx: KoaContextWithOIDC,
  client: Client,
  subject: string,
  memory: ConsentMemory,
): Promise<readonly string[] | undefined> {
  if (isForDevice(ctx)) return undefined;
  const scopes = ctx.oidc.requestParamOIDCScopes;
  const decision = decideConsent(client.consentMode, { prompts: ctx.oidc.prompts, scopes });
  if (decision !== 'remembered') return decision === 'implicit' ? [] : undefined;
  const claims = ctx.oidc.params?.claims;
  const key: ConsentKey = {
    clientId: client.id,
    subject,
    scopes,
    audiences: requestedAudiences(ctx.oidc.params ?? {}, client),
    claims: typeof claims === 'string' ? claims : undefined,
  };
  return memory.recall(key);
}

/** The request will stop for the password first: nothing is granted before that. */
function isAboutToSignIn(ctx: KoaContextWithOIDC): boolean {
  if (ctx.oidc.result?.login) return false;
  const maxAge = ctx.oidc.params?.max_age;
  if (asksToSignIn(ctx.oidc.prompts) || isStepUpNeeded(ctx)) return true;
  return maxAge !== undefined && (ctx.oidc.session?.past(Number(maxAge)) ?? true);
}
