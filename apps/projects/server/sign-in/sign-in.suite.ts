/** Test support: a provider, a workspace that trusts it, and people with browsers; all of it gone when the test ends. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openTestBrowser, type Seen, type TestBrowser, type VisitOptions } from './browser.testing.ts';
import { type HostileProvider, startHostileProvider } from './hostile-provider.testing.ts';
import { startTestWorkspace, type TestWorkspace } from './workspace.testing.ts';

export type Somebody = TestBrowser & {
  /** Presses the button, through the provider, to wherever it ends. */
  signIn(to?: string): Promise<Seen>;
  /** The name on the sign-out page, or undefined for a stranger. */
  whoAmI(): Promise<string | undefined>;
  signOut(headers?: VisitOptions['headers']): Promise<Seen>;
  sessionId(): string | undefined;
};

export type House = {
  readonly provider: HostileProvider;
  readonly workspace: TestWorkspace;
  readonly folder: string;
  somebody(): Somebody;
};

export async function openHouse(
  t: TestContext,
  environment: (issuer: string, provider: HostileProvider) => Readonly<Record<string, string>> = () => ({}),
): Promise<House> {
  const folder = temporaryFolder('projects');
  const provider = await startHostileProvider(await freePort());
  await provider.rotateKey();
  const workspace = await startTestWorkspace({
    folder: folder.path,
    port: await freePort(),
    issuer: provider.issuer,
    environment: environment(provider.issuer, provider),
  });
  t.after(async () => {
    await workspace.stop();
    await provider.close();
    await folder.remove();
  });
  return {
    provider,
    workspace,
    folder: folder.path,
    somebody() {
      const browser = openTestBrowser();
      t.after(() => browser.close());
      return somebodyWith(browser, workspace);
    },
  };
}

function somebodyWith(browser: TestBrowser, { url }: TestWorkspace): Somebody {
  const { host, origin } = new URL(url);
  return {
    ...browser,
    signIn: (to) => browser.visit(`${url}/oidc/login${to === undefined ? '' : `?to=${encodeURIComponent(to)}`}`),
    async whoAmI() {
      const { text } = await browser.visit(`${url}/auth/logout`);
      return /signed in as <b>([^<]*)<\/b>/.exec(text)?.[1];
    },
    signOut: (headers = { origin }) => browser.visit(`${url}/auth/logout`, { method: 'POST', headers }),
    sessionId: () => browser.cookies(host).get('projects_session'),
  };
}

/** The sign-in ended on a page that names this failure, and nobody is in. */
export async function assertRefused(person: Somebody, seen: Seen, code: string): Promise<void> {
  assert.match(
    seen.text,
    new RegExp(`class="reference">${code}<`),
    seen.text.replace(/[\s\S]*<section/, '').slice(0, 700),
  );
  assert.ok(seen.status >= 400, `status ${seen.status}`);
  assert.equal(await person.whoAmI(), undefined);
}

export async function assertSignedIn(person: Somebody, seen: Seen, name = 'Alice Example'): Promise<void> {
  assert.equal(seen.status, 200, seen.text.replace(/[\s\S]*<section/, '').slice(0, 700));
  assert.equal(await person.whoAmI(), name);
}
