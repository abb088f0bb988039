/**
 * Which algorithms answers to clients and their requests may have, as the engine takes and publishes them: those of the keys that sign now, and
 * those of a secret where a client keeps one that keys can be made of.
 */
import {
  asymmetricEncryptionAlgs,
  contentEncryptions,
  symmetricEncryptionAlgs,
  symmetricSigningAlgs,
} from '../../config/values/algorithms.ts';
import { plaintextSecret } from '../clients/client-keys.ts';
import { requestObjectAlgs } from '../clients/request-objects.ts';
import type { ClientOptions } from '../options.ts';
import type { SigningKey } from './keys.ts';
import { isKnownToEngine } from './response-encryption.ts';

export function responseAlgs(
  keys: readonly SigningKey[],
  clients: Iterable<{ readonly options: ClientOptions }>,
): Record<string, string[]> {
  const hasSecrets = [...clients].some(({ options }) => plaintextSecret(options) !== undefined);
  const signing = keys.filter((key) => key.phase === 'in use').map((key) => key.alg);
  const symmetric = hasSecrets
    ? { signing: symmetricSigningAlgs, encryption: symmetricEncryptionAlgs }
    : { signing: [], encryption: [] };
  const responses = Object.fromEntries(
    ['idToken', 'userinfo', 'introspection', 'authorization'].flatMap((response) => [
      [`${response}SigningAlgValues`, [...new Set(signing), ...symmetric.signing]],
      [
        `${response}EncryptionAlgValues`,
        [...asymmetricEncryptionAlgs, ...symmetric.encryption].filter(isKnownToEngine),
      ],
      [`${response}EncryptionEncValues`, [...contentEncryptions]],
    ]),
  );
  return { ...responses, ...requestObjectAlgs(symmetric) };
}
