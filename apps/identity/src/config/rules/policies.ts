/** Rules of `password_policy`, `privacy_policy`, `regulation`, `identity_validation` and `ntp`. */
import { error, type Finding } from '../problem.ts';
import type { Stated } from '../schema/configuration.ts';

export function checkPolicies(stated: Stated): Finding[] {
  return [
    ...checkPasswordPolicy(stated),
    ...checkPrivacyPolicy(stated),
    ...checkRegulation(stated),
    ...checkIdentityValidation(stated),
    ...checkNtp(stated),
  ];
}

function checkPasswordPolicy({ password_policy: { standard, zxcvbn } }: Stated): Finding[] {
  const findings: Finding[] = [];
  if (standard.enabled && zxcvbn.enabled)
    findings.push(
      error(['password_policy'], 'Two password policies are enabled.', "Enable 'standard' or 'zxcvbn', not both."),
    );
  if (standard.enabled && standard.min_length <= 0)
    findings.push(
      error(['password_policy', 'standard', 'min_length'], 'The length is not positive.', "Use '8' or more."),
    );
  if (standard.enabled && standard.max_length > 0 && standard.max_length < standard.min_length)
    findings.push(
      error(
        ['password_policy', 'standard', 'max_length'],
        'The maximum is below the minimum.',
        'Raise it, or use 0 for no limit.',
      ),
    );
  if (zxcvbn.enabled && (zxcvbn.min_score < 1 || zxcvbn.min_score > 4))
    findings.push(
      error(['password_policy', 'zxcvbn', 'min_score'], `There is no score ${zxcvbn.min_score}.`, "Use '1' to '4'."),
    );
  return findings;
}

function checkPrivacyPolicy({ privacy_policy: privacy }: Stated): Finding[] {
  if (!privacy.enabled) return [];
  const path = ['privacy_policy', 'policy_url'];
  if (!privacy.policy_url) return [error(path, 'The address of the policy is missing.', 'Set it to an https URL.')];
  return privacy.policy_url.protocol === 'https:'
    ? []
    : [error(path, 'The address is not https.', 'Use an https URL.')];
}

function checkRegulation({ regulation }: Stated): Finding[] {
  const findings: Finding[] = [];
  if (regulation.find_time > regulation.ban_time)
    findings.push(
      error(
        ['regulation', 'find_time'],
        'find_time is longer than ban_time.',
        'Shorten find_time or lengthen ban_time.',
      ),
    );
  if (regulation.max_retries < 0)
    findings.push(error(['regulation', 'max_retries'], 'The number is negative.', 'Use 0 to switch regulation off.'));
  return findings;
}

const charactersMax = 20;

function checkIdentityValidation(stated: Stated): Finding[] {
  const { reset_password: reset, elevated_session: elevated } = stated.identity_validation;
  const { password_reset: backend } = stated.authentication_backend;
  const findings: Finding[] = [];
  if (reset.jwt_secret === '' && !backend.disable && !backend.custom_url)
    findings.push(
      error(
        ['identity_validation', 'reset_password', 'jwt_secret'],
        'The secret is missing, and people may reset their password.',
        "Set it to a long random text ('gatehouse crypto rand --length 64'), or set 'authentication_backend.password_reset.disable' to true.",
      ),
    );
  if (elevated.characters > charactersMax || elevated.characters < 0)
    findings.push(
      error(
        ['identity_validation', 'elevated_session', 'characters'],
        `A code of ${elevated.characters} characters is not possible.`,
        `Use up to ${charactersMax}; 8 is the default.`,
      ),
    );
  return findings;
}

function checkNtp({ ntp }: Stated): Finding[] {
  return ntp.version === 3 || ntp.version === 4
    ? []
    : [error(['ntp', 'version'], `There is no version ${ntp.version} here.`, "Use '3' or '4'.")];
}
