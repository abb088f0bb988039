/** Rules of `dynamic_client_registration`: what applications that register themselves may be has to exist. */
import { error, type Finding, warning } from '../problem.ts';
import type { StatedOidc } from '../schema/configuration.ts';
import { includes, standardScopes } from '../values/attributes.ts';
import { bearerScope } from './oidc-client-question.ts';

const root = ['identity_providers', 'oidc', 'dynamic_client_registration'];
const clientsMax = 10_000;

export function checkRegistration({
  dynamic_client_registration: registration,
  authorization_policies: policies,
  scopes,
}: StatedOidc): Finding[] {
  const findings: Finding[] = [];
  const { authorization_policy: policy, clients_max: max } = registration;
  const known = ['one_factor', 'two_factor', ...Object.keys(policies)];
  if (!known.includes(policy))
    findings.push(
      error([...root, 'authorization_policy'], `'${policy}' is not defined.`, `Use one of: ${known.join(', ')}.`),
    );
  for (const [index, scope] of registration.scopes.entries())
    if ((!includes(standardScopes, scope) && !Object.hasOwn(scopes, scope)) || scope === bearerScope)
      findings.push(
        error(
          [...root, 'scopes', index],
          `'${scope}' is no scope that an application may give itself.`,
          "Define it under 'identity_providers.oidc.scopes', or remove it.",
        ),
      );
  if (max < 1 || max > clientsMax)
    findings.push(
      error([...root, 'clients_max'], `${max} is out of range.`, `Write a number from 1 to ${clientsMax}.`),
    );
  if (registration.enabled && !registration.require_initial_access_token)
    findings.push(
      warning(
        [...root, 'require_initial_access_token'],
        'Anybody who reaches this server may register an application.',
        "Leave the key out, and make tokens with 'gatehouse storage oidc initial-access-tokens generate'.",
      ),
    );
  return findings;
}
