/** For tests: a browser that keeps cookies, for a provider over real HTTP at a name of this machine. It knows no page. */

/** Keeps cookies by path, asks for HTML, follows nothing by itself, and counts its requests. */
export class Browser {
  requests = 0;
  readonly #issuer: string;
  readonly #cookies = new Map<string, { value: string; path: string }>();

  constructor(issuer: string) {
    this.#issuer = issuer;
  }

  async go(location: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(location, this.#issuer);
    // `auth.localhost` needs no entry in any hosts file: it is this machine.
    const target = new URL(`${url.pathname}${url.search}`, `http://127.0.0.1:${new URL(this.#issuer).port}`);
    const headers = new Headers(init.headers);
    if (!headers.has('accept')) headers.set('accept', 'text/html,application/xhtml+xml,*/*;q=0.8');
    const cookies = [...this.#cookies]
      .filter(([, cookie]) => url.pathname.startsWith(cookie.path))
      .map(([key, cookie]) => `${key.split(' ')[0]}=${cookie.value}`);
    if (cookies.length > 0) headers.set('cookie', cookies.join('; '));
    this.requests += 1;
    const response = await fetch(target, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  /** Forgets a cookie, as a person who clears some would. */
  forget(name: string): void {
    for (const key of [...this.#cookies.keys()]) if (key.startsWith(`${name} `)) this.#cookies.delete(key);
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    const path = attributes.find((entry) => entry.toLowerCase().startsWith('path='))?.slice(5) ?? '/';
    const key = `${name} ${path}`;
    if (value === '' || attributes.some((entry) => /^(max-age=0|expires=Thu, 01 Jan 1970)/i.test(entry)))
      this.#cookies.delete(key);
    else this.#cookies.set(key, { value, path });
  }
}
