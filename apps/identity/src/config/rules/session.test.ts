import { minimal } from '../fixtures/loading.ts';
import { testRules } from '../fixtures/rule-table.ts';

const cookies = (...entries: object[]) => ({ session: { cookies: entries } });
const one = (domain: string, authelia_url: string, more: object = {}) => cookies({ domain, authelia_url, ...more });
const domain = 'session.cookies[0].domain';
const url = 'session.cookies[0].authelia_url';
const redis = (more: object) => ({ session: { secret: 'a long enough secret', redis: { ...more } } });

testRules(minimal(), [
  ['a cookie is named', { session: undefined }, 'error session.cookies'],
  ['names under localhost may speak plain http', one('auth.localhost', 'http://auth.localhost:9091')],
  ['a cookie below localhost covers its names', one('house.localhost', 'http://auth.house.localhost')],
  ['nobody else speaks plain http', one('example.com', 'http://auth.example.com'), `error ${url}`],
  [
    'a name that only looks like localhost does not',
    one('localhost.example.com', 'http://localhost.example.com'),
    `error ${url}`,
  ],
  ['addresses do not either', one('127.0.0.1', 'http://127.0.0.1:9091'), `error ${url}`],
  ['an address with https is accepted', one('192.0.2.1', 'https://192.0.2.1')],
  ['the portal stands within the domain', one('example.com', 'https://auth.example.org'), `error ${url}`],
  [
    'the portal does not stand in a domain that only ends alike',
    one('example.com', 'https://badexample.com'),
    `error ${url}`,
  ],
  ['the portal may be the domain itself', one('example.com', 'https://example.com')],
  ['the portal has a URL', cookies({ domain: 'example.com' }), `error ${url}`],
  ['a URL is absolute', one('example.com', '/auth'), `error ${url}`],
  ['a cookie has a domain', cookies({ authelia_url: 'https://auth.example.com' }), `error ${domain}`],
  ['a wildcard is refused', one('*.example.com', 'https://auth.example.com'), `error ${domain}`, `error ${url}`],
  ['a name without a dot is refused', one('localhost', 'http://localhost'), `error ${domain}`],
  ['a public suffix is refused', one('co.uk', 'https://auth.co.uk'), `error ${domain}`],
  ['a suffix that a company gives away is refused', one('github.io', 'https://auth.github.io'), `error ${domain}`],
  ['a name below a public suffix is accepted', one('example.co.uk', 'https://auth.example.co.uk')],
  [
    'strange characters are refused',
    one('exa mple.com', 'https://auth.example.com'),
    `error ${domain}`,
    `error ${url}`,
  ],
  ['a leading dot is warned about', one('.example.com', 'https://auth.example.com'), `warning ${domain}`],
  [
    'a domain stands once',
    cookies(
      { domain: 'example.com', authelia_url: 'https://a.example.com' },
      { domain: 'example.com', authelia_url: 'https://b.example.com' },
    ),
    'error session.cookies[1].domain',
  ],
  [
    'no domain lies within another',
    cookies(
      { domain: 'example.com', authelia_url: 'https://a.example.com' },
      { domain: 'b.example.com', authelia_url: 'https://b.example.com' },
    ),
    'error session.cookies[1].domain',
  ],
  [
    'two domains are accepted',
    cookies(
      { domain: 'example.com', authelia_url: 'https://a.example.com' },
      { domain: 'example.org', authelia_url: 'https://a.example.org' },
    ),
  ],
  [
    'going on to the portal is refused',
    one('example.com', 'https://a.example.com', { default_redirection_url: 'https://a.example.com' }),
    'error session.cookies[0].default_redirection_url',
  ],
  [
    'going on outside is refused',
    one('example.com', 'https://a.example.com', { default_redirection_url: 'https://example.org' }),
    'error session.cookies[0].default_redirection_url',
  ],
  [
    'going on within is accepted',
    one('example.com', 'https://a.example.com', { default_redirection_url: 'https://www.example.com' }),
  ],
  [
    'the old domain is warned about',
    { session: { cookies: undefined, domain: 'example.com' } },
    'warning session.domain',
  ],
  ['the old domain does not stand beside cookies', { session: { domain: 'example.com' } }, 'error session.domain'],
  ['remember me may be off', { session: { remember_me: -1 } }],
  ['nothing else is negative', { session: { inactivity: -1 } }, 'error session.inactivity'],
  ['same-site is one of three', { session: { same_site: 'Lax' } }, 'error session.same_site'],
  ['Redis is accepted', redis({ host: 'redis' })],
  ['Redis needs a secret', { session: { redis: { host: 'redis' } } }, 'error session.secret'],
  ['Redis has a host', redis({}), 'error session.redis.host'],
  ['Redis may be a socket', redis({ host: '/run/redis.sock', port: 0 })],
  ['a port is a port', redis({ host: 'redis', port: 65_536 }), 'error session.redis.port'],
  ['sentinels are accepted', redis({ high_availability: { sentinel_name: 'house', nodes: [{ host: 'a' }] } })],
  [
    'sentinels have a name and hosts',
    redis({ host: 'r', high_availability: { nodes: [{}] } }),
    'error session.redis.high_availability.sentinel_name',
    'error session.redis.high_availability.nodes[0].host',
  ],
]);
