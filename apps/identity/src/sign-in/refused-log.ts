/**
 * What the log keeps of sign-ins that failed, in the words and with the field name that fail2ban filters written for Authelia
 * look for.
 */
import type { Log } from '@gatehouse/web/log.ts';
import { nameForLog } from '../regulation/regulation.ts';
import type { SignInServices } from './sign-in.route.ts';

export type RefusedLog = Pick<
  SignInServices,
  'onUnavailable' | 'onRefusedCode' | 'onRefusedRecovery' | 'onRefusedPush' | 'onPushUnavailable'
>;

type Attempt = { readonly username: string; readonly address: string; readonly reason: string };

export function openRefusedLog(log: Pick<Log, 'warn' | 'error'>): RefusedLog {
  function refused(what: string, { username, address, reason }: Attempt): void {
    log.warn({ remote_ip: address, reason }, `Unsuccessful ${what} attempt by user '${nameForLog(username)}'`);
  }

  return {
    onUnavailable: (cause) => log.error({ err: cause }, 'Passwords cannot be checked right now'),
    onPushUnavailable: (cause) => log.error({ err: cause }, 'Nobody can be asked on their phone right now'),
    onRefusedCode: (attempt) => refused('TOTP authentication', attempt),
    onRefusedPush: (attempt) => refused('Duo authentication', attempt),
    onRefusedRecovery: ({ visit: { identity, address }, reason }) =>
      refused('recovery code', { username: identity.username, address, reason }),
  };
}
