/**
 * Looks at a key that is here already as if it were to be added now: does what it said of itself still verify, and would the
 * rules of today let it in? It changes nothing: what is to be done about it the administrator decides.
 */
import type { Metadata } from './metadata/metadata.ts';
import { isModelAllowed, shownBy } from './registration.ts';
import type { WebauthnOptions } from './webauthn.options.ts';
import type { SecurityKey } from './webauthn.store.ts';

export type KeyAudit = {
  /** `missing`: nothing was kept, as of keys from an early Authelia. */
  readonly statement: 'verified' | 'broken' | 'missing';
  readonly model: 'allowed' | 'prohibited';
  readonly backup: 'allowed' | 'prohibited';
  /** `not asked`: the configuration asks about no makers, or there is no statement to ask with. */
  readonly maker: Awaited<ReturnType<Metadata['judge']>> | 'not asked';
};

export async function auditKey(
  key: SecurityKey,
  options: Pick<WebauthnOptions, 'permittedModels' | 'prohibitedModels' | 'prohibitBackupEligible'>,
  metadata: Pick<Metadata, 'judge'> | undefined,
): Promise<KeyAudit> {
  const verified = await verifyAgain(key);
  const aaguid = key.aaguid ?? '00000000-0000-0000-0000-000000000000';
  return {
    statement: typeof verified === 'string' ? verified : 'verified',
    model: isModelAllowed(aaguid, options) ? 'allowed' : 'prohibited',
    backup: key.backupEligible && options.prohibitBackupEligible ? 'prohibited' : 'allowed',
    maker: metadata && typeof verified !== 'string' ? await metadata.judge(await shownBy(verified)) : 'not asked',
  };
}

export function isFine({ statement, model, backup, maker }: KeyAudit): boolean {
  return (
    statement === 'verified' &&
    model === 'allowed' &&
    backup === 'allowed' &&
    (maker === 'accepted' || maker === 'not asked')
  );
}

/** The statement was made for a challenge and an origin of its time, which are not known any more. */
async function verifyAgain(key: SecurityKey) {
  const kept = keptOf(key.attestation);
  if (!kept) return 'missing';
  try {
    const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
    const { origin } = JSON.parse(Buffer.from(kept.clientDataJSON, 'base64url').toString());
    const { verified, registrationInfo: info } = await verifyRegistrationResponse({
      response: {
        ...{ id: key.credentialId, rawId: key.credentialId, type: 'public-key', response: kept },
        clientExtensionResults: {},
      },
      expectedChallenge: () => true,
      expectedOrigin: origin,
      expectedRPID: key.rpId,
      requireUserVerification: false,
    });
    return verified && info && Buffer.from(info.credential.publicKey).equals(key.publicKey) ? info : 'broken';
  } catch {
    return 'broken';
  }
}

/** Two members of the JSON that Authelia keeps, in base64url. */
function keptOf(attestation: Uint8Array): { clientDataJSON: string; attestationObject: string } | undefined {
  if (attestation.length === 0) return undefined;
  try {
    const { clientDataJSON, object } = JSON.parse(Buffer.from(attestation).toString());
    const [said, statement] = [clientDataJSON, object].map((each) => Buffer.from(each, 'base64').toString('base64url'));
    return said && statement ? { clientDataJSON: said, attestationObject: statement } : undefined;
  } catch {
    return undefined;
  }
}
