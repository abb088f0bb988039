/**
 * `npm run pictures`: starts both applications as `npm start` does, in a folder of their own, walks through every page as the
 * seeded person with Debian's Chromium, and writes what it sees to `docs/pictures/`. The ports of `npm start` must be free.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild } from '@gatehouse/testing/child.ts';
import { openChromium } from '@gatehouse/testing/chromium.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { TOTP, URI } from 'otpauth';
import type { Page } from 'playwright-core';
import { openCamera } from './pictures/camera.ts';
import { addSamplePlan } from './pictures/sample-plan.ts';
import { addSampleWork } from './pictures/sample-work.ts';
import { portal, type Trial, workspace } from './start/first-run.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
await using folder = temporaryFolder('pictures');
await using _house = await startChild({
  name: 'start',
  command: process.execPath,
  arguments: [join(root, 'scripts/start.ts')],
  folder: folder.path,
  environment: { GATEHOUSE_DATA: folder.path },
  ready: { line: /Sign in as/ },
  readyMsMax: 120_000,
});
const { person } = JSON.parse(readFileSync(join(folder.path, 'trial.json'), 'utf8')) as Trial;
await using browser = await openChromium();
const camera = openCamera(join(root, 'docs/pictures'));
/** Without PKCE, which the client asks for: an administrator is told so, and everybody else gets a reference. */
const refusedRequest =
  `${portal.origin}/api/oidc/authorization?client_id=projects&response_type=code&scope=openid&state=${'0'.repeat(32)}` +
  `&redirect_uri=${workspace.origin}/oidc/callback`;
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
const page = await context.newPage();

await page.goto(workspace.origin);
await camera.take(page, 'workspace-sign-in');
await follow(page, 'Sign in');
await camera.take(page, 'portal-sign-in');
await page.locator('input[name=username]').fill(person.username);
await page.locator('input[name=password]').fill('not the password');
await press(page);
await camera.take(page, 'portal-wrong-password');
await page.locator('input[name=username]').fill(person.username);
await page.locator('input[name=password]').fill(person.password);
await press(page);
await camera.take(page, 'portal-code');
await page.locator('input[name=code]').fill(codeNow());
await press(page);
await camera.take(page, 'portal-consent');
await leadingOn(page, () => page.locator('button[value=accept]').click());

await see(page, 'Start “');
await camera.take(page, 'workspace-empty-home');
const project = await addSampleWork(page);
await addSamplePlan(page, project);
for (const [name, path, sign] of [
  ['home', '/dashboard/home', 'Write the invitation'],
  ['board', `/p/${project}/board`, 'Print name cards'],
  ['list', `/p/${project}/list`, 'Print name cards'],
  ['access', `/p/${project}/people`, 'Who can do what here'],
  ['settings', `/p/${project}/settings`, 'Add a column'],
  ['profile', '/settings/profile', 'Role in this workspace'],
  ['to-do', `/p/${project}/t/1`, 'where to park'],
  ['overview', `/p/${project}`, 'waits for the weather'],
  ['timeline', `/p/${project}/timeline?to-dos=shown`, 'Everything is ordered'],
  ['milestones', `/p/${project}/milestones`, 'Everything is ordered'],
  ['sprints', `/p/${project}/sprints`, 'Print name cards'],
  ['goals', `/p/${project}/goals`, 'More guests than last year'],
  ['all-milestones', '/milestones', 'Everything is ordered'],
] as const) {
  await page.goto(`${workspace.origin}${path}`);
  await see(page, sign);
  await camera.take(page, `workspace-${name}`);
}

await page.goto(portal.origin);
await camera.take(page, 'portal-overview');
await page.goto(`${portal.origin}/settings/sessions`);
await camera.take(page, 'portal-sessions');
await page.goto(`${portal.origin}/consent/openid/device-authorization`);
await camera.take(page, 'portal-device');
await page.goto(`${portal.origin}/settings/two-factor`);
await camera.take(page, 'portal-two-factor');
await follow(page, 'Replace');
await camera.take(page, 'portal-mailed-code');
await page.locator('input[name=code]').fill(codeMailed());
await press(page);
await camera.take(page, 'portal-enrol');
await page.goto(`${portal.origin}/settings/two-factor/remove`);
await camera.take(page, 'portal-remove-code');
await page.goto(`${portal.origin}/settings/two-factor/security-key/new`);
await camera.take(page, 'portal-new-key');
await page.goto(`${portal.origin}/settings/two-factor/recovery-codes/new`);
await press(page);
await camera.take(page, 'portal-recovery-codes');
await page.goto(`${portal.origin}/settings/applications`);
await camera.take(page, 'portal-applications');
await page.goto(`${portal.origin}/settings/password`);
await camera.take(page, 'portal-password');
await page.goto(`${portal.origin}/settings/language-and-theme`);
await camera.take(page, 'portal-language-and-theme');
await page.goto(`${portal.origin}/?lang=de`);
await camera.take(page, 'portal-overview-german');
await page.goto(`${portal.origin}/?lang=en`);
await page.goto(refusedRequest);
await camera.take(page, 'portal-refusal');
await page.goto(`${portal.origin}/no/such/page`);
await camera.take(page, 'portal-not-found');
await page.goto(`${portal.origin}/logout`);
await camera.take(page, 'portal-sign-out');
await follow(page, 'Sign out');
await camera.take(page, 'portal-signed-out');
await page.goto(`${portal.origin}/sign-in/portal?lang=fr`);
await camera.take(page, 'portal-sign-in-french');
await page.goto(`${portal.origin}/reset-password?lang=en`);
await camera.take(page, 'portal-forgotten-password');
for (const [name, path] of [
  ['link-sent', '/reset-password/sent'],
  ['link-gone', '/reset-password/new?token=none'],
  ['cancel-link', '/revoke/reset-password?id=none'],
  ['cancel-code', '/revoke/one-time-code?id=none'],
  ['sign-in-expired', '/sign-in/none'],
] as const) {
  await page.goto(`${portal.origin}${path}`);
  await camera.take(page, `portal-${name}`);
}
await page.goto(refusedRequest);
await camera.take(page, 'portal-refusal-person');
await context.close();

function codeNow(): string {
  const totp = URI.parse(person.otpauthUri);
  if (!(totp instanceof TOTP)) throw new Error('the printed URI is not a time-based one');
  return totp.generate();
}

function codeMailed(): string {
  const mail = readFileSync(join(folder.path, 'last-mail.txt'), 'utf8');
  const code = /^\s*([A-Z0-9]{8})\s*$/m.exec(mail)?.[1];
  if (!code) throw new Error('the last mail holds no code');
  return code;
}

/** Sends the form in the middle of the page. */
async function press(where: Page): Promise<void> {
  await leadingOn(where, () =>
    where.locator('main form button[type=submit], main form button:not([type])').first().click(),
  );
}

async function follow(where: Page, name: string): Promise<void> {
  await leadingOn(where, () =>
    where.getByRole('link', { name }).or(where.getByRole('button', { name })).first().click(),
  );
}

async function leadingOn(where: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([where.waitForEvent('load'), act()]);
}

async function see(where: Page, text: string): Promise<void> {
  await where.getByText(text).first().waitFor();
}
