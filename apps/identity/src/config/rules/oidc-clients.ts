/** Rules of `identity_providers.oidc.clients[]` that look at one client or at all of them; its parts have files of their own. */
import { completeClient } from '../complete/client.ts';
import { completeSigningKeys } from '../complete/signing-keys.ts';
import { error, type Finding, type Path } from '../problem.ts';
import type { StatedClient, StatedOidc } from '../schema/configuration.ts';
import { nearest } from '../values/choice.ts';
import type { RuleContext } from './context.ts';
import { checkClientAlgorithms } from './oidc-client-algorithms.ts';
import { checkClientAuthentication } from './oidc-client-authentication.ts';
import { checkBearerClient } from './oidc-client-bearer.ts';
import { checkClientGrants } from './oidc-client-grants.ts';
import { checkClientKeys } from './oidc-client-keys.ts';
import type { ClientQuestion, ClientRule } from './oidc-client-question.ts';
import { checkClientUris } from './oidc-client-uris.ts';

const rules: readonly ClientRule[] = [
  checkIdentity,
  checkReferences,
  checkClientUris,
  checkClientGrants,
  checkClientAuthentication,
  checkClientAlgorithms,
  checkClientKeys,
  checkBearerClient,
];

export function checkClients(oidc: StatedOidc, { nowMs }: RuleContext): Finding[] {
  const path = ['identity_providers', 'oidc', 'clients'];
  const keys = completeSigningKeys(oidc);
  const findings = oidc.clients.flatMap((stated, index) => {
    const question = { stated, client: completeClient(stated, keys), oidc, keys, nowMs };
    return rules.flatMap((rule) => rule(question)).map((each) => ({ ...each, path: [...path, index, ...each.path] }));
  });
  return [...findings, ...checkDuplicates(oidc.clients, path)];
}

function checkDuplicates(clients: readonly StatedClient[], path: Path): Finding[] {
  return clients.flatMap(({ client_id: id }, index) =>
    id !== '' && clients.findIndex((each) => each.client_id === id) !== index
      ? [
          error(
            [...path, index, 'client_id'],
            `Another client has the id '${id}'.`,
            'Give each client an id of its own.',
          ),
        ]
      : [],
  );
}

const idCharactersMax = 100;

function checkIdentity({ stated: { client_id: id } }: ClientQuestion): Finding[] {
  const path = ['client_id'];
  if (id === '') return [error(path, 'The id is missing.', "Write 'client_id'.")];
  if (id.length > idCharactersMax)
    return [error(path, `The id is longer than ${idCharactersMax} characters.`, 'Shorten it.')];
  return /^[A-Za-z0-9._~-]+$/.test(id)
    ? []
    : [
        error(
          path,
          'The id has characters that would have to be escaped in URLs.',
          'Use letters, digits and . _ ~ - alone.',
        ),
      ];
}

function checkReferences({ stated, client, oidc }: ClientQuestion): Finding[] {
  const findings: Finding[] = [];
  const unknown = (key: string, name: string, known: readonly string[], where: string): void => {
    const near = nearest(name, known);
    const cure = near
      ? `Did you mean '${near}'?`
      : `Define it under '${where}', or use one of: ${known.join(', ') || 'none yet'}.`;
    findings.push(error([key], `'${name}' is not defined.`, cure));
  };
  const policies = ['one_factor', 'two_factor', ...Object.keys(oidc.authorization_policies)];
  const policy = client.authorization_policy;
  if (!policies.includes(policy))
    unknown('authorization_policy', policy, policies, 'identity_providers.oidc.authorization_policies');
  else if (client.grant_types.includes('client_credentials') && policy !== 'one_factor')
    findings.push(
      error(
        ['authorization_policy'],
        `'${policy}' asks a person, and the grant client_credentials has none.`,
        "Use 'one_factor', or remove the key.",
      ),
    );
  const lifespans = Object.keys(oidc.lifespans.custom);
  if (stated.lifespan !== '' && !lifespans.includes(stated.lifespan))
    unknown('lifespan', stated.lifespan, lifespans, 'identity_providers.oidc.lifespans.custom');
  const claims = Object.keys(oidc.claims_policies);
  if (stated.claims_policy !== '' && !claims.includes(stated.claims_policy))
    unknown('claims_policy', stated.claims_policy, claims, 'identity_providers.oidc.claims_policies');
  return findings;
}
