/** Rules of `session`: which domains may share a session, and where the portal stands in each. */

import { isIP } from 'node:net';
import { isLocalhostName, isSecureEnough } from '@gatehouse/web/localhost-names.ts';
import { parse as parseDomain } from 'tldts';
import { plainDomain } from '../complete/session.ts';
import { error, type Finding, type Path, warning } from '../problem.ts';
import type { Stated } from '../schema/configuration.ts';
import type { RuleContext } from './context.ts';
import { checkTls } from './tls.ts';

type StatedSession = Stated['session'];
type Cookie = StatedSession['cookies'][number];

const cookiesPath = ['session', 'cookies'];

export function checkSession({ session }: Stated, context: RuleContext): Finding[] {
  const findings: Finding[] = [];
  if (session.domain !== '') {
    const path = ['session', 'domain'];
    if (session.cookies.length > 0)
      findings.push(error(path, "This key cannot stand beside 'session.cookies'.", 'Remove it.'));
    else {
      findings.push(warning(path, 'This is an old key.', "Write 'session.cookies' with 'domain' and 'authelia_url'."));
      findings.push(...checkDomain(session.domain, path));
    }
  } else if (session.cookies.length === 0) {
    findings.push(
      error(cookiesPath, 'No domain for the session is named.', "Write an entry with 'domain' and 'authelia_url'."),
    );
  }
  for (const index of session.cookies.keys()) findings.push(...checkCookie(session.cookies, index));
  return [...findings, ...checkRedis(session, context)];
}

function checkCookie(cookies: readonly Cookie[], index: number): Finding[] {
  const cookie = cookies[index];
  if (!cookie) return [];
  const path = [...cookiesPath, index];
  const domain = plainDomain(cookie.domain);
  const findings = checkDomain(cookie.domain, [...path, 'domain']);
  const earlier = cookies.slice(0, index).map((each) => plainDomain(each.domain));
  if (earlier.includes(domain)) {
    findings.push(error([...path, 'domain'], `The domain '${domain}' stands here twice.`, 'Keep one of the two.'));
  } else {
    const around = earlier.find((each) => isWithin(domain, each) || isWithin(each, domain));
    if (around)
      findings.push(
        error(
          [...path, 'domain'],
          `The domains '${domain}' and '${around}' lie one inside the other.`,
          'A session is for one of them: keep the outer one.',
        ),
      );
  }
  if (!cookie.authelia_url)
    findings.push(
      error(
        [...path, 'authelia_url'],
        "The portal's URL is missing.",
        `Write it, such as 'https://auth.${domain || 'example.com'}'.`,
      ),
    );
  else findings.push(...checkUrl(cookie.authelia_url, domain, [...path, 'authelia_url']));
  if (cookie.default_redirection_url) {
    const urlPath = [...path, 'default_redirection_url'];
    findings.push(...checkUrl(cookie.default_redirection_url, domain, urlPath));
    if (cookie.default_redirection_url.href === cookie.authelia_url?.href)
      findings.push(
        error(urlPath, "This is the portal's own URL.", 'Name where people go when they did not come from anywhere.'),
      );
  }
  return findings;
}

function checkDomain(written: string, path: Path): Finding[] {
  const refuse = (message: string, cure: string): Finding[] => [error(path, message, cure)];
  if (written === '')
    return refuse('The domain is missing.', "Write the domain your applications share, such as 'example.com'.");
  if (written.includes('*'))
    return refuse('A domain for cookies has no wildcard.', `Write '${written.replace(/^[*.]+/, '')}'.`);
  const findings: Finding[] = [];
  if (written.startsWith('.'))
    findings.push(warning(path, 'The domain begins with a dot.', `Write '${plainDomain(written)}'.`));
  let domain = plainDomain(written);
  const port = /:\d+$/.exec(domain)?.[0];
  if (port !== undefined && isIP(domain) === 0) {
    findings.push(warning(path, 'A domain for cookies has no port.', `Write '${domain.slice(0, -port.length)}'.`));
    domain = domain.slice(0, -port.length);
  }
  if (isIP(domain) !== 0) return findings;
  if (!/^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/.test(domain))
    return refuse('This is not a domain.', "Write names joined by dots, such as 'example.com'.");
  if (!domain.includes('.'))
    return refuse(
      'The domain has no dot, so browsers keep no cookie for it.',
      "Write one such as 'example.com' or 'auth.localhost'.",
    );
  if (isLocalhostName(domain)) return findings;
  const { publicSuffix, domain: registrable } = parseDomain(domain, { allowPrivateDomains: true });
  if (publicSuffix === domain && registrable === null)
    return refuse(
      `'${domain}' is a suffix under which anyone may have a domain.`,
      `Write your own domain, such as 'example.${domain}'.`,
    );
  return findings;
}

function checkUrl(url: URL, domain: string, path: Path): Finding[] {
  const findings: Finding[] = [];
  if (!isSecureEnough(url))
    findings.push(
      error(
        path,
        `The URL is not https.`,
        "Use https. Plain http is for names under 'localhost', such as 'http://auth.localhost:9091'.",
      ),
    );
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (domain !== '' && host !== domain && !isWithin(host, domain))
    findings.push(
      error(
        path,
        `'${host}' is outside of the cookie domain '${domain}'.`,
        `Use a name that ends in '.${domain}', or the domain itself.`,
      ),
    );
  return findings;
}

function isWithin(host: string, domain: string): boolean {
  return domain !== '' && host.endsWith(`.${domain}`);
}

function checkRedis({ redis, secret }: StatedSession, context: RuleContext): Finding[] {
  if (!redis) return [];
  const path = ['session', 'redis'];
  const findings = checkTls(redis.tls, [...path, 'tls'], context);
  const refuse = (below: Path, message: string, cure: string): void => {
    findings.push(error([...path, ...below], message, cure));
  };
  if (secret === '')
    findings.push(
      error(
        ['session', 'secret'],
        'The secret is missing, and sessions are kept in Redis.',
        'Set it to a long random text.',
      ),
    );
  const sentinel = redis.high_availability;
  if (redis.host === '' && (sentinel?.nodes.length ?? 0) === 0)
    refuse(['host'], 'The Redis server is missing.', "Write 'host', or the nodes of 'high_availability'.");
  if (!redis.host.startsWith('/')) checkPort(redis.port, ['port'], refuse);
  if (redis.maximum_active_connections < 1)
    refuse(['maximum_active_connections'], 'The number of connections is not positive.', "Use '8' or more.");
  if (!sentinel) return findings;
  if (sentinel.sentinel_name === '')
    refuse(
      ['high_availability', 'sentinel_name'],
      'The name of the group is missing.',
      'Write the name the sentinels use for the primary.',
    );
  for (const [index, node] of sentinel.nodes.entries()) {
    const below = ['high_availability', 'nodes', index];
    if (node.host === '') refuse([...below, 'host'], 'The host is missing.', 'Write the host of this sentinel.');
    checkPort(node.port, [...below, 'port'], refuse);
  }
  return findings;
}

function checkPort(port: number, path: Path, refuse: (path: Path, message: string, cure: string) => void): void {
  if (port < 1 || port > 65_535) refuse(path, `${port} is not a port.`, 'Use a number from 1 to 65535.');
}
