/**
 * A street for applications of other makers: the portal behind TLS under its public name, and room for neighbours with names
 * of their own. Chromium finds all of them by name, Node by a preload, other programs by a proxy; nothing leaves the machine.
 */
import { type Certificates, makeCertificates } from '@gatehouse/testing/certificates.ts';
import { openChromium } from '@gatehouse/testing/chromium.ts';
import { startConnectProxy } from '@gatehouse/testing/connect-proxy.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { type LoopbackNames, loopbackEnvironment } from '@gatehouse/testing/names.ts';
import { startNginx } from '@gatehouse/testing/nginx.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import type { BrowserContext } from 'playwright-core';
import { openPortal, type Portal, type PortalOptions } from './portal.ts';
import { wholePerson, writeWholePerson } from './whole-person.ts';

export type StreetOptions = Pick<PortalOptions, 'oidc' | 'further'> & {
  /** Names under example.com of applications that speak TLS themselves. */
  readonly withTls?: readonly string[];
  /** Names of applications that stand behind the same nginx as the portal. */
  readonly behindProxy?: readonly string[];
};

export type Street = AsyncDisposable & {
  readonly portal: Portal;
  readonly certificates: Certificates;
  /** The port on 127.0.0.1 at which the application of this name has to listen. */
  portOf(name: string): number;
  /** Environment of an application that runs on Node. */
  readonly nodeEnvironment: Readonly<Record<string, string>>;
  readonly proxyPort: number;
  /** A browser with an empty profile. */
  openProfile(): Promise<BrowserContext>;
};

export async function openStreet(options: StreetOptions): Promise<Street> {
  await using opened = new AsyncDisposableStack();
  const { withTls = [], behindProxy = [] } = options;
  const folder = opened.use(temporaryFolder('street'));
  const certificates = makeCertificates(folder.path, ['auth.example.com', ...withTls, ...behindProxy]);
  const ports = new Map<string, number>();
  for (const name of ['auth.example.com', ...withTls, ...behindProxy]) ports.set(name, await freePort());
  const portOf = (name: string): number => {
    const port = ports.get(name);
    if (port === undefined) throw new TypeError(`${name} does not live here`);
    return port;
  };
  const sites = ['auth.example.com', ...behindProxy].map((name) => ({ name, upstreamPort: portOf(name) }));
  const nginx = opened.use(await startNginx(certificates, sites));
  const names: LoopbackNames = Object.fromEntries([
    ...sites.map(({ name }) => [`${name}:443`, nginx.port] as const),
    ...withTls.map((name) => [`${name}:443`, portOf(name)] as const),
  ]);
  const nodeEnvironment = loopbackEnvironment(names, certificates.caPath);
  const proxy = opened.use(await startConnectProxy(names));
  const portal = opened.use(
    await openPortal({
      port: portOf('auth.example.com'),
      oidc: options.oidc,
      ...(options.further && { further: options.further }),
      writeUsers: (path) => writeWholePerson(path),
      withCode: [wholePerson],
      environment: nodeEnvironment,
    }),
  );
  const everything = opened.move();
  const chromium = everything.use(await openChromium({ names, certificates }));
  return {
    portal,
    certificates,
    portOf,
    nodeEnvironment,
    proxyPort: proxy.port,
    openProfile: () => chromium.newContext(),
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}
