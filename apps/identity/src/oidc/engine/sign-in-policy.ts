/**
 * When the engine stops a request for a person: the sign-in first, then consent. And when it must not stop, because nobody
 * who signs in could give what is asked: another person than the one the request names, or an `acr` that is not offered.
 * A prompt would then be asked for again after every sign-in, so these requests end with an error.
 */
import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { acrRequestOf, leastAcr, satisfies } from '../people/acr.ts';
import type { SubjectFor } from '../people/pairwise.ts';

const { base, Check, Prompt } = interactionPolicy;

/** Each prompt notes when it began, for `max_age` and for prompts that ask to sign in again. */
export function signInPolicy(nowMs: () => number, subjectFor: SubjectFor) {
  const policy = base();
  // Whoever chooses an account here signs in to it.
  policy.add(new Prompt({ name: 'select_account', requestable: true }), 0);
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
      if (wanted.some((subjects) => !subjects.includes(own)))
        throw new errors.LoginRequired('the person who is signed in is not the one that the request names');
      return false;
    }),
  );
  login?.checks.add(
    new Check('step_up', 'the person must sign in with a further factor', 'login_required', isStepUpNeeded),
  );
  return policy;
}

/** Whole seconds in digits: the engine would read `1e3` and `0x10` as numbers too. */
export function assertMaxAge(maxAge: string | undefined): void {
  if (maxAge !== undefined && !/^\d{1,9}$/.test(maxAge))
    throw new errors.InvalidRequest('invalid max_age parameter value');
}

/** A wish that nobody can be asked to fulfil (`prompt=none`) is passed over; a demand is not. Throws for an unknown demand. */
export function isStepUpNeeded({ oidc }: KoaContextWithOIDC): boolean {
  const request = acrRequestOf(oidc.params ?? {});
  if (!request) return false;
  const wanted = leastAcr(request);
  if (wanted === 'unknown') {
    if (request.essential)
      throw new errors.UnmetAuthenticationRequirements('the acr that the request insists on is not offered');
    return false;
  }
  return !satisfies(oidc.session?.acr, wanted) && (request.essential || !oidc.prompts.has('none'));
}

/** Prompts that want a sign-in now, however fresh the last one is. */
export function asksToSignIn(prompts: ReadonlySet<string>): boolean {
  return prompts.has('login') || prompts.has('select_account');
}

/** Each of the lists must hold the person's subject. */
function subjectsAskedFor(ctx: KoaContextWithOIDC): unknown[][] {
  const hint = ctx.oidc.params?.id_token_hint;
  const { value, values } = idTokenMember(ctx, 'sub');
  return [
    ...(typeof hint === 'string' ? [[subjectOf(hint)]] : []),
    ...(value === undefined ? [] : [[value]]),
    ...(Array.isArray(values) ? [values] : []),
  ];
}

/** The engine verified the hint when the request came in, and looks no more when it goes on after the sign-in. */
function subjectOf(idToken: string): unknown {
  const payload: unknown = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString());
  return Object(payload).sub;
}

function idTokenMember(ctx: KoaContextWithOIDC, name: string): Readonly<Record<string, unknown>> {
  return Object(Object(ctx.oidc.claims?.id_token)[name]);
}
