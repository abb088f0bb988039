/**
 * Old spellings that are still read: each moves to its new place with a warning, or is refused when both are there. The
 * value keeps the line it was written on. Old keys that need more than a move (`session.domain`, `issuer_private_key`,
 * `postgres.ssl`) are part of the schema; the rules warn about them.
 */
import type { Finding, Path } from '../problem.ts';
import { dottedKey, error, warning } from '../problem.ts';
import { placeOf, removeAt, setAt, type Tree, type TreeValue, valueAt } from './tree.ts';

/** `[]` stands for every entry of a list. */
const renamed: readonly (readonly [from: string, to: string])[] = [
  ['jwt_secret', 'identity_validation.reset_password.jwt_secret'],
  ['tls_key', 'server.tls.key'],
  ['tls_cert', 'server.tls.certificate'],
  ['log_level', 'log.level'],
  ['logs_level', 'log.level'],
  ['log_format', 'log.format'],
  ['log_file_path', 'log.file_path'],
  ['logs_file', 'log.file_path'],
  ['server.read_buffer_size', 'server.buffers.read'],
  ['server.write_buffer_size', 'server.buffers.write'],
  ['server.enable_pprof', 'server.endpoints.enable_pprof'],
  ['server.enable_expvars', 'server.endpoints.enable_expvars'],
  ['session.remember_me_duration', 'session.remember_me'],
  ['authentication_backend.disable_reset_password', 'authentication_backend.password_reset.disable'],
  ['authentication_backend.ldap.url', 'authentication_backend.ldap.address'],
  ['authentication_backend.ldap.username_attribute', 'authentication_backend.ldap.attributes.username'],
  ['authentication_backend.ldap.mail_attribute', 'authentication_backend.ldap.attributes.mail'],
  ['authentication_backend.ldap.display_name_attribute', 'authentication_backend.ldap.attributes.display_name'],
  ['authentication_backend.ldap.group_name_attribute', 'authentication_backend.ldap.attributes.group_name'],
  ['authentication_backend.ldap.skip_verify', 'authentication_backend.ldap.tls.skip_verify'],
  ['authentication_backend.ldap.minimum_tls_version', 'authentication_backend.ldap.tls.minimum_version'],
  ['storage.postgres.sslmode', 'storage.postgres.ssl.mode'],
  ['notifier.smtp.disable_verify_cert', 'notifier.smtp.tls.skip_verify'],
  ['webauthn.user_verification', 'webauthn.selection_criteria.user_verification'],
  ['identity_providers.oidc.access_token_lifespan', 'identity_providers.oidc.lifespans.access_token'],
  ['identity_providers.oidc.authorize_code_lifespan', 'identity_providers.oidc.lifespans.authorize_code'],
  ['identity_providers.oidc.id_token_lifespan', 'identity_providers.oidc.lifespans.id_token'],
  ['identity_providers.oidc.refresh_token_lifespan', 'identity_providers.oidc.lifespans.refresh_token'],
  ['identity_providers.oidc.clients[].id', 'client_id'],
  ['identity_providers.oidc.clients[].secret', 'client_secret'],
  ['identity_providers.oidc.clients[].description', 'client_name'],
  ['identity_providers.oidc.clients[].sector_identifier', 'sector_identifier_uri'],
  ['identity_providers.oidc.clients[].userinfo_signing_algorithm', 'userinfo_signed_response_alg'],
];

type Joined = {
  readonly host: string;
  readonly port: string;
  readonly path?: string;
  readonly to: string;
  readonly scheme: string;
};

/** Host and port that became one address. */
const joined: readonly Joined[] = [
  { host: 'host', port: 'port', to: 'server.address', scheme: 'tcp' },
  { host: 'server.host', port: 'server.port', path: 'server.path', to: 'server.address', scheme: 'tcp' },
  { host: 'storage.mysql.host', port: 'storage.mysql.port', to: 'storage.mysql.address', scheme: 'tcp' },
  { host: 'storage.postgres.host', port: 'storage.postgres.port', to: 'storage.postgres.address', scheme: 'tcp' },
  { host: 'notifier.smtp.host', port: 'notifier.smtp.port', to: 'notifier.smtp.address', scheme: 'smtp' },
];

