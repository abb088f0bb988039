/** Pages of the portal that people seldom come by: before they have a second factor, with a device, after a mistake. */
import { alicesPhone } from '@gatehouse/testing/duo.ts';
import type { Browser } from 'playwright-core';
import type { Camera } from './camera.ts';
import { request } from './portal.ts';
import type { PortalHouse } from './portal-house.ts';
import { leadingOn, press } from './steps.ts';
import { openVisitor } from './visitor.ts';

const devices = '/sign-in/portal/second-factor/push/devices?level=two_factor';

export async function takeRarePages(house: PortalHouse, browser: Browser, camera: Camera): Promise<void> {
  const { password } = house.person;

  await withVisitor(async ({ page, visit, send, click, take }) => {
    await visit('/sign-in/portal');
    await press(page);
    await send({ username: 'carol', password });
    await visit('/settings/two-factor?then=/', 'two-factor-empty');
    await click('Set up');
    await take('no-mailbox');
    await visit('/settings/applications', 'applications-none');
  });

  await withVisitor(async ({ page, visit, send, take, click }) => {
    const { pathname, search } = new URL((await house.askAsDevice()).verification_uri_complete);
    await visit(`${pathname}${search}`, 'device-check');
    await press(page);
    await press(page);
    house.duo.people.set('bob', { result: 'allow' });
    await send({ username: 'bob', password });
    await take('device-consent');
    await leadingOn(page, () => page.locator('button[value=accept]').click());
    await take('device-connected');
    const second = new URL((await house.askAsDevice()).verification_uri_complete);
    await visit(`${second.pathname}${second.search}`);
    await press(page);
    await leadingOn(page, () => page.locator('button[value=deny]').click());
    await take('device-refused');
    // By a link of somebody else's page, which may not have a mail sent.
    await page.goto(`data:text/html,<a href="${house.origin}/settings/password">Change your password here</a>`);
    await click('Change your password here');
    await take('password-begin');
  });

  await withVisitor(async ({ page, visit, send, take, click }) => {
    house.duo.people.set('bob', { result: 'auth', phones: [alicesPhone] });
    await visit(request);
    await press(page);
    await send({ username: 'bob', password });
    await visit('/sign-in/portal?rd=https://copy.example.org/', 'unsafe-address');
    await visit(devices);
    await page.getByLabel('Type a code from a message').check();
    await click('Use this one');
    await take('push-code');
    await send({ code: '7654321' });
    await take('push-code-wrong');
    await house.duo.stop();
    await visit(devices, 'push-unavailable');
  });

  async function withVisitor(walk: (visitor: Awaited<ReturnType<typeof openVisitor>>) => Promise<void>): Promise<void> {
    await using visitor = await openVisitor(house.origin, browser, camera);
    await walk(visitor);
  }
}
