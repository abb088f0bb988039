/**
 * What a valid configuration may ask for that this version cannot do at all, so that nothing would work without it: no
 * storage. Everything smaller has no effect yet and is in `pending.ts`.
 */
import type { Configuration } from './configuration.ts';

/** A sentence for each reason why the server would refuse to start; empty when it can. */
export function findUnsupported({ storage }: Configuration): string[] {
  return [
    ...(storage.mysql
      ? ["MySQL and MariaDB are not supported yet ('storage.mysql'). Use 'storage.postgres' or 'storage.local'."]
      : []),
  ];
}
