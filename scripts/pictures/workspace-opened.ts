/** What opens over a page of the workspace: dialogs, menus, the palette; and what shows when something is amiss. */
import { goOffline } from '@gatehouse/testing/network.ts';
import type { Page } from 'playwright-core';
import type { Camera } from './camera.ts';
import { call } from './sample-work.ts';

type Opened = {
  readonly name: string;
  readonly path: string;
  /** By its kind and name, as a screen reader has it. */
  open(page: Page): Promise<unknown>;
  /** Text that is there once it is open. */
  readonly sign: string;
};

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();
const key = (keys: string) => (page: Page) => page.keyboard.press(keys);

const opened = (project: string): readonly Opened[] => [
  { name: 'palette', path: `/p/${project}/board`, open: key('Control+k'), sign: 'New project' },
  { name: 'shortcuts', path: `/p/${project}/board`, open: key('?'), sign: 'Show these shortcuts' },
  { name: 'new-to-do', path: `/p/${project}/board`, open: key('c'), sign: 'Description' },
  { name: 'new-project', path: '/dashboard/home', open: press('New project'), sign: 'Make project' },
  { name: 'milestone', path: `/p/${project}/milestones`, open: press('New milestone'), sign: 'Cancel' },
  { name: 'sprint', path: `/p/${project}/sprints`, open: press('New sprint'), sign: 'Cancel' },
  { name: 'goal', path: `/p/${project}/goals`, open: press('New goal'), sign: 'Cancel' },
  { name: 'sprint-close', path: `/p/${project}/sprints`, open: press('Close…'), sign: 'Close sprint' },
  { name: 'burndown', path: `/p/${project}/sprints`, open: press(/^Burndown/), sign: 'Measure by effort' },
  { name: 'selection', path: `/p/${project}/table`, open: selectTwo, sign: '2 selected' },
  { name: 'home-selection', path: '/dashboard/home', open: selectTwo, sign: '2 selected' },
  { name: 'views', path: `/p/${project}/board`, open: press(/^View: /), sign: 'Shared in the project' },
  { name: 'save-view', path: `/p/${project}/list?q=cards`, open: saveView, sign: 'Cancel' },
  { name: 'duplicate', path: `/p/${project}/settings`, open: press('Duplicate this project'), sign: 'Make the copy' },
  {
    name: 'projects-delete',
    path: `/p/${project}/settings`,
    open: press('Delete this project…'),
    sign: `Type ${project} to go on`,
  },
  { name: 'projects-end', path: '/projects/trash', open: press(/^Delete for good/), sign: 'Type WINTER to go on' },
  { name: 'calendar', path: '/settings/tokens', open: press('Make an address'), sign: 'Close it' },
  { name: 'deliveries', path: `/p/${project}/settings/webhooks`, open: showDeliveries, sign: 'Send now' },
  { name: 'import-values', path: `/p/${project}/import`, open: chooseTable, sign: 'Choose what these become' },
  { name: 'move-to-do', path: `/p/${project}/t/1`, open: moveToDo, sign: 'Subtasks, comments and files come along.' },
  { name: 'missing', path: '/p/NOPE/board', open: async () => undefined, sign: 'Home' },
  { name: 'sign-out', path: `/p/${project}/board`, open: leaveUnfinished, sign: 'Sign out?' },
];

export async function takeOpened(page: Page, project: string, camera: Camera): Promise<void> {
  const { origin } = new URL(page.url());
  for (const { name, path, open, sign } of opened(project)) {
    await page.goto(`${origin}${path}`);
    await page.locator('main:not([aria-busy=true])').waitFor();
    await page.waitForLoadState('networkidle').catch(() => undefined);
    await open(page);
    await page.getByText(sign).filter({ visible: true }).first().waitFor();
    await camera.take(page, `workspace-${name}`);
  }
  await takeNarrow(page, `${origin}/p/${project}/board`, camera);
  await takeConflict(page, origin, project, camera);
  await page.goto(`${origin}/p/${project}/board`);
  await page.getByText('Print name cards').first().waitFor();
  await goOffline(page);
  await page.getByText('You are offline.').waitFor();
  await camera.take(page, 'workspace-offline');
  await page.context().setOffline(false);
}

async function selectTwo(page: Page): Promise<void> {
  await page
    .getByRole('checkbox', { name: /^Select / })
    .nth(1)
    .check();
  await page
    .getByRole('checkbox', { name: /^Select / })
    .nth(3)
    .check();
}

async function saveView(page: Page): Promise<void> {
  await press(/^View: /)(page);
  await page.getByRole('menuitem', { name: 'Save as a view…' }).click();
}

async function showDeliveries(page: Page): Promise<void> {
  await page.getByText('What was sent').first().click();
}

/** With a to-do begun, which a sign-out would throw away. */
async function leaveUnfinished(page: Page): Promise<void> {
  await page.keyboard.press('c');
  await page.getByRole('textbox', { name: 'Title' }).fill('Order more chairs');
  await page.keyboard.press('Escape');
  await press(/^Alice/)(page);
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
}

/** A table in which a person and a column have other names than here. */
async function chooseTable(page: Page): Promise<void> {
  const table =
    'Title,Status,Assignee,Due\nOrder more chairs,Waiting,Boris,2026-12-04\nAsk the band,Doing,Ana L.,2026-12-11\n';
  const file = { name: 'to-dos.csv', mimeType: 'text/csv', buffer: Buffer.from(table) };
  await page.getByLabel('Choose a file').setInputFiles(file);
}

/** To the one that was in the trash until now: without another project there is nowhere to go. */
async function moveToDo(page: Page): Promise<void> {
  await call(page, 'POST', '/trashed-projects/WINTER/restore', {});
  await page.reload();
  await press('More for this to-do')(page);
  await page.getByRole('menuitem', { name: 'Move to another project…' }).click();
}

/** What only narrow screens fold away: the menu, and what is shown of a board. */
async function takeNarrow(page: Page, board: string, camera: Camera): Promise<void> {
  await page.setViewportSize({ width: 360, height: 760 });
  await page.goto(board);
  await press('Open the menu')(page);
  await page.getByRole('dialog', { name: 'Menu' }).waitFor();
  await camera.take(page, 'workspace-drawer', 360);
  await page.goto(board);
  await press('Filter')(page);
  await page.getByRole('button', { name: 'Filter', expanded: true }).waitFor();
  await camera.take(page, 'workspace-filter', 360);
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** Two people change one title at once. */
async function takeConflict(page: Page, origin: string, project: string, camera: Camera): Promise<void> {
  const at = `/projects/${project}/to-dos/6`;
  await page.goto(`${origin}/p/${project}/t/6`);
  const title = page.getByRole('textbox', { name: 'Title' });
  await title.fill('Print name cards and menus');
  const { toDo } = (await call(page, 'GET', at)) as { toDo: { version: number } };
  await call(page, 'PATCH', at, { version: toDo.version, title: 'Print name cards on thick paper' });
  await title.press('Enter');
  await page.getByRole('button', { name: 'Keep mine' }).waitFor();
  await camera.take(page, 'workspace-conflict');
  await page.getByRole('button', { name: 'Take theirs' }).click();
}
