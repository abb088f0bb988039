/** Rules of `authentication_backend`, but for how passwords are hashed and for LDAP. */
import { error, type Finding } from '../problem.ts';
import type { Stated } from '../schema/configuration.ts';
import { includes, standardAttributes } from '../values/attributes.ts';
import type { RuleContext } from './context.ts';
import { checkFilePassword } from './file-password.ts';
import { checkLdap } from './ldap.ts';

const root = 'authentication_backend';

export function checkAuthenticationBackend(stated: Stated, context: RuleContext): Finding[] {
  const { file, ldap, password_reset: reset } = stated.authentication_backend;
  const findings: Finding[] = [];
  if (!file && !ldap) findings.push(error([root], 'No directory of people is chosen.', "Write 'file' or 'ldap' here."));
  if (file && ldap) findings.push(error([root], "Both 'file' and 'ldap' are chosen.", 'Keep one of them.'));
  const protocol = reset.custom_url?.protocol;
  if (protocol !== undefined && protocol !== 'http:' && protocol !== 'https:')
    findings.push(
      error([root, 'password_reset', 'custom_url'], `The scheme '${protocol}' is no web address.`, 'Use an https URL.'),
    );
  if (file) {
    if (file.path === '')
      findings.push(
        error(
          [root, 'file', 'path'],
          'The path of the users file is missing.',
          "Write one, such as '/config/users_database.yml'.",
        ),
      );
    for (const [name, attribute] of Object.entries(file.extra_attributes)) {
      const path = [root, 'file', 'extra_attributes', name];
      if (includes(standardAttributes, name))
        findings.push(error(path, `'${name}' is an attribute already.`, 'Choose another name.'));
      if (!attribute.value_type)
        findings.push(
          error([...path, 'value_type'], 'The type is missing.', "Write 'string', 'integer' or 'boolean'."),
        );
    }
    findings.push(...checkFilePassword(file.password));
  }
  if (ldap) findings.push(...checkLdap(ldap, !reset.disable, context));
  return findings;
}
