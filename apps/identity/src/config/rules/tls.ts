/** Rules of a TLS block of a client, wherever it stands. */
import { error, type Finding, type Path } from '../problem.ts';
import type { Stated } from '../schema/configuration.ts';
import { chainBelongsTo, chainExpiry } from '../values/pem.ts';
import type { RuleContext } from './context.ts';

export type StatedTls = NonNullable<NonNullable<Stated['session']['redis']>['tls']>;

export function checkTls(tls: StatedTls | undefined, path: Path, { nowMs }: RuleContext): Finding[] {
  if (!tls) return [];
  const findings: Finding[] = [];
  for (const bound of ['minimum_version', 'maximum_version'] as const)
    if (tls[bound] === 'SSL3.0')
      findings.push(error([...path, bound], 'SSL 3.0 is broken and not offered.', "Use 'TLS1.2' or 'TLS1.3'."));
  if (tls.minimum_version !== 'SSL3.0' && tls.minimum_version > tls.maximum_version && tls.maximum_version !== 'SSL3.0')
    findings.push(
      error(
        [...path, 'minimum_version'],
        'The minimum version is above the maximum version.',
        'Raise maximum_version or lower this one.',
      ),
    );
  if (Boolean(tls.private_key) !== Boolean(tls.certificate_chain)) {
    const missing = tls.private_key ? 'certificate_chain' : 'private_key';
    findings.push(
      error(path, `Only one of private_key and certificate_chain is set.`, `Add '${missing}', or remove the other.`),
    );
  }
  if (tls.private_key && tls.certificate_chain && !chainBelongsTo(tls.certificate_chain, tls.private_key.key))
    findings.push(
      error(
        [...path, 'certificate_chain'],
        'The first certificate is not for the private key.',
        'Put the leaf of this key first.',
      ),
    );
  const expiry = tls.certificate_chain && chainExpiry(tls.certificate_chain, nowMs);
  if (expiry)
    findings.push(
      error([...path, 'certificate_chain'], `The chain cannot be used: ${expiry}.`, 'Renew the certificate.'),
    );
  return findings;
}
