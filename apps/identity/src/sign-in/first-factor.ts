/**
 * What a first factor that was accepted does for the session: it raises one of the same person and loses nothing of it, or begins
 * a new one, in place of whatever the browser brought along. It knows no pages and checks no factor.
 */
import type { IncomingMessage } from 'node:http';
import type { Identity } from '../directory/directory.ts';
import type { FactorTimes, KeyProof } from '../session/portal-session.ts';
import type { Sessions } from '../session/sessions.ts';
import type { SignedInVisit, SignInContext, Visit } from './visit.ts';

export type FirstFactor = {
  readonly identity: Identity;
  /** From when it was given: what happens while it is looked at counts as after it. */
  readonly factors: FactorTimes;
  readonly key?: KeyProof;
  readonly rememberMe: boolean;
};

export type Accepted =
  /** The answer carries the cookie. */
  | { readonly kind: 'signed-in'; readonly visit: SignedInVisit }
  /** Another tab raised the session meanwhile: the browser holds the newer cookie already, and this proof is spent. */
  | { readonly kind: 'raised-elsewhere' }
  /** The person was shut out meanwhile. The visit is theirs no longer. */
  | { readonly kind: 'shut-out'; readonly visit: Visit };

export type AcceptFirstFactor = (c: SignInContext, visit: Visit, proof: FirstFactor) => Promise<Accepted>;

export function openFirstFactor(parts: {
  readonly sessions: Pick<Sessions, 'begin' | 'raise' | 'stands'>;
  /** What a sign-in brings along of language and theme: a cookie, where there is one to set. */
  readonly welcome: (req: IncomingMessage, username: string) => Promise<string | undefined>;
}): AcceptFirstFactor {
  const { sessions } = parts;
  return async function accept(c, visit, { identity, rememberMe, ...proof }) {
    const { username } = identity;
    const { session } = visit;
    const isTheirs = session?.username === username;
    const raised = isTheirs ? await sessions.raise(c.env.incoming, proof) : undefined;
    if (isTheirs && !raised && (await sessions.stands(session.id))) return { kind: 'raised-elsewhere' };
    const issued = raised ?? (await sessions.begin(c.env.incoming, { username, rememberMe, ...proof }));
    if (!issued)
      return { kind: 'shut-out', visit: isTheirs ? { ...visit, session: undefined, identity: undefined } : visit };
    c.header('Set-Cookie', issued.setCookie, { append: true });
    const look = await parts.welcome(c.env.incoming, username);
    if (look !== undefined) c.header('Set-Cookie', look, { append: true });
    return { kind: 'signed-in', visit: { ...visit, session: issued.session, identity } };
  };
}
