/**
 * The portal's files: one stylesheet, two fonts, one icon, an administrator's logo, and the module for security keys, which those pages alone load. Each stands under a name that holds its hash, so it may be kept
 * for ever; each is compressed once, when first asked for. It knows no pages.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Hono } from 'hono';

type Encoding = 'br' | 'gzip';
type Asset = {
  readonly type: string;
  readonly bytes: Buffer<ArrayBuffer>;
  readonly compressed?: (encoding: Encoding) => Promise<Buffer<ArrayBuffer>>;
};

export type Assets = {
  readonly stylesheetPath: string;
  readonly iconPath: string;
  /** The administrator's logo, if there is one. */
  readonly logoPath: string | undefined;
  /** The script of pages that ask for a security key. */
  readonly keyScriptPath: string;
  readonly routes: Hono;
};

/** The second one is only fetched by whoever has chosen it. */
const fonts = [
  ['inter', '@gatehouse/design/inter-latin.woff2'],
  [
    'legible',
    '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2',
  ],
] as const;
const stylesheets = ['tokens.css', 'themes.css', 'font.css', 'base.css', 'portal.css'];
const designFolder = (name: string): string => fileURLToPath(import.meta.resolve(`@gatehouse/design/${name}`));

/** What an administrator's `server.asset_path` and `branding` change. */
export type OwnAssets = { readonly folder?: string; readonly accent?: string | undefined };

export async function loadAssets(own: OwnAssets = {}): Promise<Assets> {
  const files = new Map<string, Asset>();

  function publish(stem: string, extension: string, asset: Asset): string {
    const hash = createHash('sha256').update(asset.bytes).digest('base64url').slice(0, 12);
    const path = `/static/${stem}.${hash}.${extension}`;
    files.set(path, asset);
    return path;
  }

  const [keyScript, icon, logo, favicon, ...sheets] = await Promise.all([
    readFile(fileURLToPath(import.meta.resolve('./security-key.mjs'))),
    readFile(designFolder('mark.svg')),
    ownFile(own, 'logo.png'),
    ownFile(own, 'favicon.ico'),
    ...stylesheets.map((name) => readFile(designFolder(name), 'utf8')),
  ]);
  if (own.accent !== undefined) {
    const { accentStyles } = await import('@gatehouse/design/accent.ts');
    sheets.push(accentStyles(own.accent));
  }
  let css = tighten(sheets.join('\n'));
  for (const [stem, file] of fonts) {
    const bytes = bufferOf(await readFile(fileURLToPath(import.meta.resolve(file))));
    css = css.replace(file, publish(stem, 'woff2', { type: 'font/woff2', bytes }));
  }
  const stylesheetPath = publish('portal', 'css', compressible('text/css; charset=utf-8', Buffer.from(css)));
  const keyScriptPath = publish(
    'security-key',
    'js',
    compressible('text/javascript; charset=utf-8', bufferOf(keyScript)),
  );
  const iconPath = favicon
    ? publish('favicon', 'ico', { type: 'image/x-icon', bytes: favicon })
    : publish('mark', 'svg', compressible('image/svg+xml', bufferOf(icon)));
  const logoPath = logo && publish('logo', 'png', { type: 'image/png', bytes: logo });

  const routes = new Hono();
  routes.get('/static/*', async (c) => {
    const asset = files.get(c.req.path);
    if (!asset) return c.notFound();
    const accepted = c.req.header('accept-encoding') ?? '';
    const encoding = (['br', 'gzip'] as const).find((each) => new RegExp(`\\b${each}\\b`).test(accepted));
    c.header('Content-Type', asset.type);
    c.header('Cache-Control', 'public, max-age=31536000, immutable');
    if (!asset.compressed) return c.body(asset.bytes);
    c.header('Vary', 'Accept-Encoding');
    if (!encoding) return c.body(asset.bytes);
    c.header('Content-Encoding', encoding);
    return c.body(await asset.compressed(encoding));
  });
  routes.get('/favicon.ico', (c) => c.redirect(iconPath, 302));
  routes.get('/robots.txt', (c) => c.text('User-agent: *\nDisallow: /\n'));
  return { stylesheetPath, iconPath, logoPath, keyScriptPath, routes };
}

/** Undefined where there is no such file. */
async function ownFile({ folder }: OwnAssets, name: string): Promise<Buffer<ArrayBuffer> | undefined> {
  if (!folder) return undefined;
  return readFile(join(folder, name)).then(bufferOf, (cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw cause;
  });
}

function compressible(type: string, bytes: Buffer<ArrayBuffer>): Asset {
  const done = new Map<Encoding, Promise<Buffer<ArrayBuffer>>>();
  return {
    type,
    bytes,
    compressed(encoding) {
      const ready = done.get(encoding) ?? compress(encoding, bytes);
      done.set(encoding, ready);
      return ready;
    },
  };
}

async function compress(encoding: Encoding, bytes: Buffer): Promise<Buffer<ArrayBuffer>> {
  if (encoding === 'gzip') return bufferOf(await promisify(gzip)(bytes, { level: 9 }));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return bufferOf(await promisify(brotliCompress)(bytes, { params }));
}

function bufferOf(bytes: Buffer): Buffer<ArrayBuffer> {
  return Buffer.from(bytes);
}

/** Takes comments and indentation away; the rest is the compressor's work. */
function tighten(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\n\s*/g, '\n')
    .trim();
}
