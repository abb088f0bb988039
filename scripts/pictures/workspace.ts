/** Every page of the workspace, first empty and then with sample work, as the person whom `npm start` seeds. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from '@gatehouse/testing/child.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import type { Browser, Page } from 'playwright-core';
import { type Trial, workspace } from '../start/first-run.ts';
import type { Camera } from './camera.ts';
import { addSamplePlan } from './sample-plan.ts';
import { addTeam, addTeamwork } from './sample-team.ts';
import { addSampleWork } from './sample-work.ts';
import { codeOf, follow, leadingOn, press } from './steps.ts';
import { takeOpened } from './workspace-opened.ts';

export async function takeWorkspace(root: string, browser: Browser, camera: Camera): Promise<void> {
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
  const { person, projectsEnvironment } = JSON.parse(readFileSync(join(folder.path, 'trial.json'), 'utf8')) as Trial;
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
  const page = await context.newPage();

  await page.goto(workspace.origin);
  await camera.take(page, 'workspace-sign-in');
  await follow(page, 'Sign in');
  await page.locator('input[name=username]').fill(person.username);
  await page.locator('input[name=password]').fill(person.password);
  await press(page);
  await page.locator('input[name=code]').fill(codeOf(person.otpauthUri));
  await press(page);
  await leadingOn(page, () => page.locator('button[value=accept]').click());

  await see(page, 'Start “');
  await camera.take(page, 'workspace-empty-home');
  // Whoever runs a workspace sees more of it.
  runProjects(root, projectsEnvironment, 'owner', 'grant', 'alice@example.com');
  await addTeam(projectsEnvironment.LEAN_DB_PATH ?? '');
  const project = await addSampleWork(page);
  await addSamplePlan(page, project);
  await addTeamwork(page, project);
  for (const [name, path, sign] of [
    ['home', '/dashboard/home', 'Write the invitation'],
    ['day', '/day', 'What waits'],
    ['focus', `/focus/${project}/1`, 'Done'],
    ['appearance', '/settings/appearance', 'Letters'],
    ['board', `/p/${project}/board`, 'Print name cards'],
    ['lanes', `/p/${project}/board?group=priority`, 'Print name cards'],
    ['list', `/p/${project}/list`, 'Print name cards'],
    ['table', `/p/${project}/table`, 'Print name cards'],
    ['access', `/p/${project}/people`, 'Who can do what here'],
    ['settings', `/p/${project}/settings`, 'Add a column'],
    ['profile', '/settings/profile', 'Role in this workspace'],
    ['to-do', `/p/${project}/t/1`, 'where to park'],
    ['overview', `/p/${project}`, 'waits for the weather'],
    ['timeline', `/p/${project}/timeline?to-dos=shown`, 'Everything is ordered'],
    ['milestones', `/p/${project}/milestones`, 'Everything is ordered'],
    ['sprints', `/p/${project}/sprints`, 'Print name cards'],
    ['goals', `/p/${project}/goals`, 'More guests than last year'],
    ['files', `/p/${project}/files`, 'invitation.txt'],
    ['trash', `/p/${project}/trash`, 'Cancel the fireworks'],
    ['import', `/p/${project}/import`, 'CSV'],
    ['import-project', '/projects/import', 'A project that was exported'],
    ['projects-trash', '/projects/trash', 'Winter party'],
    ['all-milestones', '/milestones', 'Everything is ordered'],
    ['webhooks', `/p/${project}/settings/webhooks`, 'webhook'],
    ['people', '/people', 'alice@example.com'],
    ['companies', '/clients', 'Riverside Hall'],
    ['search', '/search?q=cards', 'Print name cards'],
    ['notifications', '/notifications', 'Boris Lind'],
    ['notification-settings', '/settings/notifications', 'What you are told'],
    ['tokens', '/settings/tokens', 'Access tokens'],
    ['api', '/settings/api', 'The API of this workspace'],
  ] as const) {
    await page.goto(`${workspace.origin}${path}`);
    await see(page, sign);
    await camera.take(page, `workspace-${name}`);
  }
  await takeOpened(page, project, camera);
  await context.close();
  await takeDoors(root, browser, camera, projectsEnvironment);
}

/** What somebody sees who is not in: a sign-in that failed, and the door for emergencies. */
async function takeDoors(
  root: string,
  browser: Browser,
  camera: Camera,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  runProjects(root, environment, 'owner', 'local', 'create', 'glass');
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
  const page = await context.newPage();
  for (const [name, path] of [
    ['failed-sign-in', '/oidc/callback?error=access_denied&state=gone'],
    ['emergency-sign-in', '/auth/local'],
    ['missing-page', '/no-such-page'],
  ] as const) {
    await page.goto(`${workspace.origin}${path}`);
    await camera.take(page, `workspace-${name}`);
  }
  await context.close();
}

function runProjects(root: string, environment: Readonly<Record<string, string>>, ...words: readonly string[]): void {
  execFileSync(process.execPath, [join(root, 'apps/projects/projects.js'), ...words], {
    env: { ...process.env, ...environment },
  });
}

/** A button that says it is there once it can be used. */
async function see(where: Page, text: string): Promise<void> {
  await where.getByText(text).and(where.locator(':not(:disabled)')).first().waitFor();
}
