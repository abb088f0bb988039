/**
 * Builds the client of the workspace into `dist/<hash of its sources>`, unless that folder is there already. The hash
 * names everything the result depends on, so that several processes may build at once and none serves another's files.
 * Vite is loaded only when there is something to build.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const client = dirname(fileURLToPath(import.meta.url));
const root = join(client, '../../..');
const inputs = [
  'apps/projects/client/{index.html,build.ts}',
  'apps/projects/client/{src,public}/**/*',
  'apps/projects/wire/*.ts',
  'packages/design/src/**/*',
  'package-lock.json',
];
const compressible = /\.(js|css|html|svg|json)$/;

/** Answers with the folder to serve: `index.html`, `assets/`, and beside each text its `.br` and `.gz`. */
export async function buildClient(): Promise<string> {
  const dist = join(client, 'dist');
  const folder = join(dist, await hashInputs());
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(dist, { recursive: true });
  const { build } = await import('vite');
  const { default: react } = await import('@vitejs/plugin-react');
  await build({
    root: client,
    configFile: false,
    logLevel: 'warn',
    plugins: [react(), dropForeignWords()],
    build: {
      outDir: unfinished,
      emptyOutDir: true,
      target: 'es2023',
      // Inlined files would be data: addresses, which the content policy does not load.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 700,
    },
  });
  await compressAll(unfinished);
  await rename(unfinished, folder).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true });
    if (!existsSync(folder)) throw error;
  });
  await removeOthers(dist, folder);
  return folder;
}

/**
 * React Aria brings its own words in 30 languages, a fifth of the whole. The client speaks English (`main.tsx` says so to
 * React Aria), so the others stay out.
 */
function dropForeignWords(): { name: string; enforce: 'pre'; load(id: string): string | undefined } {
  const foreign = /\/intl\/[^?]*\/(?!en-US)[a-z]{2}-[A-Z]{2}\.mjs$/;
  return {
    name: 'drop-foreign-words',
    enforce: 'pre',
    load: (id) => (foreign.test(id) ? 'export default undefined;' : undefined),
  };
}

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
async function removeOthers(dist: string, folder: string): Promise<void> {
  for (const name of await readdir(dist)) {
    const finished = !name.includes('.');
    if (finished && join(dist, name) !== folder) await rm(join(dist, name), { recursive: true, force: true });
  }
}
