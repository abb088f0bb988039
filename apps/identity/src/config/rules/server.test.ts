import { keysFolder, minimal } from '../fixtures/loading.ts';
import { testRules } from '../fixtures/rule-table.ts';

const pem = `${keysFolder}/rsa.pem`;
const authz = (endpoints: Record<string, unknown>) => ({ server: { endpoints: { authz: endpoints } } });
const strategies = (...authn_strategies: unknown[]) =>
  authz({ one: { implementation: 'ForwardAuth', authn_strategies } });
const bucket = (period: string, requests: number) => ({
  server: { endpoints: { rate_limits: { second_factor_totp: { buckets: [{ period, requests }] } } } },
});
const first = 'server.endpoints.authz.one.authn_strategies[0]';

testRules(minimal(), [
  ['one word may be a sub-path', { server: { address: 'tcp://:9091/auth' } }],
  ['two words may not be a sub-path', { server: { address: 'tcp://:9091/a/b' } }, 'error server.address'],
  ['a listener takes no http', { server: { address: 'http://:9091' } }, 'error server.address'],
  ['a certificate needs its key', { server: { tls: { certificate: pem } } }, 'error server.tls'],
  ['TLS with both files is accepted', { server: { tls: { certificate: pem, key: pem } } }],
  ['files of TLS must exist', { server: { tls: { certificate: '/no', key: pem } } }, 'error server.tls.certificate'],
  [
    'client certificates need TLS',
    { server: { tls: { client_certificates: [pem] } } },
    'error server.tls.client_certificates',
  ],
  [
    'files of client certificates must exist',
    { server: { tls: { certificate: pem, key: pem, client_certificates: [pem, '/no'] } } },
    'error server.tls.client_certificates[1]',
  ],
  ['networks of proxies are accepted', { server: { trusted_proxies: ['10.0.0.0/8', '192.0.2.1'] } }],
  [
    'nobody may trust everyone',
    { server: { trusted_proxies: ['10.0.0.0/8', '0.0.0.0/0'] } },
    'error server.trusted_proxies[1]',
  ],
  [
    'nobody may trust everyone in IPv6',
    { server: { trusted_proxies: ['2001:db8::/0'] } },
    'error server.trusted_proxies[0]',
  ],
  [
    'debugging pages are warned about',
    { server: { endpoints: { enable_pprof: true } } },
    'warning server.endpoints.enable_pprof',
  ],
  ['buffers have a size', { server: { buffers: { read: 0 } } }, 'error server.buffers.read'],
  ['an endpoint of its own is accepted', authz({ 'proxy/one': { implementation: 'AuthRequest' } })],
  ['an endpoint has an implementation', authz({ one: {} }), 'error server.endpoints.authz.one'],
  [
    'an endpoint ends with a letter',
    authz({ one1: { implementation: 'ForwardAuth' } }),
    'error server.endpoints.authz.one1',
  ],
  [
    'legacy is Legacy',
    authz({ legacy: { implementation: 'ForwardAuth' } }),
    'error server.endpoints.authz.legacy.implementation',
  ],
  [
    'nothing stands below an endpoint that takes every path below it',
    authz({ ext: { implementation: 'ExtAuthz' }, 'ext/one': { implementation: 'ForwardAuth' } }),
    'error server.endpoints.authz.ext/one',
  ],
  [
    'a strategy with schemes is accepted',
    strategies({ name: 'HeaderAuthorization', schemes: ['Basic', 'bearer'] }, { name: 'CookieSession' }),
  ],
  ['a strategy has a name', strategies({ schemes: [] }), `error ${first}`],
  ['a strategy is a known one', strategies({ name: 'Cookie' }), `error ${first}.name`],
  [
    'a strategy stands once',
    strategies({ name: 'CookieSession' }, { name: 'CookieSession' }),
    'error server.endpoints.authz.one.authn_strategies[1].name',
  ],
  ['a cookie has no schemes', strategies({ name: 'CookieSession', schemes: ['basic'] }), `error ${first}.schemes`],
  [
    'a scheme is a known one',
    strategies({ name: 'HeaderAuthorization', schemes: ['digest'] }),
    `error ${first}.schemes[0]`,
  ],
  ['basic credentials may be cached', strategies({ name: 'HeaderAuthorization', scheme_basic_cache_lifespan: '5s' })],
  [
    'nothing is cached without basic',
    strategies({ name: 'HeaderAuthorization', schemes: ['bearer'], scheme_basic_cache_lifespan: '5s' }),
    `error ${first}.scheme_basic_cache_lifespan`,
  ],
  ['a period of ten seconds is accepted', bucket('10s', 1)],
  [
    'a shorter period is refused',
    bucket('9s', 1),
    'error server.endpoints.rate_limits.second_factor_totp.buckets[0].period',
  ],
  [
    'no requests are refused',
    bucket('10s', 0),
    'error server.endpoints.rate_limits.second_factor_totp.buckets[0].requests',
  ],
]);
