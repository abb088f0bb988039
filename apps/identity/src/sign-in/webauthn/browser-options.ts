/**
 * What the browser is asked for, in the JSON shape of WebAuthn Level 3 (5.1.8 and 5.1.9): exactly what the configuration
 * says and nothing of its own. Pure.
 */
import { isU2f } from './u2f.ts';
import type { WebauthnOptions } from './webauthn.options.ts';
import type { SecurityKey } from './webauthn.store.ts';

/** The portal as authenticators know it: the RP ID is its host, the origin its configured address. */
export type Portal = { readonly rpId: string; readonly origin: string };

export function portalAt(origin: string): Portal {
  return { rpId: new URL(origin).hostname, origin };
}

/** COSE algorithms, liked best first: EdDSA, ES256, ES384, ES512, RS256 (RFC 9053, RFC 8812). */
export const algorithms = [-8, -7, -35, -36, -257] as const;

type Known = readonly Pick<SecurityKey, 'credentialId' | 'transports' | 'legacy'>[];

export function creationOptions(about: {
  readonly options: WebauthnOptions;
  readonly portal: Portal;
  readonly challenge: string;
  readonly userHandle: string;
  readonly username: string;
  readonly displayName: string;
  /** Keys that the person has: none of them is added twice. */
  readonly known: Known;
}) {
  const { options } = about;
  return {
    rp: { id: about.portal.rpId, name: options.displayName },
    user: {
      id: Buffer.from(about.userHandle).toString('base64url'),
      name: about.username,
      displayName: about.displayName,
    },
    challenge: about.challenge,
    pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key' as const, alg })),
    timeout: options.timeoutMs,
    excludeCredentials: descriptorsOf(about.known),
    authenticatorSelection: {
      ...(options.attachment && { authenticatorAttachment: options.attachment }),
      residentKey: options.discoverability,
      requireResidentKey: options.discoverability === 'required',
      userVerification: options.userVerification,
    },
    attestation: options.attestation,
    extensions: { credProps: true },
  };
}

export function requestOptions(about: {
  readonly options: WebauthnOptions;
  readonly portal: Portal;
  readonly challenge: string;
  /** Empty: whichever the person picks. */
  readonly known: Known;
}) {
  return {
    rpId: about.portal.rpId,
    challenge: about.challenge,
    timeout: about.options.timeoutMs,
    allowCredentials: descriptorsOf(about.known),
    userVerification: about.options.userVerification,
    ...(about.known.some(isU2f) && { extensions: { appid: appIdOf(about.portal) } }),
  };
}

/** What keys of the protocol before WebAuthn sign for in place of the RP ID. */
export function appIdOf({ origin }: Portal): string {
  return origin;
}

export type CreationOptions = ReturnType<typeof creationOptions>;
export type RequestOptions = ReturnType<typeof requestOptions>;

function descriptorsOf(known: Known) {
  return known.map(({ credentialId: id, transports }) => ({ type: 'public-key' as const, id, transports }));
}
