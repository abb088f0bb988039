/** `server`. `trusted_proxies` and `watch_configuration` are keys of ours. */
import { privateNetworks } from '@gatehouse/web/peer.ts';
import { parseSwitch } from '../values/number.ts';
import {
  address,
  duration,
  flag,
  list,
  maybeFlag,
  named,
  network,
  oneOf,
  parsed,
  section,
  sections,
  text,
  whole,
} from './kit.ts';
import { buffers, listenerSchemes, timeouts } from './log.ts';

const strategy = section({
  name: text().prefault(''),
  /** Lower case; `[basic]` for the header strategies when left out. */
  schemes: list(parsed('a word', (read) => ({ kind: 'value', value: read.toLowerCase() }))).prefault([]),
  scheme_basic_cache_lifespan: duration().prefault(0),
});

const authzEndpoint = section({
  implementation: oneOf('ForwardAuth', 'AuthRequest', 'ExtAuthz', 'Legacy').optional(),
  authn_strategies: sections(strategy).prefault([]),
});

const bucket = section({ period: duration().prefault(0), requests: whole().prefault(0) });

/** Buckets are undefined when nothing was written; the defaults are filled in by `complete/server.ts`. */
const rateLimit = () =>
  section({
    enable: maybeFlag(),
    buckets: sections(bucket).optional(),
  }).prefault({});

export const server = section({
  address: address({ schemes: listenerSchemes, defaultScheme: 'tcp', defaultPort: 9091 }).prefault('tcp://:9091/'),
  asset_path: text().prefault(''),
  disable_healthcheck: maybeFlag(),
  tls: section({
    certificate: text().prefault(''),
    key: text().prefault(''),
    client_certificates: list(text()).prefault([]),
  }).prefault({}),
  headers: section({ csp_template: text().prefault('') }).prefault({}),
  buffers: buffers(),
  timeouts: timeouts(),
  trusted_proxies: list(network()).prefault([...privateNetworks]),
  watch_configuration: parsed('true or false', parseSwitch).prefault(true),
  endpoints: section({
    enable_pprof: flag(),
    enable_expvars: flag(),
    authz: named(authzEndpoint).prefault({}),
    rate_limits: section({
      /** Ours: wrong passwords, and names that nobody has. */
      first_factor: rateLimit(),
      reset_password_start: rateLimit(),
      reset_password_finish: rateLimit(),
      second_factor_totp: rateLimit(),
      second_factor_duo: rateLimit(),
      session_elevation_start: rateLimit(),
      session_elevation_finish: rateLimit(),
      openid_connect_token: rateLimit(),
      openid_connect_pushed_authorization_request: rateLimit(),
      openid_connect_userinfo: rateLimit(),
      openid_connect_introspection: rateLimit(),
      openid_connect_revocation: rateLimit(),
    }).prefault({}),
  }).prefault({}),
});
