/** Rules of `authentication_backend.ldap`, asked of it with the defaults of its implementation in place. */
import { completeLdap } from '../complete/ldap.ts';
import { error, type Finding } from '../problem.ts';
import type { StatedLdap } from '../schema/configuration.ts';
import { includes, standardAttributes } from '../values/attributes.ts';
import type { RuleContext } from './context.ts';
import { checkTls } from './tls.ts';

const root = ['authentication_backend', 'ldap'];

export function checkLdap(stated: StatedLdap, mayResetPassword: boolean, context: RuleContext): Finding[] {
  const ldap = completeLdap(stated);
  const findings = checkTls(stated.tls, [...root, 'tls'], context);
  const refuse = (key: string, message: string, cure: string): void => {
    findings.push(error([...root, ...key.split('.')], message, cure));
  };
  if (!ldap.address) refuse('address', 'The LDAP server is missing.', "Write it, such as 'ldaps://ldap.example.com'.");
  if (ldap.base_dn === '') refuse('base_dn', 'The base is missing.', "Write it, such as 'DC=example,DC=com'.");

  checkFilter('users_filter', ldap.users_filter, refuse);
  if (ldap.users_filter !== '') {
    for (const placeholder of ['{username_attribute}', '{input}'])
      if (!ldap.users_filter.includes(placeholder))
        refuse(
          'users_filter',
          `The filter does not hold ${placeholder}.`,
          'Begin with ({username_attribute}={input}).',
        );
    if (ldap.users_filter.includes('{0}')) refuse('users_filter', '{0} is no placeholder any more.', 'Write {input}.');
  }
  checkFilter('groups_filter', ldap.groups_filter, refuse);
  if (ldap.groups_filter.includes('{0}')) refuse('groups_filter', '{0} is no placeholder any more.', 'Write {dn}.');
  if (ldap.groups_filter.includes('{1}'))
    refuse('groups_filter', '{1} is no placeholder any more.', 'Write {username}.');
  if (ldap.group_search_mode === 'memberof') {
    if (!/\{memberof:(rdn|dn)\}/.test(ldap.groups_filter))
      refuse(
        'groups_filter',
        "The search mode 'memberof' needs {memberof:rdn} or {memberof:dn} in the filter.",
        'Add one, or use the mode filter.',
      );
    if (!ldap.attributes.member_of)
      refuse(
        'attributes.member_of',
        "The search mode 'memberof' needs this attribute.",
        "Write it, such as 'memberOf'.",
      );
    if (ldap.groups_filter.includes('{memberof:dn}') && !ldap.attributes.distinguished_name)
      refuse(
        'attributes.distinguished_name',
        '{memberof:dn} needs this attribute.',
        "Write it, such as 'distinguishedName'.",
      );
  }

  if (ldap.permit_unauthenticated_bind) {
    if (ldap.password !== '')
      refuse('permit_unauthenticated_bind', 'An unauthenticated bind has no password.', 'Remove one of the two.');
    if (mayResetPassword)
      refuse(
        'permit_unauthenticated_bind',
        'Passwords cannot be reset over an unauthenticated bind.',
        "Set 'authentication_backend.password_reset.disable' to true.",
      );
  } else {
    if (ldap.user === '') refuse('user', 'The account to search with is missing.', 'Write its distinguished name.');
    if (ldap.password === '')
      refuse(
        'password',
        'The password of the account to search with is missing.',
        'Set it, best through a _FILE variable.',
      );
  }
  for (const [key, attribute] of Object.entries(stated.attributes.extra)) {
    const name = attribute.name || key;
    if (includes(standardAttributes, name))
      refuse(`attributes.extra.${key}`, `'${name}' is an attribute already.`, 'Choose another name.');
    if (!attribute.value_type)
      refuse(`attributes.extra.${key}.value_type`, 'The type is missing.', "Write 'string', 'integer' or 'boolean'.");
  }
  return findings;
}

type Refuse = (key: string, message: string, cure: string) => void;

function checkFilter(key: 'users_filter' | 'groups_filter', filter: string, refuse: Refuse): void {
  if (filter === '')
    refuse(key, 'The filter is missing, and the implementation has none.', 'Write it, or choose an implementation.');
  else if (!filter.startsWith('(') || !filter.endsWith(')'))
    refuse(key, 'The filter has no parentheses around it.', `Write '(${filter.replace(/^\(|\)$/g, '')})'.`);
}
