/** Where a sign-in of the portal itself leads, and how much proof it takes to get there. Pure. */
import type { Configuration } from './config/configuration.ts';

/** Until proxies can ask, a page behind one counts by the default policy; the portal itself needs one factor. */
export function targetLevel({ access_control: { default_policy: policy } }: Configuration, target: URL | undefined) {
  return target !== undefined && policy === 'two_factor' ? 'two_factor' : 'one_factor';
}

export function defaultTarget({ session }: Configuration, domain: string | undefined): string | undefined {
  return session.cookies.find((cookie) => cookie.domain === domain)?.default_redirection_url?.href;
}
