/**
 * The addresses of a first owner and of local owners. Both are closed when there is no use for them: the one once somebody
 * owns the workspace, the other until a command has made a local owner.
 */
import type { DigestPool } from '@gatehouse/password/digest-pool.ts';
import type { Log } from '@gatehouse/web/log.ts';
import { refuseNulInForm } from '@gatehouse/web/nul.ts';
import { marked } from '@gatehouse/words/say.ts';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { App } from '../app.ts';
import { unkeepable } from '../explanations.ts';
import { localIssuer } from '../people/person.ts';
import { currentPerson, requirePerson } from '../session/person.ts';
import type { Sessions } from '../session/session.ts';
import { explanationPage, type LookOf } from '../sign-in/pages.ts';
import { redeemOwnerCode } from './code.ts';
import { hasLocalOwner, type LocalSignIn, signInLocally } from './local.ts';
import { hasOwner, type Owners } from './owners.ts';
import { localSignInPage, ownerCodePage } from './pages.ts';

export type OwnerDoors = {
  readonly owners: Owners;
  readonly pool: DigestPool;
  readonly sessions: Sessions;
  readonly lookOf: LookOf;
  readonly log: Log;
  readonly addressOf: (c: Context) => string;
};

const formBytesMax = 4 * 1024;

export function mountOwnerDoors(app: App, doors: OwnerDoors): void {
  const { owners, pool, sessions, lookOf, log, addressOf } = doors;
  const limit = bodyLimit({ maxSize: formBytesMax, onError: (c) => c.html(explanationPage(lookOf(c), tooLong), 413) });
  const withoutNul = refuseNulInForm((c) => c.html(explanationPage(lookOf(c), unkeepable), 400));

  app.get('/setup/owner', requirePerson, async (c) => {
    if (await hasOwner(owners.db)) return c.html(explanationPage(lookOf(c), owned), 404);
    return c.html(ownerCodePage(lookOf(c), c.get('person').displayName));
  });

  app.post('/setup/owner', requirePerson, limit, withoutNul, async (c) => {
    const { code } = await c.req.parseBody();
    const { id, displayName } = c.get('person');
    const redeemed = await redeemOwnerCode(owners, id, typeof code === 'string' ? code : '');
    const from = addressOf(c);
    switch (redeemed) {
      case 'owner':
        log.warn({ person: id, from }, 'Somebody became the first owner by the code of the log');
        return c.redirect('/', 303);
      case 'owner-exists':
        return c.html(explanationPage(lookOf(c), owned), 404);
      case 'wrong':
        log.warn({ person: id, from }, 'A code for the first owner was wrong');
        return c.html(ownerCodePage(lookOf(c), displayName, wrongCode), 400);
    }
  });

  app.get('/auth/local', async (c) => {
    if (!(await hasLocalOwner(owners))) return c.notFound();
    return currentPerson(c) ? c.redirect('/', 303) : c.html(localSignInPage(lookOf(c)));
  });

  app.post('/auth/local', limit, withoutNul, async (c) => {
    if (!(await hasLocalOwner(owners))) return c.notFound();
    const { name, password } = await c.req.parseBody();
    const from = addressOf(c);
    const given = { name: textOf(name), password: textOf(password), address: from };
    const signedIn = await signInLocally(owners, pool, given);
    if (signedIn.outcome !== 'signed-in') {
      log.warn({ reason: signedIn.outcome, from }, 'A local sign-in was refused');
      const { status, words } = refusals[signedIn.outcome];
      return c.html(localSignInPage(lookOf(c), words), status);
    }
    const { person, subject } = signedIn;
    await sessions.begin(c, { personId: person.id, issuer: localIssuer, subject, idToken: null });
    log.warn({ person: person.id, from }, 'A local owner signed in');
    return c.redirect('/', 303);
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const wrongCode = marked(
  'That code does not fit, was used, or is older than an hour. Look at the end of the log; after five wrong tries, restart the workspace for another.',
);

const refusals: Readonly<
  Record<Exclude<LocalSignIn['outcome'], 'signed-in'>, { readonly status: 401 | 429 | 503; readonly words: string }>
> = {
  refused: {
    status: 401,
    words: 'The name or the password does not fit, or the password was used already. The command prints another.',
  },
  'too-many': { status: 429, words: 'Too many tries from your address. Wait a quarter of an hour.' },
  busy: { status: 503, words: 'Too many people are signing in just now. Try again in a moment.' },
};

const owned = {
  code: 'owner-exists',
  explanation: {
    what: 'This workspace has an owner.',
    why: 'The code of the log makes the first owner alone.',
    todo: 'Ask an owner to make you one, on the page People.',
  },
  onward: { href: '/', label: marked('Go to the workspace') },
};

const tooLong = {
  code: 'request.too_large',
  explanation: { what: 'That was too long.', why: 'A few words are expected here.', todo: 'Go back and try again.' },
};
