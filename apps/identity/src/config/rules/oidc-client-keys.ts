/** Rules of a client's own public keys. */
import { error, type Finding } from '../problem.ts';
import { chainBelongsTo, chainExpiry } from '../values/pem.ts';
import type { ClientQuestion } from './oidc-client-question.ts';

export function checkClientKeys({ stated, nowMs }: ClientQuestion): Finding[] {
  return stated.jwks.flatMap((entry, index) => {
    const path = ['jwks', index];
    const findings: Finding[] = [];
    const { certificate_chain: chain, key } = entry;
    if (entry.key_id === '')
      findings.push(
        error([...path, 'key_id'], 'The id of the key is missing.', "Write 'key_id' as the client sends it."),
      );
    if (!key)
      findings.push(error([...path, 'key'], 'The public key is missing.', "Write a PEM block 'BEGIN PUBLIC KEY'."));
    if (chain && key && !chainBelongsTo(chain, key.key))
      findings.push(
        error(
          [...path, 'certificate_chain'],
          'The first certificate is not for this key.',
          'Put the leaf of this key first.',
        ),
      );
    const expiry = chain && chainExpiry(chain, nowMs);
    if (expiry)
      findings.push(
        error([...path, 'certificate_chain'], `The chain cannot be used: ${expiry}.`, 'Renew the certificate.'),
      );
    return findings;
  });
}
