/**
 * Serves the built client: files with a hash in their name for ever, everything else asked for again, compressed as the
 * browser takes it; and one page for every address of the workspace. All of it is read once and kept in memory, a megabyte
 * or so. The page holds nothing of anybody: what it shows, the API decides.
 */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { marked } from '@gatehouse/words/say.ts';
import type { Context } from 'hono';
import type { App } from './app.ts';
import { attributesOf, type LooksFor } from './preferences/looks.ts';
import { requirePerson } from './session/person.ts';
import { languageOf } from './words/language-of.ts';
import { sayingIn } from './words/say-of.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

type Asset = { readonly type: string; readonly plain: Buffer; readonly br?: Buffer; readonly gzip?: Buffer };

export type ClientAssets = {
  readonly html: string;
  /** By path, such as `/assets/main-1a2b.js`. */
  readonly files: ReadonlyMap<string, Asset>;
};

/** As it stands in the page. */
const noScript = marked('The workspace needs JavaScript. Switch it on for this site and load the page again.');

/** Reads `folder`, which `buildClient` made. */
export async function readClientAssets(folder: string): Promise<ClientAssets> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => types[extname(name)]);
  const files = new Map<string, Asset>();
  for (const name of names) files.set(`/${name.replaceAll('\\', '/')}`, await readAsset(join(folder, name)));
  const index = files.get('/index.html');
  if (!index) throw new TypeError(`${folder} holds no index.html: build the client first`);
  files.delete('/index.html');
  return { html: index.plain.toString('utf8'), files };
}

/** The files for everybody, the page for people who are signed in. */
export function mountClient(app: App, { html, files }: ClientAssets, looksFor: LooksFor): void {
  const answerPage = pageIn({ html, paths: [...files.keys()] }, looksFor);
  for (const [path, asset] of files) app.get(path, (c) => answerAsset(c, asset));
  app.get('/', requirePerson, (c) => c.redirect('/dashboard/home', 302));
  app.get('/dashboard/home', requirePerson, answerPage);
  for (const path of [
    '/day',
    '/day/*',
    '/focus/*',
    '/p/*',
    '/milestones',
    '/notifications',
    '/people',
    '/projects/import',
    '/projects/trash',
    '/search',
    '/clients',
    '/settings/*',
  ])
    app.get(path, requirePerson, answerPage);
}

function answerAsset(c: Context, asset: Asset): Response {
  const forEver = c.req.path.startsWith('/assets/');
  c.header('Cache-Control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache');
  c.header('Content-Type', asset.type);
  c.header('Vary', 'Accept-Encoding');
  return c.body(new Uint8Array(chooseEncoding(c, asset)));
}

/**
 * Language and looks stand in the page from its first byte, so that none flashes in other ones; the words of the language are
 * asked for with the page.
 */
function pageIn(
  { html, paths }: { readonly html: string; readonly paths: readonly string[] },
  looksFor: LooksFor,
): (c: Context) => Promise<Response> {
  return async function answerPage(c) {
    const preferences = await looksFor(c);
    const attributes = attributesOf(preferences);
    const language = languageOf(c, preferences.language);
    const words = paths.find((path) => path.startsWith(`/assets/words-${language}-`));
    const preload = words ? `<link rel="modulepreload" href="${words}">` : '';
    c.header('Cache-Control', 'no-store');
    return c.html(
      html
        .replace('<html lang="en">', `<html lang="${language}"${attributes}>`)
        .replace('</head>', `${preload}</head>`)
        .replace(noScript, sayingIn(language).marked(noScript)),
    );
  };
}

async function readAsset(path: string): Promise<Asset> {
  const type = types[extname(path)] ?? 'application/octet-stream';
  const plain = await readFile(path);
  const br = await readFile(`${path}.br`).catch(() => undefined);
  const gzip = await readFile(`${path}.gz`).catch(() => undefined);
  return { type, plain, ...(br ? { br } : {}), ...(gzip ? { gzip } : {}) };
}

function chooseEncoding(c: Context, asset: Asset): Buffer {
  const accepted = new Set(
    (c.req.header('accept-encoding') ?? '').split(',').map((each) => each.split(';')[0]?.trim().toLowerCase()),
  );
  for (const encoding of ['br', 'gzip'] as const) {
    const bytes = asset[encoding];
    if (!bytes || !accepted.has(encoding === 'br' ? 'br' : 'gzip')) continue;
    c.header('Content-Encoding', encoding);
    return bytes;
  }
  return asset.plain;
}
