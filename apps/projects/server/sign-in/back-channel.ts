/**
 * The provider says that somebody signed out there (OpenID Connect Back-Channel Logout 1.0): the logout token is checked
 * like an ID token, used once, and the session it names ends here; when it names a person alone, all of theirs.
 */
import { createPublicKey } from 'node:crypto';
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { createRemoteJWKSet, customFetch, decodeProtectedHeader, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';
import type { OidcSettings } from '../configuration/oidc.ts';
import type { Sessions } from '../session/session.ts';
import { clockToleranceSeconds, type Provider, signingAlgorithms } from './provider.ts';
import type { ProviderFetch } from './provider-fetch.ts';

const event = 'http://schemas.openid.net/event/backchannel-logout';
const usedKind = 'projects-logout-token';
const ageSecondsMax = 300;

const shape = z
  .looseObject({
    sub: z.string().optional(),
    sid: z.string().optional(),
    jti: z.string(),
    iat: z.number(),
    events: z.looseObject({ [event]: z.looseObject({}) }),
    nonce: z.undefined().optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined);

export type BackChannel = (logoutToken: string) => Promise<'ended' | 'refused'>;

export function openBackChannel(options: {
  readonly provider: Provider;
  readonly settings: OidcSettings;
  readonly fetch: ProviderFetch;
  readonly sessions: Sessions;
  readonly store: SealedVolatile;
  readonly nowMs: () => number;
}): BackChannel {
  const { provider, settings, fetch, sessions, store, nowMs } = options;
  const keySets = new Map<string, ReturnType<typeof createRemoteJWKSet>>();

  function keysAt(url: string): JWTVerifyGetKey {
    const { certificate } = settings;
    if (certificate) return async () => createPublicKey(certificate);
    const known = keySets.get(url);
    if (known) return known;
    const made = createRemoteJWKSet(new URL(url), { [customFetch]: (address) => fetch(address) });
    keySets.clear();
    keySets.set(url, made);
    return made;
  }

  async function check(token: string) {
    const { issuer, jwks_uri } = (await provider.configuration()).serverMetadata();
    const { typ } = decodeProtectedHeader(token);
    if (typ !== undefined && !/^(application\/)?(logout\+jwt|jwt)$/i.test(typ))
      throw new TypeError('the wrong type of token');
    const { payload } = await jwtVerify(token, keysAt(jwks_uri ?? ''), {
      issuer,
      audience: settings.clientId,
      algorithms: [...signingAlgorithms],
      clockTolerance: clockToleranceSeconds,
      maxTokenAge: ageSecondsMax,
      currentDate: new Date(nowMs()),
    });
    return { issuer, claims: shape.parse(payload) };
  }

  return async function endSessions(logoutToken) {
    const checked = await check(logoutToken).catch(() => undefined);
    if (!checked) return 'refused';
    const { issuer, claims } = checked;
    const expiresAtMs = nowMs() + (ageSecondsMax + 2 * clockToleranceSeconds) * 1000;
    const first = await store.add(usedKind, JSON.stringify([issuer, claims.jti]), { value: true, expiresAtMs });
    if (first !== 'added') return 'refused';
    await sessions.endNamed(issuer, { subject: claims.sub, sid: claims.sid });
    return 'ended';
  };
}
