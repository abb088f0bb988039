/** Rules of `totp`, `webauthn` and `duo_api`. */
import { error, type Finding, type Path, warning } from '../problem.ts';
import type { Stated } from '../schema/configuration.ts';

export function checkFactors(stated: Stated): Finding[] {
  return [...checkTotp(stated), ...checkWebauthn(stated), ...checkDuo(stated)];
}

const periodSecondsMin = 15;
const secretBytesMin = 20;

function checkTotp({ totp }: Stated): Finding[] {
  const findings: Finding[] = [];
  const digits = (path: Path, value: number): void => {
    if (value !== 6 && value !== 8)
      findings.push(error(path, `Codes of ${value} digits do not exist.`, "Use '6' or '8'."));
  };
  const period = (path: Path, value: number): void => {
    if (value < periodSecondsMin)
      findings.push(
        error(path, `A code cannot change every ${value} seconds.`, `Use at least ${periodSecondsMin}; 30 is usual.`),
      );
  };
  digits(['totp', 'digits'], totp.digits);
  period(['totp', 'period'], totp.period);
  for (const [index, value] of totp.allowed_digits.entries()) digits(['totp', 'allowed_digits', index], value);
  for (const [index, value] of totp.allowed_periods.entries()) period(['totp', 'allowed_periods', index], value);
  if (totp.skew < 0)
    findings.push(
      error(['totp', 'skew'], 'The number of steps is negative.', "Use '1'; 0 accepts the current code alone."),
    );
  if (totp.secret_size < secretBytesMin)
    findings.push(
      error(
        ['totp', 'secret_size'],
        `A secret of ${totp.secret_size} bytes is too short.`,
        `Use at least ${secretBytesMin}; 32 is the default.`,
      ),
    );
  return findings;
}

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

function checkWebauthn({ webauthn }: Stated): Finding[] {
  const findings: Finding[] = [];
  const { filtering, selection_criteria: criteria } = webauthn;
  if (webauthn.enable_passkey_login && webauthn.disable)
    findings.push(
      error(
        ['webauthn', 'enable_passkey_login'],
        "Passkeys cannot be used while 'webauthn.disable' is true.",
        'Change one of the two.',
      ),
    );
  for (const key of ['experimental_enable_passkey_uv_two_factors', 'experimental_enable_passkey_upgrade'] as const)
    if (webauthn[key] && !webauthn.enable_passkey_login)
      findings.push(
        error(['webauthn', key], 'This needs passkey login.', "Set 'webauthn.enable_passkey_login' to true."),
      );
  if (filtering.permitted_aaguids.length > 0 && filtering.prohibited_aaguids.length > 0)
    findings.push(
      error(
        ['webauthn', 'filtering'],
        'Permitted and prohibited models are both listed.',
        'Keep one of the two lists.',
      ),
    );
  for (const key of ['permitted_aaguids', 'prohibited_aaguids'] as const)
    for (const [index, id] of filtering[key].entries())
      if (!uuid.test(id))
        findings.push(
          error(
            ['webauthn', 'filtering', key, index],
            `'${id}' is not an AAGUID.`,
            'Write a UUID such as 08987058-cadc-4b81-b6e1-30de50dcbe96.',
          ),
        );
  if (webauthn.enable_passkey_login && criteria.discoverability === 'discouraged')
    findings.push(
      warning(
        ['webauthn', 'selection_criteria', 'discoverability'],
        'Passkey login needs what is discouraged here.',
        "Use 'preferred' or 'required'.",
      ),
    );
  return [...findings, ...checkMetadata(webauthn)];
}

/** FIDO Metadata Service 3.1, section 3.1.4. */
const statuses: readonly string[] = [
  ...['NOT_FIDO_CERTIFIED', 'FIDO_CERTIFIED', 'USER_VERIFICATION_BYPASS', 'ATTESTATION_KEY_COMPROMISE'],
  ...['USER_KEY_REMOTE_COMPROMISE', 'USER_KEY_PHYSICAL_COMPROMISE', 'UPDATE_AVAILABLE', 'RETIRED', 'REVOKED'],
  ...['SELF_ASSERTION_SUBMITTED', 'FIDO_CERTIFIED_L1', 'FIDO_CERTIFIED_L1plus', 'FIDO_CERTIFIED_L2'],
  ...['FIDO_CERTIFIED_L2plus', 'FIDO_CERTIFIED_L3', 'FIDO_CERTIFIED_L3plus'],
];

/** What is written and cannot hold is said: a rule of makers that lets everybody through would be worse than none. */
function checkMetadata({ metadata, attestation_conveyance_preference: conveyance }: Stated['webauthn']): Finding[] {
  const at = (key: string, ...rest: number[]): Path => ['webauthn', 'metadata', key, ...rest];
  const findings: Finding[] = [];
  const { protocol, hostname } = metadata.url;
  if (protocol !== 'https:' && hostname !== 'localhost' && !hostname.endsWith('.localhost'))
    findings.push(error(at('url'), `The scheme '${protocol}' is not encrypted.`, 'Use an https URL.'));
  if (!metadata.enabled) return findings;
  const validates = metadata.validate_trust_anchor || metadata.validate_entry || metadata.validate_status;
  if (!validates)
    findings.push(
      warning(
        at('enabled'),
        'The metadata is fetched and decides nothing: no rule that uses it is on.',
        "Write 'validate_trust_anchor', 'validate_entry' and 'validate_status', each true.",
      ),
    );
  if (validates && conveyance === 'none')
    findings.push(
      warning(
        ['webauthn', 'attestation_conveyance_preference'],
        'Browsers are told to leave out what the rules of the metadata look at, so hardly any key can be added.',
        "Use 'direct'.",
      ),
    );
  const lists = ['validate_status_permitted', 'validate_status_prohibited'] as const;
  if (metadata.validate_status && lists.every((key) => metadata[key].length === 0))
    findings.push(
      warning(
        at('validate_status'),
        'Every status is let in: neither list names one.',
        "Write 'validate_status_prohibited', with 'REVOKED' and the others that end in COMPROMISE or BYPASS.",
      ),
    );
  for (const key of lists)
    for (const [index, status] of metadata[key].entries())
      if (!statuses.includes(status))
        findings.push(
          warning(
            at(key, index),
            `'${status}' is no status of the metadata service.`,
            `Known are: ${statuses.join(', ')}.`,
          ),
        );
  return findings;
}

const duoKeys = ['hostname', 'integration_key', 'secret_key'] as const;

function checkDuo({ duo_api: duo }: Stated): Finding[] {
  if (duo.disable || duoKeys.every((key) => duo[key] === '')) return [];
  return duoKeys.flatMap((key) =>
    duo[key] === ''
      ? [error(['duo_api', key], 'The key is missing, while other keys of Duo are set.', 'Set all three, or none.')]
      : [],
  );
}
