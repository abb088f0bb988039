/**
 * What a valid configuration may ask for that this version cannot do at all, so that nothing would work without it: no
 * directory, no storage. Everything smaller has no effect yet and is in `pending.ts`.
 */
import type { Configuration } from './configuration.ts';

/** A sentence for each reason why the server would refuse to start; empty when it can. */
export function findUnsupported({ authentication_backend: backend, storage }: Configuration): string[] {
  return [
    ...(backend.ldap
      ? ["People from LDAP are not supported yet ('authentication_backend.ldap'). Use 'authentication_backend.file'."]
      : []),
    ...(storage.mysql
      ? ["MySQL and MariaDB are not supported yet ('storage.mysql'). Use 'storage.postgres' or 'storage.local'."]
      : []),
  ];
}
