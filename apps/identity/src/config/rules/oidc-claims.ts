/** Rules of `identity_providers.oidc.claims_policies` and `.scopes`: which claims may be named where. */
import { completeLdap } from '../complete/ldap.ts';
import { error, type Finding, type Path } from '../problem.ts';
import type { Stated, StatedOidc } from '../schema/configuration.ts';
import {
  includes,
  pamScope,
  reservedClaims,
  standardAttributes,
  standardClaims,
  standardScopes,
} from '../values/attributes.ts';
import { nearest } from '../values/choice.ts';
import { extraAttributes } from './definitions.ts';

const root = ['identity_providers', 'oidc'];

export function checkClaimsPolicies(oidc: StatedOidc, stated: Stated): Finding[] {
  const attributes = knownAttributes(stated);
  return Object.entries(oidc.claims_policies).flatMap(([name, policy]) => {
    const path = [...root, 'claims_policies', name];
    const custom = customClaimNames(policy);
    const findings: Finding[] = [];
    for (const token of ['id_token', 'access_token'] as const)
      for (const [index, claim] of policy[token].entries())
        findings.push(...checkClaim(claim, custom, [...path, token, index]));
    for (const [key, claim] of Object.entries(policy.custom_claims)) {
      const here = [...path, 'custom_claims', key];
      const claimName = claim.name || key;
      const attribute = claim.attribute || key;
      if (includes(reservedClaims, claimName))
        findings.push(
          error(here, `'${claimName}' is a claim of the protocol and cannot be defined.`, 'Choose another name.'),
        );
      if (custom.indexOf(claimName) !== custom.lastIndexOf(claimName) && firstKeyOf(policy, claimName) !== key)
        findings.push(error(here, `The claim '${claimName}' is defined twice in this policy.`, 'Keep one of the two.'));
      if (!attributes.includes(attribute)) {
        const near = nearest(attribute, attributes);
        findings.push(
          error(
            claim.attribute ? [...here, 'attribute'] : here,
            `There is no attribute '${attribute}'.`,
            near
              ? `Did you mean '${near}'?`
              : "Declare it as an extra attribute of the directory or in 'definitions.user_attributes'.",
          ),
        );
      }
    }
    return findings;
  });
}

export function checkScopes(oidc: StatedOidc): Finding[] {
  const custom = Object.values(oidc.claims_policies).flatMap(customClaimNames);
  return Object.entries(oidc.scopes).flatMap(([name, scope]) => {
    const path = [...root, 'scopes', name];
    const findings: Finding[] = [];
    if (includes(standardScopes, name))
      findings.push(error(path, `'${name}' is a scope already.`, 'Choose another name.'));
    else if (name.startsWith('authelia.') && name !== pamScope)
      findings.push(error(path, "Names that begin with 'authelia.' are reserved.", 'Choose another name.'));
    for (const [index, claim] of scope.claims.entries())
      findings.push(...checkClaim(claim, custom, [...path, 'claims', index]));
    return findings;
  });
}

function checkClaim(claim: string, custom: readonly string[], path: Path): Finding[] {
  if (includes(standardClaims, claim) && claim !== 'updated_at') return [];
  if (includes(reservedClaims, claim))
    return [error(path, `'${claim}' is a claim of the protocol and cannot be given here.`, 'Remove it.')];
  if (custom.includes(claim)) return [];
  const near = nearest(claim, [...standardClaims, ...custom]);
  return [
    error(
      path,
      `There is no claim '${claim}'.`,
      near ? `Did you mean '${near}'?` : "Define it under 'custom_claims' of a claims policy.",
    ),
  ];
}

type Policy = StatedOidc['claims_policies'][string];

export function customClaimNames(policy: Policy): string[] {
  return Object.entries(policy.custom_claims).map(([key, claim]) => claim.name || key);
}

function firstKeyOf(policy: Policy, claimName: string): string | undefined {
  return Object.entries(policy.custom_claims).find(([key, claim]) => (claim.name || key) === claimName)?.[0];
}

/** Attributes of an LDAP directory count only where they are mapped; those of a users file always do. */
function knownAttributes(stated: Stated): string[] {
  const own = [...extraAttributes(stated), ...Object.keys(stated.definitions.user_attributes)];
  const { ldap } = stated.authentication_backend;
  if (!ldap) return [...standardAttributes, ...own];
  const mapped: Readonly<Record<string, unknown>> = completeLdap(ldap).attributes;
  return [...standardAttributes.filter((name) => !optionalInLdap.includes(name) || mapped[name]), ...own];
}

const optionalInLdap: readonly string[] = [
  'given_name',
  'middle_name',
  'family_name',
  'nickname',
  'profile',
  'picture',
  'website',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'phone_number',
  'phone_extension',
  'street_address',
  'locality',
  'region',
  'postal_code',
  'country',
];
