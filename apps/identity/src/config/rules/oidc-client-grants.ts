/** Rules of what a client may ask for: scopes, grants, response types and modes, and PKCE. */
import { hasCode, hasToken } from '../complete/client.ts';
import { error, type Finding, warning } from '../problem.ts';
import { responseTypes, tokenExchangeGrant } from '../values/algorithms.ts';
import { includes, pamScope, standardClaims, standardScopes } from '../values/attributes.ts';
import { customClaimNames } from './oidc-claims.ts';
import { bearerScope, type ClientQuestion, repeated } from './oidc-client-question.ts';

const offlineScopes = ['offline_access', 'offline'];

export function checkClientGrants(question: ClientQuestion): Finding[] {
  return [
    ...checkScopes(question),
    ...checkGrantTypes(question),
    ...checkResponses(question),
    ...checkBinding(question),
  ];
}

function checkBinding({ stated, client }: ClientQuestion): Finding[] {
  const inFront = client.response_types.some((type) => type.split(' ').includes('token'));
  return stated.dpop_bound_access_tokens && inFront
    ? [
        error(
          ['dpop_bound_access_tokens'],
          'A token that comes through the browser cannot be bound to a key.',
          "Remove the response types with 'token', or this key.",
        ),
      ]
    : [];
}

function checkScopes({ stated, client, oidc }: ClientQuestion): Finding[] {
  const scopes = stated.scopes ?? [];
  const findings = repeated('scopes', scopes);
  const credentials = client.grant_types.includes('client_credentials');
  const policy = oidc.claims_policies[stated.claims_policy];
  const provided = policy ? customClaimNames(policy) : [];
  for (const [index, scope] of scopes.entries()) {
    const path = ['scopes', index];
    if (credentials && (scope === 'openid' || offlineScopes.includes(scope)))
      findings.push(
        error(path, `'${scope}' is about a person, and the grant client_credentials has none.`, 'Remove it.'),
      );
    const custom = Object.hasOwn(oidc.scopes, scope) ? oidc.scopes[scope] : undefined;
    if (!custom && !includes(standardScopes, scope) && scope !== pamScope && !(credentials && scope !== bearerScope))
      findings.push(
        warning(
          path,
          `'${scope}' is not a scope that this provider knows.`,
          "Define it under 'identity_providers.oidc.scopes', or remove it.",
        ),
      );
    for (const claim of custom?.claims ?? [])
      if (!includes(standardClaims, claim) && !provided.includes(claim))
        findings.push(
          error(
            path,
            `The scope '${scope}' gives the claim '${claim}', which this client's claims policy does not provide.`,
            `Set 'claims_policy' to one that defines '${claim}'.`,
          ),
        );
    if (
      offlineScopes.includes(scope) &&
      !credentials &&
      client.response_types.length > 0 &&
      !client.response_types.some(hasCode)
    )
      findings.push(
        warning(path, `'${scope}' has no effect without a response type with a code.`, "Add 'code' to response_types."),
      );
  }
  return findings;
}

function checkGrantTypes({ stated, client }: ClientQuestion): Finding[] {
  const grants = stated.grant_types ?? [];
  const findings = repeated('grant_types', grants);
  const types = client.response_types;
  for (const [index, grant] of grants.entries()) {
    const path = ['grant_types', index];
    if ((grant === 'client_credentials' || grant === tokenExchangeGrant) && stated.public)
      findings.push(
        error(path, 'A public client has no credentials to show.', "Set 'public' to false, or remove the grant."),
      );
    if (grant === 'authorization_code' && !types.some(hasCode))
      findings.push(
        warning(
          path,
          "'authorization_code' has no effect without a response type with a code.",
          "Add 'code' to response_types.",
        ),
      );
    if (grant === 'implicit' && !types.some(hasToken))
      findings.push(warning(path, "'implicit' has no effect without a response type with a token.", 'Remove it.'));
    if (grant === 'refresh_token' && !client.scopes.some((scope) => offlineScopes.includes(scope)))
      findings.push(
        warning(
          path,
          "'refresh_token' has no effect without the scope 'offline_access'.",
          "Add 'offline_access' to scopes.",
        ),
      );
  }
  return findings;
}

function checkResponses({ stated, client }: ClientQuestion): Finding[] {
  const findings = [
    ...repeated('response_types', stated.response_types ?? []),
    ...repeated('response_modes', stated.response_modes ?? []),
  ];
  for (const [index, type] of (stated.response_types ?? []).entries())
    if (!includes(responseTypes, client.response_types[index] ?? type))
      findings.push(
        warning(
          ['response_types', index],
          `'${type}' is not a response type.`,
          `It takes ${responseTypes.map((each) => `'${each}'`).join(', ')}.`,
        ),
      );
  return findings;
}
