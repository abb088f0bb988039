/** `session`: a cookie's missing keys come from the section; the old `domain` becomes one cookie. */
import type { Stated } from '../schema/configuration.ts';

type StatedSession = Stated['session'];

export type SessionCookie = {
  /** Lower case, without a leading dot. */
  readonly domain: string;
  /** Undefined only for the old spelling, where the portal's URL was never written down. */
  readonly authelia_url?: URL;
  readonly default_redirection_url?: URL;
  readonly name: string;
  readonly same_site: 'none' | 'lax' | 'strict';
  /** Seconds. */
  readonly expiration: number;
  /** Seconds. */
  readonly inactivity: number;
  /** Seconds. */
  readonly remember_me: number | 'disabled';
};

export type Session = Omit<StatedSession, 'cookies' | 'domain'> & { readonly cookies: readonly SessionCookie[] };

export function completeSession(stated: Stated): Session {
  const { cookies, domain, ...section } = stated.session;
  const defaults = {
    name: section.name || 'authelia_session',
    same_site: section.same_site,
    expiration: section.expiration,
    inactivity: section.inactivity,
    remember_me: section.remember_me || 2_592_000,
  };
  const old = {
    domain,
    ...(stated.default_redirection_url && { default_redirection_url: stated.default_redirection_url }),
  };
  const all: StatedSession['cookies'] = cookies.length === 0 && domain !== '' ? [old] : cookies;
  return {
    ...section,
    ...defaults,
    cookies: all.map((cookie) => ({
      domain: plainDomain(cookie.domain),
      ...(cookie.authelia_url && { authelia_url: cookie.authelia_url }),
      ...(cookie.default_redirection_url && { default_redirection_url: cookie.default_redirection_url }),
      name: cookie.name || defaults.name,
      same_site: cookie.same_site ?? defaults.same_site,
      expiration: cookie.expiration || defaults.expiration,
      inactivity: cookie.inactivity || defaults.inactivity,
      remember_me: cookie.remember_me || defaults.remember_me,
    })),
  };
}

export function plainDomain(domain: string): string {
  return domain.toLowerCase().replace(/^\./, '');
}
