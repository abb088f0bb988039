/** Rules of `server`. */
import { takesSchemes } from '../complete/server.ts';
import { error, type Finding, type Path, warning } from '../problem.ts';
import type { Stated } from '../schema/configuration.ts';
import type { RuleContext } from './context.ts';

type StatedServer = Stated['server'];

export function checkServer({ server }: Stated, context: RuleContext): Finding[] {
  return [
    ...checkAddress(server),
    ...checkAssets(server, context),
    ...checkTlsFiles(server, context),
    ...checkProxies(server),
    ...checkBuffers(server),
    ...checkDebugging(server),
    ...checkAuthz(server),
    ...checkRateLimits(server),
  ];
}

function checkAddress({ address }: StatedServer): Finding[] {
  return /^\/([A-Za-z0-9]+\/?)?$/.test(address.path)
    ? []
    : [
        error(
          ['server', 'address'],
          `The sub-path '${address.path}' is not one word.`,
          "Use one segment of letters and digits, such as '/auth'.",
        ),
      ];
}

function checkAssets({ asset_path: folder }: StatedServer, { pathKind }: RuleContext): Finding[] {
  if (folder === '' || pathKind(folder) === 'directory') return [];
  const path = ['server', 'asset_path'];
  return [
    warning(
      path,
      `The folder '${folder}' does not exist: the portal looks as it comes.`,
      'Make it, or remove the key.',
    ),
  ];
}

function checkTlsFiles({ tls }: StatedServer, { pathKind }: RuleContext): Finding[] {
  const findings: Finding[] = [];
  const file = (path: Path, name: string): void => {
    if (name !== '' && pathKind(name) !== 'file')
      findings.push(error(path, `The file '${name}' does not exist or is no file.`, 'Name an existing PEM file.'));
  };
  if ((tls.certificate === '') !== (tls.key === '')) {
    const missing = tls.certificate === '' ? 'certificate' : 'key';
    findings.push(
      error(['server', 'tls'], `TLS needs both files, and 'server.tls.${missing}' is not set.`, 'Set both or none.'),
    );
  }
  file(['server', 'tls', 'certificate'], tls.certificate);
  file(['server', 'tls', 'key'], tls.key);
  if (tls.client_certificates.length > 0 && (tls.certificate === '' || tls.key === ''))
    findings.push(
      error(
        ['server', 'tls', 'client_certificates'],
        'Client certificates need TLS.',
        "Set 'server.tls.certificate' and 'server.tls.key'.",
      ),
    );
  for (const [index, name] of tls.client_certificates.entries())
    file(['server', 'tls', 'client_certificates', index], name);
  return findings;
}

function checkProxies({ trusted_proxies: proxies }: StatedServer): Finding[] {
  return proxies.flatMap((network, index) =>
    network.endsWith('/0')
      ? [
          error(
            ['server', 'trusted_proxies', index],
            'This trusts everyone to name the address a request comes from.',
            'List the networks your proxies stand in.',
          ),
        ]
      : [],
  );
}

function checkBuffers({ buffers }: StatedServer): Finding[] {
  return (['read', 'write'] as const).flatMap((name) =>
    buffers[name] < 1
      ? [error(['server', 'buffers', name], 'The size is not positive.', "Use bytes, such as '4096'.")]
      : [],
  );
}

function checkDebugging({ endpoints }: StatedServer): Finding[] {
  return (['enable_pprof', 'enable_expvars'] as const).flatMap((name) =>
    endpoints[name]
      ? [
          warning(
            ['server', 'endpoints', name],
            'This shows the inside of the running server.',
            'Switch it off outside of debugging.',
          ),
        ]
      : [],
  );
}

const endpointName = /^[A-Za-z]([A-Za-z0-9/._-]*[A-Za-z])?$/;

