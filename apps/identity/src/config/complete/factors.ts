/** `totp` and `duo_api`: what a person may choose at enrolment, and Duo off when nothing is written about it. */
import type { Stated } from '../schema/configuration.ts';

export type Totp = Stated['totp'];
export type DuoApi = Stated['duo_api'];

export function completeTotp({ totp }: Stated): Totp {
  return {
    ...totp,
    allowed_algorithms: withDefault(totp.allowed_algorithms, totp.algorithm),
    allowed_digits: withDefault(totp.allowed_digits, totp.digits),
    allowed_periods: withDefault(totp.allowed_periods, totp.period),
  };
}

export function completeDuoApi({ duo_api: duo }: Stated): DuoApi {
  const silent = duo.hostname === '' && duo.integration_key === '' && duo.secret_key === '';
  return { ...duo, disable: duo.disable || silent };
}

function withDefault<T>(allowed: T[], chosen: T): T[] {
  return allowed.includes(chosen) ? allowed : [...allowed, chosen];
}