const removed: readonly (readonly [key: string, cure: string])[] = [
  ['notifier.smtp.trusted_cert', "Put the certificate into the directory that 'certificates_directory' names."],
  ['authentication_backend.ldap.permit_feature_detection_failure', 'Remove the key; it has no successor.'],
];

/** Old keys outside lists, for the names of environment variables. */
export const deprecatedKeys: readonly string[] = [
  ...renamed.map(([from]) => from),
  ...joined.flatMap(({ host, port, path }) => [host, port, ...(path ? [path] : [])]),
].filter((key) => !key.includes('[]'));

/** Changes the tree to the new spellings. */
export function mapDeprecated(tree: Tree): Finding[] {
  const findings: Finding[] = [];
  for (const [from, to] of renamed)
    for (const [old, successor] of pathsFor(tree, from, to)) move(tree, old, successor, findings);
  for (const entry of joined) join(tree, entry, findings);
  for (const [key, cure] of removed) {
    const path = key.split('.');
    if (valueAt(tree, path) === undefined) continue;
    findings.push(error(path, 'This key no longer exists.', cure));
    removeAt(tree, path);
  }
  return findings;
}

function pathsFor(tree: Tree, from: string, to: string): (readonly [Path, Path])[] {
  const [list, name] = from.split('[].');
  if (list === undefined || name === undefined) return [[from.split('.'), to.split('.')]];
  const entries = valueAt(tree, list.split('.'));
  return Array.isArray(entries)
    ? entries.map(
        (_, index) =>
          [
            [...list.split('.'), index, name],
            [...list.split('.'), index, to],
          ] as const,
      )
    : [];
}

function move(tree: Tree, old: Path, successor: Path, findings: Finding[]): void {
  const value = valueAt(tree, old);
  if (value === undefined) return;
  put(tree, [old], successor, value, findings);
}

function join(tree: Tree, { host, port, path, to, scheme }: Joined, findings: Finding[]): void {
  const keys = [host, port, ...(path ? [path] : [])].map((key) => key.split('.'));
  const stated = keys.filter((key) => valueAt(tree, key) !== undefined);
  if (stated.length === 0) return;
  const part = (key: string | undefined): string => {
    const value = key === undefined ? undefined : valueAt(tree, key.split('.'));
    return value === undefined ? '' : String(value);
  };
  const written = part(host);
  const name = written.includes(':') && !written.startsWith('[') ? `[${written}]` : written;
  const address = `${scheme}://${name}${part(port) && `:${part(port)}`}/${part(path).replace(/^\//, '')}`;
  put(tree, stated, to.split('.'), address, findings);
}

function put(tree: Tree, old: readonly Path[], successor: Path, value: TreeValue, findings: Finding[]): void {
  const names = old.map((path) => `'${dottedKey(path)}'`).join(', ');
  const [first = []] = old;
  const many = old.length > 1;
  const oldNames = many ? `${names} are old names` : `${names} is an old name`;
  const place = placeOf(tree, first);
  if (valueAt(tree, successor) !== undefined) {
    findings.push(
      error(
        first,
        `${oldNames} of '${dottedKey(successor)}', and both are set.`,
        `Remove the old ${many ? 'ones' : 'one'}.`,
      ),
    );
  } else if (place && setAt(tree, successor, value, place)) {
    findings.push(
      warning(
        first,
        `${oldNames}; ${many ? 'they are' : 'it is'} read as '${dottedKey(successor)}'.`,
        'Use the new name.',
      ),
    );
  } else {
    findings.push(error(first, `${oldNames}, and the new place is not a section.`, 'Use the new name.'));
  }
  for (const path of old) removeAt(tree, path);
}
