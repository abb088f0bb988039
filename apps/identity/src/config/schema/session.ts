/** `session`. Keys of a cookie that are left out inherit from the section: see `complete/session.ts`. */
import { parseRememberMe } from '../values/duration.ts';
import { duration, durationOr, flag, oneOf, parsed, section, sections, text, url, whole, wholeOr } from './kit.ts';
import { tls } from './tls.ts';

const sameSite = () => oneOf('none', 'lax', 'strict');
const rememberMe = () => parsed('a duration', parseRememberMe);

const cookie = section({
  domain: text().prefault(''),
  authelia_url: url().optional(),
  default_redirection_url: url().optional(),
  name: text().optional(),
  same_site: sameSite().optional(),
  expiration: duration().optional(),
  inactivity: duration().optional(),
  remember_me: rememberMe().optional(),
});

const redis = section({
  /** A host name, or the absolute path of a socket. */
  host: text().prefault(''),
  port: whole().prefault(6379),
  timeout: durationOr(5),
  max_retries: whole().prefault(0),
  username: text().prefault(''),
  password: text().prefault(''),
  database_index: whole().prefault(0),
  maximum_active_connections: wholeOr(8),
  minimum_idle_connections: whole().prefault(0),
  tls: tls().optional(),
  high_availability: section({
    sentinel_name: text().prefault(''),
    sentinel_username: text().prefault(''),
    sentinel_password: text().prefault(''),
    nodes: sections(section({ host: text().prefault(''), port: whole().prefault(26_379) })).prefault([]),
    route_by_latency: flag(),
    route_randomly: flag(),
  }).optional(),
});

export const session = section({
  name: text().prefault('authelia_session'),
  same_site: sameSite().prefault('lax'),
  expiration: durationOr(3600),
  inactivity: durationOr(300),
  remember_me: rememberMe().prefault('1M'),
  secret: text().prefault(''),
  cookies: sections(cookie).prefault([]),
  redis: redis.optional(),
  /** The old spelling of one cookie; `complete/session.ts` makes a cookie of it. */
  domain: text().prefault(''),
});
