/**
 * Builds the client of the workspace into `dist/<hash of its sources>`, unless that folder is there already. The hash
 * names everything the result depends on, so that several processes may build at once and none serves another's files.
 * Vite is loaded only when there is something to build, by a process of its own: what it takes, half a gigabyte, ends with it.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { languages } from '../wire/languages.ts';
import { hollowSchemas } from './build-schemas.ts';
import { ariaWords, dropForeignWords, ownWords } from './build-words.ts';

const client = dirname(fileURLToPath(import.meta.url));
const root = join(client, '../../..');
const dist = join(client, 'dist');
const inputs = [
  'apps/projects/client/{index.html,build.ts,build-words.ts,build-schemas.ts}',
  'apps/projects/client/{src,public}/**/*',
  'apps/projects/wire/*.ts',
  'apps/projects/words/**/*.json',
  'packages/words/src/{say,languages,dates,extract,read-dictionaries}.ts',
  'packages/design/src/**/*',
  'package-lock.json',
];
/** What the first page says, besides what these import at once: names of roles come with whoever is signed in. */
const saidAtFirst = ['src/main.tsx', 'src/home/my-projects.tsx', '../wire/roles.ts'].map((path) => join(client, path));
const compressible = /\.(js|css|html|svg|json)$/;

/** Answers with the folder to serve: `index.html`, `assets/`, and beside each text its `.br` and `.gz`. */
export async function buildClient(): Promise<string> {
  const folder = join(dist, await hashInputs());
  // What it says stands in the error, should it fail.
  if (!existsSync(folder)) await promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url), folder]);
  return folder;
}

async function buildInto(folder: string): Promise<void> {
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(dist, { recursive: true });
  const { build } = await import('vite');
  const { default: react } = await import('@vitejs/plugin-react');
  await build({
    root: client,
    configFile: false,
    logLevel: 'warn',
    plugins: [
      react(),
      hollowSchemas(),
      dropForeignWords(),
      ariaWords(join(root, 'node_modules')),
      ownWords(join(client, '../words'), saidAtFirst),
    ],
    build: {
      outDir: unfinished,
      emptyOutDir: true,
      target: 'es2023',
      // Inlined files would be data: addresses, which the content policy does not load.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 700,
      rolldownOptions: {
        output: {
          // By this name the server finds the words of a language, to ask for them with the page.
          chunkFileNames: ({ name }) => `assets/${isLanguage(name) ? 'words-' : ''}${name}-[hash].js`,
          // What every page needs is one file, and what every page of a project needs another: each costs its headers.
          codeSplitting: {
            groups: [
              { name: 'frame', test: everyPage },
              // Alone: what these need of home is not to draw them all into it.
              { name: 'project', test: everyProjectPage, includeDependenciesRecursively: false },
            ],
          },
        },
      },
    },
  });
  await compressAll(unfinished);
  await rename(unfinished, folder).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true });
    if (!existsSync(folder)) throw error;
  });
  await removeOthers(folder);
}

const everyPage =
  /client\/src\/(?:words\/say|api\/(?:afterwards|client|queries|changes)|kit\/(?:icon|avatar|mark|toast|lazy|problem|stay-in-list|use-selected)|shell\/(?:title|places|shell|sidebar|workbench|person-menu|missing-page|to-do-link)|to-do\/(?:due-words|complete|names|row-more|use-place|use-writing)|kit\/week)\.tsx?$/;

const everyProjectPage =
  /client\/src\/(?:api\/seek-people|kit\/(?:act-button|opener|people-cut|pick)|project\/(?:project-(?:frame|head|page)|show-more|growing)|overview\/(?:favourite-button|use-overview)|views\/(?:use-(?:view|places|saved-views)|filter|filter-bar|hide-subtasks|field-names|picked-view|view-pick|lanes|sort|selection|selection-bar)|(?:sprints\/use-sprints|milestones\/use-milestones)|to-do\/(?:to-do-fields|part-of))\.tsx?$/;

const isLanguage = (name: string): boolean => languages.some((language) => language === name);

async function hashInputs(): Promise<string> {
  const hash = createHash('sha256');
  const paths: string[] = [];
  for await (const entry of glob(inputs, { cwd: root, withFileTypes: true }))
    if (entry.isFile()) paths.push(join(entry.parentPath, entry.name));
  for (const path of paths.sort()) {
    const bytes = await readFile(path);
    hash.update(`${relative(root, path)}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex').slice(0, 16);
}

async function compressAll(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) {
    if (!compressible.test(name)) continue;
    const path = join(folder, name);
    const bytes = await readFile(path);
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, { params }));
    await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
  }
}

/** What is served is read into memory at the start, so older builds are not needed by anyone. */
async function removeOthers(folder: string): Promise<void> {
  for (const name of await readdir(dist)) {
    const finished = !name.includes('.');
    if (finished && join(dist, name) !== folder) await rm(join(dist, name), { recursive: true, force: true });
  }
}

if (import.meta.main) await buildInto(process.argv[2] ?? '');
