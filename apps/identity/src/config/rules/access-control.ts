/** Rules of `access_control`. */
import { namedNetworks } from '../complete/networks.ts';
import { error, type Finding, type Path, warning } from '../problem.ts';
import type { Stated } from '../schema/configuration.ts';
import { nearest } from '../values/choice.ts';
import { parseNetwork } from '../values/network.ts';
import { parsePattern } from '../values/regex.ts';

type StatedRule = Stated['access_control']['rules'][number];

export function checkAccessControl(stated: Stated): Finding[] {
  const { default_policy: policy, rules, networks } = stated.access_control;
  const findings: Finding[] = [];
  const path = ['access_control', 'default_policy'];
  if (rules.length === 0 && (policy === 'deny' || policy === 'bypass'))
    findings.push(
      error(
        path,
        `With the policy '${policy}' and no rules, ${policy === 'deny' ? 'nothing could be reached' : 'everything would be open'}.`,
        "Write rules, or use 'one_factor' or 'two_factor'.",
      ),
    );
  else if (rules.length === 0)
    findings.push(
      warning(
        path,
        `There are no rules, so '${policy}' holds for everything.`,
        "Write 'access_control.rules' to tell applications apart.",
      ),
    );
  for (const [index, network] of networks.entries())
    if (network.name === '')
      findings.push(
        error(
          ['access_control', 'networks', index, 'name'],
          'The network has no name.',
          "Name it, or use 'definitions.network'.",
        ),
      );
  for (const [index, rule] of rules.entries())
    findings.push(...checkRule(rule, ['access_control', 'rules', index], stated));
  return findings;
}

const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'TRACE',
  'CONNECT',
  'OPTIONS',
  'COPY',
  'LOCK',
  'MKCOL',
  'MOVE',
  'PROPFIND',
  'PROPPATCH',
  'UNLOCK',
];

function checkRule(rule: StatedRule, path: Path, stated: Stated): Finding[] {
  const findings: Finding[] = [];
  const refuse = (below: Path, message: string, cure: string): void => {
    findings.push(error([...path, ...below], message, cure));
  };
  if (rule.domain.length === 0 && rule.domain_regex.length === 0)
    refuse([], 'The rule names no domain.', "Write 'domain' or 'domain_regex'.");
  if (!rule.policy)
    refuse(['policy'], 'The policy is missing.', "It takes 'bypass', 'one_factor', 'two_factor' or 'deny'.");
  if (rule.policy === 'bypass') checkBypass(rule, refuse);
  checkSubjects(rule.subject, stated, refuse);
  findings.push(...checkNetworks(rule.networks, [...path, 'networks'], stated));
  for (const [index, method] of rule.methods.entries())
    if (!methods.includes(method))
      refuse(['methods', index], `'${method}' is not a method.`, `It takes ${methods.join(', ')}.`);
  for (const [outer, all] of rule.query.entries())
    for (const [inner, query] of all.entries()) checkQuery(query, ['query', outer, inner], refuse);
  return findings;
}

type Refuse = (below: Path, message: string, cure: string) => void;

function checkBypass(rule: StatedRule, refuse: Refuse): void {
  const why = 'Nobody is signed in where a rule lets everyone pass';
  if (rule.subject.length > 0)
    refuse(['subject'], `${why}, so it can have no subject.`, "Remove 'subject', or use 'one_factor'.");
  for (const [index, { groups }] of rule.domain_regex.entries())
    if (groups.some((name) => name === 'User' || name === 'Group'))
      refuse(
        ['domain_regex', index],
        `${why}, so it can have no group 'User' or 'Group'.`,
        "Remove the named group, or use 'one_factor'.",
      );
}

function checkSubjects(subjects: StatedRule['subject'], stated: Stated, refuse: Refuse): void {
  const clients = stated.identity_providers.oidc?.clients.map((client) => client.client_id) ?? [];
  for (const [index, all] of subjects.entries()) {
    for (const subject of all) {
      const client = /^oauth2:client:(.*)$/.exec(subject)?.[1];
      if (client !== undefined && !clients.includes(client))
        refuse(
          ['subject', index],
          `There is no client '${client}'.`,
          "Name a client of 'identity_providers.oidc.clients'.",
        );
      else if (client === undefined && !/^(user|group):./.test(subject))
        refuse(
          ['subject', index],
          `'${subject}' is not a subject.`,
          "Begin with 'user:', 'group:' or 'oauth2:client:'.",
        );
    }
  }
}

const valueless = ['present', 'absent'];

function checkQuery(query: StatedRule['query'][number][number], path: Path, refuse: Refuse): void {
  if (query.key === '') refuse([...path, 'key'], 'The name of the parameter is missing.', "Write 'key'.");
  const operator = query.operator ?? (query.value === undefined ? 'present' : 'equal');
  if (valueless.includes(operator) && query.value !== undefined)
    refuse([...path, 'value'], `The operator '${operator}' takes no value.`, "Remove 'value', or use 'equal'.");
  if (!valueless.includes(operator) && query.value === undefined)
    refuse([...path, 'value'], `The operator '${operator}' needs a value.`, "Write 'value'.");
  const parsed = operator.endsWith('pattern') && query.value !== undefined ? parsePattern(query.value) : undefined;
  if (parsed?.kind === 'refused') refuse([...path, 'value'], `The value ${parsed.reason}.`, parsed.cure);
}

/** An address, a block, or a name that is defined. */
export function checkNetworks(networks: readonly string[], path: Path, stated: Stated): Finding[] {
  return networks.flatMap((network, index) => {
    if (namedNetworks(network, stated) || parseNetwork(network).kind === 'value') return [];
    const near = nearest(network, Object.keys(stated.definitions.network));
    return [
      error(
        [...path, index],
        `'${network}' is neither a network nor the name of one.`,
        near
          ? `Did you mean '${near}'?`
          : "Write an address, a block such as '10.0.0.0/8', or a name of 'definitions.network'.",
      ),
    ];
  });
}
