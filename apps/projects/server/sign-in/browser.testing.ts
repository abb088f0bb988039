/** Test support: a browser without a screen: keeps cookies a host, follows redirects, remembers where it has been. */
import { openProviderFetch } from './provider-fetch.ts';

export type Seen = { readonly status: number; readonly url: URL; readonly text: string; readonly headers: Headers };

export type TestBrowser = {
  visit(url: string, options?: VisitOptions): Promise<Seen>;
  /** Cookies of one host, by name. */
  cookies(host: string): Map<string, string>;
  close(): void;
};

export type VisitOptions = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Default true. */
  readonly follow?: boolean;
};

const redirectsMax = 10;

export function openTestBrowser(): TestBrowser {
  const fetch = openProviderFetch();
  const jar = new Map<string, Map<string, string>>();

  function cookies(host: string): Map<string, string> {
    const known = jar.get(host) ?? new Map<string, string>();
    jar.set(host, known);
    return known;
  }

  function keep(host: string, headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const name = pair.slice(0, pair.indexOf('='));
      if (attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute))) cookies(host).delete(name);
      else cookies(host).set(name, pair.slice(pair.indexOf('=') + 1));
    }
  }

  return {
    cookies,
    close: () => fetch.close(),
    async visit(address, { follow = true, ...request } = {}) {
      let url = new URL(address);
      let next: VisitOptions = request;
      for (let hop = 0; hop < redirectsMax; hop++) {
        const cookie = [...cookies(url.host)].map(([name, value]) => `${name}=${value}`).join('; ');
        const response = await fetch(url.href, { ...next, headers: { ...(cookie && { cookie }), ...next.headers } });
        keep(url.host, response.headers);
        const location = response.headers.get('location');
        if (!follow || location === null)
          return { status: response.status, url, text: await response.text(), headers: response.headers };
        url = new URL(location, url);
        next = {};
      }
      throw new Error(`more than ${redirectsMax} redirects, at ${url}`);
    },
  };
}