function checkAuthz({ endpoints: { authz } }: StatedServer): Finding[] {
  const findings: Finding[] = [];
  for (const [name, endpoint] of Object.entries(authz)) {
    const path = ['server', 'endpoints', 'authz', name];
    if (!endpointName.test(name))
      findings.push(
        error(
          path,
          `'${name}' cannot be part of a path.`,
          'Begin and end with a letter; use letters, digits and / . _ - between.',
        ),
      );
    if (!endpoint.implementation)
      findings.push(
        error(path, 'The implementation is missing.', 'It takes ForwardAuth, AuthRequest, ExtAuthz or Legacy.'),
      );
    else if (name === 'legacy' && endpoint.implementation !== 'Legacy')
      findings.push(
        error(
          [...path, 'implementation'],
          "The endpoint 'legacy' must be Legacy.",
          'Rename the endpoint, or use Legacy.',
        ),
      );
    findings.push(...checkStrategies(endpoint.authn_strategies, path));
    findings.push(...checkPrefix(name, authz));
  }
  return findings;
}

/** Whatever stands below an ExtAuthz or Legacy endpoint belongs to it. */
function checkPrefix(name: string, authz: StatedServer['endpoints']['authz']): Finding[] {
  const owner = Object.entries(authz).find(
    ([other, { implementation }]) =>
      other !== name && (implementation === 'ExtAuthz' || implementation === 'Legacy') && name.startsWith(`${other}/`),
  );
  return owner
    ? [
        error(
          ['server', 'endpoints', 'authz', name],
          `The path lies below '${owner[0]}', which takes every path below it.`,
          'Rename one of the two.',
        ),
      ]
    : [];
}

const strategyNames = [
  'CookieSession',
  'HeaderAuthorization',
  'HeaderProxyAuthorization',
  'HeaderAuthRequestProxyAuthorization',
  'HeaderLegacy',
];

type Strategies = StatedServer['endpoints']['authz'][string]['authn_strategies'];

function checkStrategies(strategies: Strategies, endpoint: Path): Finding[] {
  const findings: Finding[] = [];
  for (const [index, strategy] of strategies.entries()) {
    const path = [...endpoint, 'authn_strategies', index];
    const names = `It takes ${strategyNames.join(', ')}.`;
    if (strategy.name === '') findings.push(error(path, 'The strategy has no name.', names));
    else if (!strategyNames.includes(strategy.name))
      findings.push(error([...path, 'name'], `There is no strategy '${strategy.name}'.`, names));
    else if (strategies.findIndex((each) => each.name === strategy.name) !== index)
      findings.push(
        error([...path, 'name'], `The strategy '${strategy.name}' stands here twice.`, 'Keep one of the two.'),
      );
    if (strategy.schemes.length > 0 && !takesSchemes(strategy.name))
      findings.push(error([...path, 'schemes'], `'${strategy.name}' has no schemes.`, 'Remove the key.'));
    for (const [position, scheme] of strategy.schemes.entries())
      if (scheme !== 'basic' && scheme !== 'bearer')
        findings.push(
          error([...path, 'schemes', position], `There is no scheme '${scheme}'.`, "It takes 'basic' and 'bearer'."),
        );
    const basic = strategy.schemes.includes('basic') || (strategy.schemes.length === 0 && takesSchemes(strategy.name));
    if (strategy.scheme_basic_cache_lifespan > 0 && !basic)
      findings.push(
        error(
          [...path, 'scheme_basic_cache_lifespan'],
          "Nothing is cached without the scheme 'basic'.",
          "Add 'basic' to schemes, or remove the key.",
        ),
      );
  }
  return findings;
}

const periodSecondsMin = 10;

function checkRateLimits({ endpoints: { rate_limits: limits } }: StatedServer): Finding[] {
  return Object.entries(limits).flatMap(([name, { buckets }]) =>
    (buckets ?? []).flatMap((bucket, index) => {
      const path = ['server', 'endpoints', 'rate_limits', name, 'buckets', index];
      const findings: Finding[] = [];
      if (bucket.period < periodSecondsMin)
        findings.push(
          error(
            [...path, 'period'],
            `The period is shorter than ${periodSecondsMin} seconds.`,
            "Use a period such as '1m'.",
          ),
        );
      if (bucket.requests < 1)
        findings.push(
          error([...path, 'requests'], 'The number of requests is not positive.', "Use a number such as '10'."),
        );
      return findings;
    }),
  );
}
