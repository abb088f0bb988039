/**
 * When the engine stops a request for a person: the sign-in first, then consent. And when it must not stop, because nobody
 * who signs in could give what is asked: another person than the one the request names, or an `acr` that is never issued.
 * A prompt would then be asked for again after every sign-in, so these requests end with an error.
 */
import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import type { SubjectFor } from './pairwise.ts';

const { base, Check } = interactionPolicy;

/** Both prompts note when they began, for `max_age` and `prompt=login`. */
export function signInPolicy(nowMs: () => number, subjectFor: SubjectFor) {
  const policy = base();
  const noteStart = () => ({ startedAtMs: nowMs() });
  for (const prompt of policy) prompt.details = noteStart;
  policy.get('consent')?.checks.remove('native_client_prompt');
  const login = policy.get('login');
  for (const unaware of ['id_token_hint', 'claims_id_token_sub_value', 'essential_acr', 'essential_acrs'])
    login?.checks.remove(unaware);
  login?.checks.add(
    new Check('portal_session', 'the person must sign in', 'login_required', (ctx) => ctx.oidc.account === undefined),
  );
  login?.checks.add(
    new Check('asked_for_person', 'another person must sign in', 'login_required', async (ctx) => {
      const wanted = subjectsAskedFor(ctx);
      const { accountId } = ctx.oidc.session ?? {};
      if (accountId === undefined || wanted.length === 0) return wanted.length > 0;
      const own = await subjectFor(ctx.oidc.client?.clientId ?? '', accountId);
      // OpenID Connect Core 3.1.2.1 (id_token_hint) and 5.5.1 (a value of `sub`).
      if (wanted.some((subject) => subject !== own))
        throw new errors.LoginRequired('the person who is signed in is not the one that the request names');
      return false;
    }),
  );
  login?.checks.add(
    new Check('essential_acr', 'no acr is issued', 'unmet_authentication_requirements', (ctx) => {
      const { essential, value, values } = idTokenMember(ctx, 'acr');
      if (essential === true && (value !== undefined || values !== undefined))
        throw new errors.UnmetAuthenticationRequirements('the acr that the request insists on is not offered');
      return false;
    }),
  );
  return policy;
}

function subjectsAskedFor(ctx: KoaContextWithOIDC): unknown[] {
  const hint = ctx.oidc.params?.id_token_hint;
  const { value } = idTokenMember(ctx, 'sub');
  return [...(typeof hint === 'string' ? [subjectOf(hint)] : []), ...(value === undefined ? [] : [value])];
}

/** The engine verified the hint when the request came in, and looks no more when it goes on after the sign-in. */
function subjectOf(idToken: string): unknown {
  const payload: unknown = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString());
  return Object(payload).sub;
}

function idTokenMember(ctx: KoaContextWithOIDC, name: string): Readonly<Record<string, unknown>> {
  return Object(Object(ctx.oidc.claims?.id_token)[name]);
}
