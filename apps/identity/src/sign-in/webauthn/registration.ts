/**
 * Is this a new key, made for this portal, that the configuration lets in? The attestation statement is verified whatever its
 * format; whether it comes from a maker who is known, the metadata is asked. It stores nothing.
 */
import { algorithms, type Portal } from './browser-options.ts';
import type { Metadata } from './metadata/metadata.ts';
import type { Shown } from './metadata/rules.ts';
import type { RegistrationAnswer } from './response.ts';
import type { WebauthnOptions } from './webauthn.options.ts';
import type { SecurityKey } from './webauthn.store.ts';

/** What registration shows of a key; the rest of it the room knows. */
export type NewKey = Omit<
  SecurityKey,
  'id' | 'rpId' | 'username' | 'name' | 'userHandle' | 'createdAtMs' | 'lastUsedAtMs' | 'cloneWarning' | 'legacy'
>;

export type RegistrationVerdict =
  | { readonly kind: 'verified'; readonly key: NewKey }
  /** `cause` is for the log. */
  | { readonly kind: 'refused'; readonly cause: unknown }
  | { readonly kind: 'not-allowed'; readonly rule: 'model' | 'backup' | 'maker' }
  /** Whether the maker is known cannot be found out now. */
  | { readonly kind: 'unavailable' };

export async function verifyRegistration(
  answer: RegistrationAnswer,
  about: {
    readonly challenge: string;
    readonly portal: Portal;
    readonly options: WebauthnOptions;
    readonly metadata: Pick<Metadata, 'judge'> | undefined;
  },
): Promise<RegistrationVerdict> {
  const { options, portal } = about;
  // Loaded with the first key: its readers of certificates weigh more than the rest of the house.
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  let verified: Awaited<ReturnType<typeof verifyRegistrationResponse>>;
  try {
    verified = await verifyRegistrationResponse({
      response: {
        id: answer.id,
        rawId: answer.rawId,
        type: answer.type,
        response: {
          clientDataJSON: answer.response.clientDataJSON,
          attestationObject: answer.response.attestationObject,
        },
        clientExtensionResults: {},
      },
      expectedChallenge: about.challenge,
      expectedOrigin: portal.origin,
      expectedRPID: portal.rpId,
      requireUserVerification: options.userVerification === 'required',
      supportedAlgorithmIDs: [...algorithms],
    });
  } catch (cause) {
    return { kind: 'refused', cause };
  }
  if (!verified.verified) return { kind: 'refused', cause: new Error('the attestation statement does not verify') };
  const { registrationInfo: info } = verified;
  if (info.credential.id !== answer.id)
    return { kind: 'refused', cause: new Error('the answer names another credential than it holds') };
  const isSynced = info.credentialDeviceType === 'multiDevice';
  if (isSynced && options.prohibitBackupEligible) return { kind: 'not-allowed', rule: 'backup' };
  if (!isModelAllowed(info.aaguid, options)) return { kind: 'not-allowed', rule: 'model' };
  const shown = await shownBy(info);
  const maker = await about.metadata?.judge(shown);
  if (maker === 'unavailable') return { kind: 'unavailable' };
  if (maker !== undefined && maker !== 'accepted') return { kind: 'not-allowed', rule: 'maker' };
  const key: NewKey = {
    credentialId: info.credential.id,
    aaguid: info.aaguid,
    attestationType: shown.type,
    attestationFormat: info.fmt,
    attachment: answer.authenticatorAttachment ?? '',
    transports: answer.response.transports,
    signCount: info.credential.counter,
    discoverable: answer.clientExtensionResults.credProps?.rk ?? options.discoverability === 'required',
    userPresent: true,
    userVerified: info.userVerified,
    backupEligible: isSynced,
    backupState: info.credentialBackedUp,
    publicKey: info.credential.publicKey,
    attestation: attestationOf(answer),
  };
  return { kind: 'verified', key };
}

export function isModelAllowed(
  aaguid: string,
  { permittedModels, prohibitedModels }: Pick<WebauthnOptions, 'permittedModels' | 'prohibitedModels'>,
): boolean {
  if (permittedModels.length > 0) return permittedModels.includes(aaguid);
  return !prohibitedModels.includes(aaguid);
}

/** What a verified statement says of the maker. */
export async function shownBy(info: {
  readonly aaguid: string;
  readonly fmt: string;
  readonly attestationObject: Uint8Array<ArrayBuffer>;
}): Promise<Shown> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers');
  const statement = decodeAttestationObject(info.attestationObject).get('attStmt');
  const certificates = statement.get('x5c') ?? [];
  return {
    aaguid: info.aaguid.toLowerCase(),
    format: info.fmt,
    type: attestationTypeOf(info.fmt, certificates.length > 0),
    certificates,
  };
}

/** In the words of FIDO's registry: packed and U2F statements without certificates are signed by the key itself. */
function attestationTypeOf(format: string, isCertified: boolean): string {
  if (format === 'none') return 'none';
  if (format === 'tpm') return 'attca';
  if (format === 'apple') return 'anonca';
  return isCertified ? 'basic_full' : 'basic_surrogate';
}

/** What was answered, kept so that an administrator can verify it again: two parts of the members that Authelia keeps. */
function attestationOf({ response }: RegistrationAnswer): Uint8Array<ArrayBuffer> {
  const kept = { clientDataJSON: plain(response.clientDataJSON), object: plain(response.attestationObject) };
  return new Uint8Array(Buffer.from(JSON.stringify(kept)));
}

/** base64url to base64, which is how Go writes bytes in JSON. */
function plain(base64url: string): string {
  return Buffer.from(base64url, 'base64url').toString('base64');
}
