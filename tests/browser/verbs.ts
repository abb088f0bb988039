/**
 * What a person does, as verbs over a real browser page. Field names and titles are the portal's contract (plain forms);
 * nothing here knows how a page is built.
 */
import assert from 'node:assert/strict';
import { until } from '@gatehouse/testing/until.ts';
import { TOTP, URI } from 'otpauth';
import type { Page } from 'playwright-core';

export const portal = 'https://auth.example.com';
export const workspace = 'https://leantime.example.com';

const codePeriodMs = 30_000;

export type Person = {
  readonly username: string;
  readonly password: string;
  /** As printed at enrolment; a person without a second factor has none. */
  readonly otpauthUri?: string;
};

/** The code of this moment, or of `stepsAhead` steps from now: the portal accepts one step of skew, and each step once. */
export function codeOf(person: Person, stepsAhead = 0): string {
  const totp = URI.parse(person.otpauthUri ?? '');
  assert.ok(totp instanceof TOTP);
  return totp.generate({ timestamp: Date.now() + stepsAhead * totp.period * 1000 });
}

const spentSteps = new Map<string, Set<number>>();

/**
 * A code that this process has not asked for before: of this moment or, once that is spent, of the next step. So a person
 * signs in twice in half a minute at most, and none of their codes is refused for being old.
 */
export function freshCode(person: Person): string {
  const { otpauthUri = '' } = person;
  const spent = spentSteps.get(otpauthUri) ?? new Set();
  spentSteps.set(otpauthUri, spent);
  const step = Math.floor(Date.now() / codePeriodMs);
  const ahead = [0, 1].find((each) => !spent.has(step + each));
  assert.ok(ahead !== undefined, `${person.username} has no code left in this half minute`);
  spent.add(step + ahead);
  return codeOf(person, ahead);
}

export async function enterPassword(page: Page, person: Person, options: { keep?: boolean } = {}): Promise<void> {
  await page.locator('input[name=username]').fill(person.username);
  await page.locator('input[name=password]').fill(person.password);
  if (options.keep) await page.locator('input[name=keepMeLoggedIn]').check();
  await submit(page, 'input[name=password]');
}

export async function enterCode(page: Page, code: string): Promise<void> {
  await page.locator('input[name=code]').fill(code);
  await submit(page, 'input[name=code]');
}

export async function decide(page: Page, decision: 'accept' | 'deny'): Promise<void> {
  await leadingOn(page, () => page.locator(`button[name=decision][value=${decision}]`).click());
}

/** Follows a link or button by its name, to the page that answers. */
export async function follow(page: Page, name: string | RegExp): Promise<void> {
  const way = page.getByRole('link', { name }).or(page.getByRole('button', { name })).first();
  await leadingOn(page, () => way.click());
}

/** From the workspace's front door to the first page of the portal, or back in when the portal asks nothing. */
export async function enterWorkspace(page: Page, path = '/'): Promise<void> {
  await page.goto(`${workspace}${path}`);
  await seeTitle(page, /^Sign in/);
  await follow(page, 'Sign in');
}

/** Password, code and consent, from the password page to the workspace's first page. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await seeTitle(page, /^Sign in/);
  await enterPassword(page, person);
  await enterFreshCode(page, person);
  await seeTitle(page, /^Allow Leantime/);
  await decide(page, 'accept');
  await seeHome(page, person);
}

/** With a code that no test of this process has spent. */
export async function enterFreshCode(page: Page, person: Person): Promise<void> {
  await seeTitle(page, /^Enter your code/);
  await enterCode(page, freshCode(person));
}

/** The workspace's first page, with the person's name in it. */
export async function seeHome(page: Page, person: Person): Promise<void> {
  assert.equal(new URL(page.url()).origin, workspace, `at ${page.url()}: ${await textOf(page)}`);
  const name = `${person.username.slice(0, 1).toUpperCase()}${person.username.slice(1)} Example`;
  await page.getByText(name).first().waitFor();
  await page.getByRole('heading', { level: 1 }).first().waitFor();
}

/** Presses the primary button of the form that holds the field, and waits for the page that answers. */
export async function submit(page: Page, field: string): Promise<void> {
  const button = page
    .locator('form', { has: page.locator(field) })
    .locator('button[type=submit], button:not([type])')
    .first();
  await leadingOn(page, () => button.click());
}

/** Waits until the page that `act` leads to has loaded. */
export async function leadingOn(page: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForEvent('load'), act()]);
}

/** A page that goes on by itself has no title, or the address it asks for as its title, while it asks. */
export async function seeTitle(page: Page, pattern: RegExp): Promise<void> {
  const isSettled = (title: string) => title !== '' && !title.startsWith('Loading ');
  const title = await until('a settled title', async () => [await page.title()].find(isSettled));
  assert.match(title, pattern, `at ${page.url()}: ${await textOf(page)}`);
}

export async function seeText(page: Page, pattern: RegExp): Promise<void> {
  assert.match(await page.locator('body').innerText(), pattern, `at ${page.url()}`);
}

async function textOf(page: Page): Promise<string> {
  return (await page.locator('body').innerText()).slice(0, 400);
}
