/** For tests of signing out: an application that listens, and what a person does on the page that asks. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from '../../../apps/identity/src/oidc/browser.testing.ts';
import { claimsOf, codeFor, exchange, type TokenAnswer } from '../../../apps/identity/src/oidc/client.testing.ts';
import type { House } from '../../../apps/identity/src/oidc/house.testing.ts';

export const asAlice = { as: 'alice', factors: '2' } as const;
export const home = 'https://leantime.example.com/';

export async function signIn(
  house: House,
  browser: Browser,
  clientId = 'leantime',
  person: Readonly<Record<string, string>> = asAlice,
): Promise<TokenAnswer['body']> {
  const code = await codeFor(browser, { client_id: clientId }, person);
  return (await exchange(house, code, { client_id: clientId })).body;
}

export function logoutPath(parameters: Readonly<Record<string, string | undefined>> = {}): string {
  const sent = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/api/oidc/logout?${new URLSearchParams(sent)}`;
}

/** Presses the button of the page that asks. */
export async function confirm(browser: Browser, page: Response): Promise<Response> {
  const html = await page.text();
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const action = /action="([^"]+)"/.exec(html)?.[1] ?? '';
  return browser.go(action, { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) });
}

export type Listener = {
  /** Under a name of localhost. */
  readonly url: string;
  /** The logout tokens that came, and what each says. */
  readonly tokens: string[];
  claims(): Record<string, unknown>[];
  /** What it answers from now on. */
  status: number;
  close(): void;
};

export async function openListener(): Promise<Listener> {
  const tokens: string[] = [];
  const server = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk) => {
      body += chunk;
    });
    req.on('end', () => {
      tokens.push(new URLSearchParams(body).get('logout_token') ?? '');
      res.writeHead(listener.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const listener: Listener = {
    url: `http://app.localhost:${(server.address() as AddressInfo).port}/told`,
    tokens,
    claims: () => tokens.map(claimsOf),
    status: 200,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return listener;
}
