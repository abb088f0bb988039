/** Variables that filters do not show: Gatehouse's own, when their name says they hold a secret. */
import { isSecretName } from '../values/secret.ts';

export function hidesValue(name: string): boolean {
  return /^X?_?AUTHELIA_/i.test(name) && isSecretName(name.replace(/_FILE$/i, ''));
}
