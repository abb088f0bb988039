/**
 * Does this answer come from that key, for this portal and this challenge, and what does it show? The counter is judged here
 * too, apart from the signature, because going back means a copy. It stores nothing.
 */
import { appIdOf, type Portal } from './browser-options.ts';
import type { AssertionAnswer } from './response.ts';
import { isU2f } from './u2f.ts';
import type { WebauthnOptions } from './webauthn.options.ts';
import type { KeyUse, SecurityKey } from './webauthn.store.ts';

export type AssertionVerdict =
  | { readonly kind: 'verified'; readonly use: KeyUse }
  /** `cause` is for the log. */
  | { readonly kind: 'refused'; readonly cause: unknown }
  /** The signature is right, and the counter went back or stood still. */
  | { readonly kind: 'copied' };

export async function verifyAssertion(
  answer: AssertionAnswer,
  about: {
    readonly key: SecurityKey;
    readonly challenge: string;
    readonly portal: Portal;
    readonly options: Pick<WebauthnOptions, 'userVerification'>;
    readonly nowMs: number;
  },
): Promise<AssertionVerdict> {
  const { key, portal, options } = about;
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  let verified: Awaited<ReturnType<typeof verifyAuthenticationResponse>>;
  try {
    const { clientDataJSON, authenticatorData, signature } = answer.response;
    assertNotFramed(clientDataJSON);
    verified = await verifyAuthenticationResponse({
      response: {
        id: answer.id,
        rawId: answer.rawId,
        type: answer.type,
        response: { clientDataJSON, authenticatorData, signature },
        clientExtensionResults: {},
      },
      expectedChallenge: about.challenge,
      expectedOrigin: portal.origin,
      expectedRPID: isU2f(key) ? [portal.rpId, appIdOf(portal)] : portal.rpId,
      requireUserVerification: options.userVerification === 'required',
      // The counter is ours to judge, once the signature is known to be right.
      credential: { id: key.credentialId, publicKey: key.publicKey, counter: 0 },
    });
  } catch (cause) {
    return { kind: 'refused', cause };
  }
  if (!verified.verified) return { kind: 'refused', cause: new Error('the signature is not of this key') };
  const { authenticationInfo: info } = verified;
  // WebAuthn Level 3, 7.2 step 18: it is set at registration and never changes. What was never seen is learned.
  const isSynced = info.credentialDeviceType === 'multiDevice';
  if (key.userPresent && isSynced !== key.backupEligible)
    return { kind: 'refused', cause: new Error('whether the key is copied between devices has changed') };
  if (!isCounterNewer(key.signCount, info.newCounter)) return { kind: 'copied' };
  const use: KeyUse = {
    signCount: info.newCounter,
    userHandle: key.userHandle,
    discoverable: key.discoverable,
    userPresent: true,
    userVerified: info.userVerified,
    backupEligible: isSynced,
    backupState: info.credentialBackedUp,
    attachment: answer.authenticatorAttachment ?? key.attachment,
    atMs: about.nowMs,
  };
  return { kind: 'verified', use };
}

/** WebAuthn Level 3, 6.1.1: both zero means that the key does not count. */
export function isCounterNewer(stored: number, shown: number): boolean {
  return shown > stored || (shown === 0 && stored === 0);
}

/** No page of another site may hold ours in a frame, so an answer that was given in one is not for us. */
function assertNotFramed(clientDataJSON: string): void {
  const clientData: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString());
  if (Object(clientData).crossOrigin === true) throw new Error('the answer was given in a frame of another origin');
}
