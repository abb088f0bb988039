/**
 * `npm run pictures`: starts the portal alone, once more with servers that stop on the way, then both applications as `npm
 * start` does, each in a folder of its own, walks through every page as the seeded person with Debian's Chromium, and writes what it sees to `docs/pictures/`. The workspace's
 * needs the ports of `npm start` free. `npm run pictures -- workspace` writes those whose name begins so.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openChromium } from '@gatehouse/testing/chromium.ts';
import { openCamera } from './pictures/camera.ts';
import { takePortal } from './pictures/portal.ts';
import { openPortalHouse } from './pictures/portal-house.ts';
import { takeRarePages } from './pictures/portal-rare.ts';
import { takeTroubles } from './pictures/portal-troubles.ts';
import { takeWorkspace } from './pictures/workspace.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const beginning = process.argv[2] ?? '';
await using browser = await openChromium();
const camera = openCamera(join(root, 'docs/pictures'), beginning);
if (isAskedFor('portal-')) {
  await using house = await openPortalHouse(root);
  await takePortal(house, browser, camera);
  await takeRarePages(house, browser, camera);
  await takeTroubles(browser, camera);
}
if (isAskedFor('workspace-')) await takeWorkspace(root, browser, camera);

function isAskedFor(names: string): boolean {
  return names.startsWith(beginning) || beginning.startsWith(names);
}
