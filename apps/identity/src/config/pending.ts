/**
 * Keys that are known and checked, but do nothing yet. The start-up names those that the administrator set, in one warning.
 * To shrink the list, delete the line of what works now.
 */
import { dottedKey, type Path } from './problem.ts';
import { pathsOf, type Tree, valueAt } from './source/tree.ts';

export type PendingKey = {
  /** Dotted, with positions: `session.redis`. */
  readonly key: string;
  readonly path: Path;
  readonly reason: string;
};

const client = 'identity_providers.oidc.clients.*';
const lifespans = 'identity_providers.oidc.lifespans';

/** `*` stands for one name or list position; what stands below a pattern belongs to it. docs/compatibility.md names each. */
export const pendingPatterns: readonly (readonly [pattern: string, reason: string])[] = [
  ['access_control.rules', 'proxies cannot ask yet'],
  ['access_control.networks', 'proxies cannot ask yet'],
  ['session.redis', 'sessions are kept in the SQL storage'],
  ['storage.mysql', 'storage is SQLite or PostgreSQL'],
  ['storage.postgres.servers', 'one server is used, without failover'],
  ['telemetry', 'there are no metrics yet'],
  ['ntp', 'the clock is not compared'],
  ['notifier.smtp.startup_check_address', 'the check at the start names no recipient'],
  ['server.buffers.write', 'answers have no limit of their own'],
  ['server.timeouts.write', 'answers have no limit of their own'],
  ['server.endpoints.authz', 'proxies cannot ask yet'],
  ['server.endpoints.enable_pprof', 'there is nothing to profile in this way'],
  ['server.endpoints.enable_expvars', 'there are no such variables'],
  ['server.headers.csp_template', 'pages have their own policy'],
  ['server.disable_healthcheck', 'no health file is written'],
  ['identity_providers.oidc.enable_pkce_plain_challenge', 'only the PKCE method S256 is offered'],
  [
    'identity_providers.oidc.enable_jwt_access_token_stateless_introspection',
    'introspection always asks the store, so that a revoked token is never active',
  ],
  [`${lifespans}.custom.*.grants.jwt_bearer`, 'there is no such grant yet'],
  [`${client}.request_uris`, 'request objects come along or are pushed, and are never fetched'],
];

/** Values that ask for nothing: a key set to one of them is not worth a word. */
const silent: readonly unknown[] = ['none', '', false];

/** What the administrator set and nothing acts on, each pattern once for each place it matches. */
export function findPending(tree: Tree): PendingKey[] {
  const found: PendingKey[] = [];
  for (const path of pathsOf(tree.root, [])) {
    for (const [pattern, reason] of pendingPatterns)
      if (matches(pattern.split('.'), path) && !silent.includes(valueAt(tree, path)))
        found.push({ key: dottedKey(path), path, reason });
  }
  return found;
}

function matches(pattern: readonly string[], path: Path): boolean {
  return pattern.length === path.length && pattern.every((part, index) => part === '*' || part === path[index]);
}

/** The one start-up warning. */
export function describePending(pending: readonly PendingKey[]): string {
  const byReason = Map.groupBy(pending, ({ reason }) => reason);
  const parts = [...byReason].map(([reason, keys]) => `${keys.map(({ key }) => key).join(', ')} (${reason})`);
  return `These keys are known but have no effect yet: ${parts.join('; ')}.`;
}
