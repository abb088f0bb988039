/**
 * Serves the built client: files with a hash in their name for ever, everything else asked for again, compressed as the
 * browser takes it; and one page for every address of the workspace. All of it is read once and kept in memory, a megabyte
 * or so. Knows no person: what the page then shows, the API decides.
 */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Context, Handler } from 'hono';
import { getCookie } from 'hono/cookie';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

type Asset = { readonly type: string; readonly plain: Buffer; readonly br?: Buffer; readonly gzip?: Buffer };

export type ClientAssets = {
  /** The paths of the files, such as `/assets/main-1a2b.js`; for each, `file` is the handler. */
  readonly paths: readonly string[];
  readonly file: Handler;
  /** The page, in the theme the person chose. */
  readonly page: Handler;
};

/**
 * Reads `folder`, which `buildClient` made. `formTargets` are further origins a form may lead to: signing out is a form
 * whose answer leads on to the provider.
 */
export async function readClientAssets(folder: string, formTargets: readonly string[]): Promise<ClientAssets> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => types[extname(name)]);
  const assets = new Map<string, Asset>();
  for (const name of names) assets.set(`/${name.replaceAll('\\', '/')}`, await readAsset(join(folder, name)));
  const index = assets.get('/index.html');
  if (!index) throw new TypeError(`${folder} holds no index.html: build the client first`);
  assets.delete('/index.html');

  const html = index.plain.toString('utf8');
  const contentSecurityPolicy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
  ].join('; ');

  return {
    paths: [...assets.keys()],
    file: function serveFile(c) {
      const asset = assets.get(c.req.path);
      if (!asset) return c.notFound();
      const forEver = c.req.path.startsWith('/assets/');
      c.header('Cache-Control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache');
      c.header('Content-Type', asset.type);
      c.header('Vary', 'Accept-Encoding');
      return c.body(new Uint8Array(chooseEncoding(c, asset)));
    },
    page: function servePage(c) {
      const theme = getCookie(c, 'theme');
      const attribute = theme === 'light' || theme === 'dark' ? ` data-theme="${theme}"` : '';
      c.header('Content-Security-Policy', contentSecurityPolicy);
      c.header('Cache-Control', 'no-store');
      return c.html(html.replace('<html lang="en">', `<html lang="en"${attribute}>`));
    },
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
