/** `authentication_backend`: who knows the people. The file's password section has a file of its own. */
import { parseRefreshInterval } from '../values/duration.ts';
import { passwordHashing } from './file-password.ts';
import {
  address,
  duration,
  durationOr,
  flag,
  named,
  oneOf,
  parsed,
  section,
  text,
  url,
  whole,
  wholeOr,
} from './kit.ts';
import { tls } from './tls.ts';

const valueType = () => oneOf('string', 'integer', 'boolean').optional();

const file = section({
  path: text().prefault(''),
  watch: flag(),
  search: section({ email: flag(), case_insensitive: flag() }).prefault({}),
  extra_attributes: named(section({ value_type: valueType(), multi_valued: flag() })).prefault({}),
  password: passwordHashing,
});

const attribute = () => text().optional();

/** Undefined where the defaults depend on `implementation`: see `complete/ldap.ts`. */
const ldap = section({
  address: address({ schemes: ['ldap', 'ldaps', 'ldapi'], defaultScheme: 'ldaps' }).optional(),
  implementation: oneOf('custom', 'activedirectory', 'rfc2307bis', 'freeipa', 'lldap', 'glauth').prefault('custom'),
  timeout: duration().optional(),
  start_tls: flag(),
  tls: tls().prefault({}),
  pooling: section({
    enable: flag(),
    count: wholeOr(5),
    retries: whole().prefault(2),
    timeout: durationOr(10),
  }).prefault({}),
  base_dn: text().prefault(''),
  additional_users_dn: text().optional(),
  additional_groups_dn: text().optional(),
  users_filter: text().optional(),
  groups_filter: text().optional(),
  group_search_mode: oneOf('filter', 'memberof').prefault('filter'),
  attributes: section({
    distinguished_name: attribute(),
    username: attribute(),
    display_name: attribute(),
    family_name: attribute(),
    given_name: attribute(),
    middle_name: attribute(),
    nickname: attribute(),
    gender: attribute(),
    birthdate: attribute(),
    website: attribute(),
    profile: attribute(),
    picture: attribute(),
    zoneinfo: attribute(),
    locale: attribute(),
    phone_number: attribute(),
    phone_extension: attribute(),
    street_address: attribute(),
    locality: attribute(),
    region: attribute(),
    postal_code: attribute(),
    country: attribute(),
    mail: attribute(),
    member_of: attribute(),
    group_name: attribute(),
    extra: named(section({ name: text().prefault(''), value_type: valueType(), multi_valued: flag() })).prefault({}),
  }).prefault({}),
  permit_referrals: flag(),
  permit_unauthenticated_bind: flag(),
  user: text().prefault(''),
  password: text().prefault(''),
});

export const authenticationBackend = section({
  /** Seconds, or a word. Undefined when left out: the default depends on `file.watch`. */
  refresh_interval: parsed('a duration', parseRefreshInterval).optional(),
  password_reset: section({ disable: flag(), custom_url: url().optional() }).prefault({}),
  password_change: section({ disable: flag() }).prefault({}),
  file: file.optional(),
  ldap: ldap.optional(),
});
